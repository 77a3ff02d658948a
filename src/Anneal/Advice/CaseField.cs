using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Advice;

/// <summary>One member of a case: its name, what to ask for, which words it may have, and both directions.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="Meaning">What it says, for people.</param>
/// <param name="Words">The words it may be; none for numbers.</param>
/// <param name="Get">A number, a truth value, a word, or null.</param>
/// <param name="With">The case with the member read from text.</param>
/// <param name="Default">What holds where nothing is said; null where that is simply not known.</param>
/// <param name="Hint">How it is typed, where that needs saying.</param>
sealed partial record CaseField(string Name, string Meaning, Func<IReadOnlyList<string>> Words, Func<TrainingCase, object?> Get, Func<TrainingCase, string, TrainingCase> With,
    string? Default = null, string? Hint = null)
{
    /// <summary>What it says, as a label.</summary>
    public string Label => char.ToUpperInvariant(Meaning[0]) + Meaning[1..];

    /// <summary>The label, and how it is typed.</summary>
    public string Description => Hint is null ? Label : $"{Label}, {Hint}";

    /// <summary>On the command line: <c>tokensPerSample</c> is <c>--tokens-per-sample</c>.</summary>
    public string Option
    {
        get
        {
            var option = new StringBuilder("--");
            foreach (char c in Name)
                _ = char.IsUpper(c) ? option.Append('-').Append(char.ToLowerInvariant(c)) : option.Append(c);
            return option.ToString();
        }
    }

    /// <summary>What a case says of it, in text that <see cref="With"/> reads back; null where it says nothing.</summary>
    public string? Text(TrainingCase given) => Get(given) switch
    {
        null => null,
        bool yes => yes ? "yes" : "no",
        double number => Short(number),
        Enum word => Written.Camel(word.ToString()),
        var text => (string)text,
    };

    public static CaseField Of<T>(string name, string meaning, Func<TrainingCase, T?> get, Func<TrainingCase, T, TrainingCase> with) where T : struct, Enum =>
        new(name, meaning, () => [.. Enum.GetNames<T>().Select(Written.Camel)], c => get(c), (c, text) => with(c, Word<T>(name, text)));

    public static CaseField YesNo(string name, string meaning, Func<TrainingCase, bool?> get, Func<TrainingCase, bool?, TrainingCase> with, string? usual = null) =>
        new(name, meaning, () => ["yes", "no"], c => get(c), (c, text) => with(c, text.ToLowerInvariant() switch
        {
            "yes" or "true" => true,
            "no" or "false" => false,
            _ => throw new ArgumentException($"{name} is yes or no, not '{text}'.", nameof(text)),
        }), usual);

    public static CaseField Number(string name, string meaning, Func<TrainingCase, double?> get, Func<TrainingCase, double?, TrainingCase> with) =>
        new(name, meaning, () => [], c => get(c), (c, text) => with(c, CaseLimits.Of(name) is var limits && Amount(text) is { } value && limits.Fitting(value) is { } fitting ? fitting
            : throw new ArgumentException($"{name} must be {limits}, such as {limits.Example}; it was '{text}'.", nameof(text))));

    public static T Word<T>(string name, string text) where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found)
        : throw new ArgumentException($"{name} must be one of {string.Join(", ", Enum.GetNames<T>().Select(Written.Camel))}, not '{text}'.", nameof(text));

    /// <summary>A finite number, with k, M, B or T for thousands to billions of thousands, and commas between thousands; null where it is none.</summary>
    public static double? Amount(string text)
    {
        text = text.Trim();
        double unit = text is [.., var last] ? last switch { 'k' or 'K' => 1e3, 'M' => 1e6, 'B' or 'G' => 1e9, 'T' => 1e12, _ => 1 } : 1;
        string digits = unit == 1 ? text : text[..^1];
        // A comma elsewhere may be meant for a point: 0,5 is not 5.
        if (digits.Contains(',', StringComparison.Ordinal) && !Thousands.IsMatch(digits))
            return null;
        digits = digits.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number * unit) ? number * unit : null;
    }

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$")]
    private static partial Regex Thousands { get; }

    /// <summary>The same number as short as people write it: 350000000 is 350M.</summary>
    public static string Short(double number)
    {
        foreach (var (size, unit) in ((double, string)[])[(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")])
            if (number >= Math.Max(size, 1e4) && Written.Number(number / size) is { Length: <= 6 } text && Amount(text + unit) == number)
                return text + unit;
        return Written.Number(number);
    }
}
