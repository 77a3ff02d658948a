namespace Anneal.Live.Tests;

/// <summary>Texts that are nested deep, for whatever reads a text.</summary>
static class DeepTexts
{
    static readonly string[] openings = ["(", "[", "{", "-", "\"", "'", "f(", "max(", "constant(", "LinearLR(", "LinearLR(lr=", "{\"type\":", "{\"config\":", "[{\"a\":", "{\"type\":\"scale\",\"schedule\":"];

    static readonly string[] beginnings =
    [
        "", "LinearLR(optimizer, lr=", "x = SequentialLR(schedulers=", """{"framework": "pytorch", "scheduler": "LinearLR", "params": {"lr": """,
        """{"class_name": "CosineDecay", "config": {"initial_learning_rate": """, """{"type": "constant", "rate": """, """{"function": "rosenbrock", "rules": [{"rule": """,
    ];

    /// <summary>Every opening behind every beginning, so many times inside itself.</summary>
    public static IEnumerable<string> Of(int depth) => openings.SelectMany(opening => beginnings.Select(beginning => Nested(beginning, opening, depth)));

    /// <summary>Opened so many times, and closed as often.</summary>
    public static string Nested(string beginning, string opening, int depth)
    {
        string text = beginning + string.Concat(Enumerable.Repeat(opening, depth));
        return text + "1" + string.Concat(text.Reverse().Select(sign => sign switch { '(' => ")", '[' => "]", '{' => "}", _ => "" }));
    }
}
