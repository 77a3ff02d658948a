using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Ways from one rate to another, exact at both ends and never beyond them in between.</summary>
/// <remarks>
/// Each half is measured from its own end: what is left near the end is <c>(steps − t) / steps</c>, whose subtraction is
/// exact, where <c>1 − t / steps</c> would lose as many digits as the run has.
/// </remarks>
static class Between
{
    /// <summary><c>from + (to − from) · t / steps</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Line(double from, double to, double t, double steps) => t < steps / 2
        ? from + (to - from) * (t / steps)
        : to + (from - to) * ((steps - t) / steps);

    /// <summary><c>to + (from − to) · cos²(π · t / (2 · steps))</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cosine(double from, double to, double t, double steps)
    {
        bool early = t < steps / 2;
        double s = Math.Sin(Math.PI / 2 * ((early ? t : steps - t) / steps));
        return early ? from + (to - from) * (s * s) : to + (from - to) * (s * s);
    }

    /// <summary><c>to + (from − to) · left</c>, where <paramref name="left"/> falls from 1 to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Weighted(double from, double to, double left) => left > 0.5
        ? from + (to - from) * (1 - left)
        : to + (from - to) * left;

    /// <summary><c>low + (high − low) · cos²(π · waves)</c></summary>
    /// <remarks>The nearest crest or trough is subtracted first, so that the angle is small and the far ends are exact.</remarks>
    public static double Wave(double high, double low, double waves)
    {
        double fromCrest = Math.Abs(waves - Math.Round(waves));
        return Cosine(high, low, fromCrest, 0.5);
    }
}
