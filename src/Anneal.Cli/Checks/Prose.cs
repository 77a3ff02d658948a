using System.Globalization;
using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A number stated in text.</summary>
/// <param name="Text">As written.</param>
/// <param name="Line">The line in its cell, counted from 1.</param>
/// <param name="Readings">The values that code may give for it: a percentage may be written as a fraction.</param>
internal sealed record ProseNumber(string Text, int Line, IReadOnlyList<double> Readings);

/// <summary>The text of markdown cells, as far as <see cref="NumberLint"/> needs to understand it.</summary>
internal static partial class Prose
{
    const double SmallestWhole = 100;

    /// <summary>The first heading of level one or two; null where there is none.</summary>
    public static string? Heading(Cell cell) => cell.Kind == CellKind.Markdown && HeadingLine().Match(cell.Source) is { Success: true } heading
        ? heading.Groups["text"].Value.Trim() : null;

    /// <summary>The numbers that the cell says are data.</summary>
    public static IEnumerable<double> Given(Cell cell) => GivenMark().Matches(cell.Source)
        .SelectMany(mark => Number().Matches(mark.Groups["numbers"].Value)).SelectMany(Readings);

    /// <summary>The numbers that need a check.</summary>
    public static IEnumerable<ProseNumber> Numbers(Cell cell)
    {
        string text = NoProse().Replace(cell.Source, left => new string('\n', left.Value.Count(c => c == '\n')));
        foreach (var (line, content) in text.Split('\n').Index())
            foreach (Match number in Number().Matches(content))
                if (Counts(number))
                    yield return new(number.Value.Trim(), line + 1, [.. Readings(number)]);
    }

    static bool Counts(Match number)
    {
        bool isWhole = Given("whole") && !Given("fraction") && !Given("e") && !Given("power") && !Given("percent");
        return !isWhole || (number.Value[0] != '0' && Value(number) >= SmallestWhole);

        bool Given(string group) => number.Groups[group].Success;
    }

    static IEnumerable<double> Readings(Match number)
    {
        double value = Value(number);
        yield return value;
        if (number.Groups["percent"].Success)
            yield return double.Parse($"{Digits(number)}e{Exponent(number) - 2}", CultureInfo.InvariantCulture);
    }

    static double Value(Match number) => double.Parse($"{Digits(number)}e{Exponent(number)}", CultureInfo.InvariantCulture);

    static string Digits(Match number) =>
        number.Groups["bare"].Success ? "1" : number.Groups["whole"].Value.Replace("{,}", "").Replace(",", "") + number.Groups["fraction"].Value;

    static int Exponent(Match number) =>
        Integer(number.Groups["e"]) + Integer(number.Groups["power"]) + Integer(number.Groups["bare"]);

    static int Integer(Group group) => group.Success ? int.Parse(group.Value.Replace('−', '-'), CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^##?[ \t]+(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"<!--\s*given:(?<numbers>.*?)-->", RegexOptions.Singleline)]
    private static partial Regex GivenMark();

    // Fenced blocks, code spans, comments, link targets, bare addresses, section references, years in brackets.
    [GeneratedRegex(@"^```.*?^```[ \t]*$|`[^`\n]*`|<!--.*?-->|\]\([^)\s]*\)|<https?:[^>]*>|https?://\S+|§\s?[\d.]+(\s?[–-]\s?[\d.]+)?|\((19|20)\d\d\)",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NoProse();

    // 12,500 or 12{,}500 or 12500, with fraction and exponent; then "· 10^4" or "\cdot 10^{-4}"; then "%". Also a bare 10^{-4}.
    [GeneratedRegex(@"(?<![\w.\\^])(?:10\^\{?(?<bare>[-−]?\d+)\}?|(?<whole>\d{1,3}(?:(?:,|\{,\})\d{3})+|\d+)(?<fraction>\.\d+)?(?:[eE](?<e>[-+]?\d+))?(?:\s*(?:\\cdot|\\times|·|×)\s*10\^\{?(?<power>[-−]?\d+)\}?)?(?<percent>\s?\\?%)?)")]
    private static partial Regex Number();
}
