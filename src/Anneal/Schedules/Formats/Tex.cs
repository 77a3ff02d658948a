using System.Globalization;

namespace Anneal;

/// <summary>Small pieces of LaTeX that the formulas are made of.</summary>
static class Tex
{
    /// <summary>A number to 15 digits; very small and large ones as a power of ten.</summary>
    public static string Number(double value)
    {
        string text = value.ToString(Math.Abs(value) is 0 or (>= 1e-3 and < 1e7) ? "0.###############" : "0.##############E+0",
            CultureInfo.InvariantCulture);
        int power = text.IndexOf('E');
        return power < 0 ? text : @$"{text[..power]} \cdot 10^{{{text[(power + 1)..].TrimStart('+')}}}";
    }

    /// <summary>A number to be raised to a power.</summary>
    public static string Base(double value) => value is >= 1e-3 and < 1e7 ? Number(value) : @$"\left({Number(value)}\right)";

    public static string Fraction(string above, double below) => @$"\frac{{{Bare(above)}}}{{{Number(below)}}}";

    /// <summary><c>to + (from − to) · left</c>, without the terms that are 0.</summary>
    public static string Weighted(double from, double to, string left) => from == 0 && to != 0
        ? @$"{Number(to)} \cdot \left(1 - {left}\right)"
        : Weighted(Number(from), to, left);

    /// <summary>The same, where what it comes from is LaTeX.</summary>
    public static string Weighted(string from, double to, string left) => to == 0
        ? @$"{from} \cdot {left}"
        : @$"{Number(to)} + \left({from} - {Number(to)}\right) \cdot {left}";

    /// <summary>In parentheses, unless it is a plain number or already enclosed.</summary>
    public static string Group(string formula) => formula.StartsWith(@"\begin{cases}", StringComparison.Ordinal) || formula.All(c => char.IsAsciiDigit(c) || c == '.')
        ? formula
        : @$"\left({formula}\right)";

    /// <summary>The step minus where something started, in parentheses.</summary>
    public static string Since(string t, double start) => start == 0 ? t : $"({Bare(t)} {(start > 0 ? '-' : '+')} {Number(Math.Abs(start))})";

    /// <summary>Without the parentheses that <see cref="Since"/> put around it.</summary>
    public static string Bare(string t) => t.StartsWith('(') && t.EndsWith(')') && t.IndexOf('(', 1) < 0 ? t[1..^1] : t;

    const string Begin = @"\begin{cases} ", End = @" \end{cases}";

    /// <summary>One case per line: a formula and when it holds.</summary>
    public static string Cases(IEnumerable<(string Formula, string When)> cases) =>
        $"{Begin}{string.Join(@" \\ ", cases.Select(c => $"{c.Formula} & {c.When}"))}{End}";

    /// <summary>A formula before an end and a value from there on: one case more where the formula is a list of cases already, whose last ends there.</summary>
    public static string Until(string formula, double end, double value)
    {
        string after = @$"{Number(value)} & t \ge {Number(end)}";
        return IsCases(formula) && formula.EndsWith($"& t < {Number(end)}{End}", StringComparison.Ordinal)
            ? @$"{formula[..^End.Length]} \\ {after}{End}"
            : @$"{Begin}{formula} & t < {Number(end)} \\ {after}{End}";
    }

    static bool IsCases(string formula)
    {
        int close = formula.IndexOf(End, StringComparison.Ordinal);
        return formula.StartsWith(Begin, StringComparison.Ordinal) && close == formula.Length - End.Length;
    }
}
