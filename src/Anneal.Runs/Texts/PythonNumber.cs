using System.Globalization;
using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>Which scalars that are not quoted count as numbers.</summary>
enum NumberStyle
{
    /// <summary>PyYAML's: <c>1.0e-4</c> is a number, <c>1e-4</c> and <c>5e-05</c> are texts, and a text is refused.</summary>
    PyYaml,

    /// <summary>Whatever Python's <c>float</c> takes, quoted or not: the framework converts.</summary>
    Converted,
}

/// <summary>Numbers as Python and its YAML readers take them.</summary>
static partial class PythonNumber
{
    /// <summary>What <c>float(text)</c> gives; null where it raises.</summary>
    public static double? Float(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0 || trimmed[0] == '_' || trimmed[^1] == '_' || trimmed.Contains("__", StringComparison.Ordinal) || trimmed.Contains(','))
            return null;
        if (double.TryParse(trimmed.Replace("_", ""), NumberStyles.Float & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double value)
            && char.IsAsciiDigit(trimmed[^1]) | trimmed[^1] == '.')
            return value;
        return trimmed.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" or ".inf" => trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" or ".nan" => double.NaN,
            _ => null,
        };
    }

    /// <summary>What PyYAML reads from a scalar without quotes; null where it reads a text.</summary>
    public static double? PyYaml(string text)
    {
        if (Decimal().IsMatch(text) || Fraction().IsMatch(text))
            return Float(text);
        if (Octal().IsMatch(text))
            return Radix(text, text.IndexOf('0') + 1, 8);
        if (Hexadecimal().IsMatch(text))
            return Radix(text, text.IndexOf('x') + 1, 16);
        return text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" ? text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity : null;
    }

    static double Radix(string text, int start, int radix)
    {
        double value = 0;
        foreach (char c in text[start..].Where(c => c != '_'))
            value = value * radix + Convert.ToInt32(c.ToString(), 16);
        return text[0] == '-' ? -value : value;
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9_]*)$")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|[-+]?\.[0-9][0-9_]*([eE][-+][0-9]+)?)$")]
    private static partial Regex Fraction();

    [GeneratedRegex("^[-+]?0[0-7_]+$")]
    private static partial Regex Octal();

    [GeneratedRegex("^[-+]?0x[0-9a-fA-F_]+$")]
    private static partial Regex Hexadecimal();
}
