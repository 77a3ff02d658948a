using System.Globalization;

namespace Anneal.Lessons;

/// <summary>Numbers as they are printed in lessons.</summary>
static class Digits
{
    const int Significant = 6;

    /// <summary>A number ready for print, and whether the print is exact or rounded.</summary>
    public readonly record struct Print(string Tex, bool Exact)
    {
        /// <summary>The relation sign before it.</summary>
        public string Sign => Exact ? "=" : @"\approx";
    }

    /// <summary>Rounded to six significant digits.</summary>
    /// <remarks>Exact means: up to the rounding of a handful of double operations, 1e-14 relative.</remarks>
    public static Print Printed(double value)
    {
        double rounded = Rounded(value);
        return new(Tex(value), Math.Abs(rounded - value) <= 1e-14 * Math.Abs(value));
    }

    /// <summary>Six significant digits in TeX, trailing zeros dropped; powers of ten below 0.00001.</summary>
    public static string Tex(double value)
    {
        double rounded = Rounded(value);
        if (rounded == 0 || Math.Abs(rounded) >= 1e-5)
            return Plain(rounded);
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(rounded)));
        string digits = Plain(double.Parse((rounded / Math.Pow(10, exponent)).ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        return $@"{digits} \cdot 10^{{{exponent}}}";
    }

    /// <summary>All digits, without an exponent.</summary>
    public static string Plain(double value) => ((decimal)value).ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Digits after this decimal place dropped: what a cautious hand calculation must not do.</summary>
    public static double Cut(double value, int decimals)
    {
        double unit = Math.Pow(10, decimals);
        return Math.Truncate(value * unit) / unit;
    }

    static double Rounded(double value) =>
        double.Parse(value.ToString($"E{Significant - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
