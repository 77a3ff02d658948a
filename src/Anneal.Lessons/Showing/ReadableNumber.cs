using System.Globalization;

namespace Anneal;

/// <summary>Numbers as people write them: 0.00012, 12,500, 1.5·10⁹. Years keep their four digits together.</summary>
/// <remarks>One file for lessons and pages, compiled into both; charts, which are F#, have the same in <c>Text.number</c>.</remarks>
static class ReadableNumber
{
    /// <summary>Exponents of ten that are written out.</summary>
    const int Smallest = -5, Largest = 6;

    /// <summary>The number, rounded to this many significant digits.</summary>
    public static string Of(double value, int digits)
    {
        string sign = value < 0 ? "−" : "";
        if (double.IsNaN(value))
            return "not a number";
        if (double.IsInfinity(value))
            return $"{sign}∞";
        if (value == 0)
            return "0";
        string written = Math.Abs(value).ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        string[] parts = written.Split('E');
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (exponent is >= Smallest and <= Largest)
        {
            decimal plain = decimal.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
            return sign + plain.ToString(plain >= 10_000 ? "#,0.###############" : "0.####################", CultureInfo.InvariantCulture);
        }
        string mantissa = parts[0].Contains('.') ? parts[0].TrimEnd('0').TrimEnd('.') : parts[0];
        string raised = string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        return mantissa == "1" ? $"{sign}10{raised}" : $"{sign}{mantissa}·10{raised}";
    }
}
