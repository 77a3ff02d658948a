using System.Globalization;

namespace Anneal.Advice;

/// <summary>How numbers and words of a proposal are written.</summary>
static class ProposalText
{
    /// <summary>Three digits: more would claim to be known.</summary>
    public static double Rounded(double value) => value == 0 ? 0 : double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>As people write it: 0.0006 is 6e-4, 524288 is 524,288.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        if (size >= 1e4 || (size >= 1 && value == Math.Floor(value)))
            return size >= 1e9 ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : value.ToString("#,0.###", CultureInfo.InvariantCulture);
        double rounded = Rounded(value);
        return size is >= 0.01 or 0 ? rounded.ToString("R", CultureInfo.InvariantCulture) : rounded.ToString("0.##e-0", CultureInfo.InvariantCulture);
    }

    public static string Word(Confidence sure) => sure.ToString().ToLowerInvariant();
}
