namespace Anneal.Runs;

/// <summary>A length of training as Composer writes it: <c>100ba</c>, <c>2ep</c>, <c>5e9tok</c>, <c>0.05dur</c>.</summary>
/// <param name="Value">How many.</param>
/// <param name="Unit">ba, ep, sp, tok, dur, or it (iterations).</param>
readonly record struct ComposerTime(double Value, string Unit)
{
    static readonly string[] units = ["tok", "dur", "ba", "ep", "sp", "it", "sec"];

    public static ComposerTime Read(Section section, string key, string missing) => Parse(section, key, section.Word(key, missing));

    /// <summary>Several, as a list.</summary>
    public static IReadOnlyList<ComposerTime> ReadAll(Section section, string key) =>
        [.. (section.WordsIfGiven(key) ?? throw section.Lacks(key)).Select(text => Parse(section, key, text))];

    static ComposerTime Parse(Section section, string key, string text)
    {
        string unit = units.FirstOrDefault(u => text.EndsWith(u, StringComparison.OrdinalIgnoreCase))
            ?? throw section.Refused(key, $"is {text}; a time has a unit: ba (batches), ep (epochs), sp (samples), tok (tokens) or dur (part of max_duration), such as 100ba");
        if (PythonNumber.Float(text[..^unit.Length]) is not { } value)
            throw section.Refused(key, $"is {text}, and what is before {unit} is no number");
        if (unit == "sec")
            throw section.Refused(key, "is in seconds, which a schedule does not take");
        return unit == "dur" || value == Math.Floor(value) ? new(value, unit) : throw section.Refused(key, $"is {text}, and {unit} takes whole numbers only");
    }
}
