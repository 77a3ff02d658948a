using System.Globalization;

namespace Anneal.Advice;

/// <summary>One member of a case: its name, what to ask for, which words it may have, and both directions.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="Meaning">What it says, for people.</param>
/// <param name="Words">The words it may be; none for numbers.</param>
/// <param name="Get">A number, a truth value, a word, or null.</param>
/// <param name="With">The case with the member read from text.</param>
sealed record CaseField(string Name, string Meaning, Func<IReadOnlyList<string>> Words, Func<TrainingCase, object?> Get, Func<TrainingCase, string, TrainingCase> With)
{
    public static CaseField Of<T>(string name, string meaning, Func<TrainingCase, T?> get, Func<TrainingCase, T, TrainingCase> with) where T : struct, Enum =>
        new(name, meaning, () => [.. Enum.GetNames<T>().Select(Written.Camel)], c => get(c), (c, text) => with(c, Word<T>(name, text)));

    public static CaseField YesNo(string name, string meaning, Func<TrainingCase, bool?> get, Func<TrainingCase, bool?, TrainingCase> with) =>
        new(name, meaning, () => ["yes", "no"], c => get(c), (c, text) => with(c, text.ToLowerInvariant() switch
        {
            "yes" or "true" => true,
            "no" or "false" => false,
            _ => throw new ArgumentException($"{name} is yes or no, not '{text}'.", nameof(text)),
        }));

    public static CaseField Number(string name, string meaning, Func<TrainingCase, double?> get, Func<TrainingCase, double?, TrainingCase> with) =>
        new(name, meaning, () => [], c => get(c), (c, text) => with(c, Amount(text) is > 0 and var value ? value
            : throw new ArgumentException($"{name} must be a number above 0, such as 64, 350M or 2e9; it was '{text}'.", nameof(text))));

    public static T Word<T>(string name, string text) where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found)
        : throw new ArgumentException($"{name} must be one of {string.Join(", ", Enum.GetNames<T>().Select(Written.Camel))}, not '{text}'.", nameof(text));

    /// <summary>A finite number, with k, M, B or T for thousands to billions of thousands; null where it is none.</summary>
    public static double? Amount(string text)
    {
        text = text.Trim().Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        double unit = text is [.., var last] ? last switch { 'k' or 'K' => 1e3, 'M' => 1e6, 'B' or 'G' => 1e9, 'T' => 1e12, _ => 1 } : 1;
        return double.TryParse(unit == 1 ? text : text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number * unit) ? number * unit : null;
    }
}
