using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Counting without rounding errors.</summary>
static class Counting
{
    /// <summary>How often <paramref name="divisor"/> fits into <paramref name="value"/>: ⌊value / divisor⌋ of the two exact numbers.</summary>
    /// <remarks>The division may round up onto the next whole number; the fused product tells, because it does not round.</remarks>
    public static double Quotient(double value, double divisor)
    {
        double quotient = Math.Floor(value / divisor);
        return Math.FusedMultiplyAdd(quotient, divisor, -value) > 0 ? quotient - 1 : quotient;
    }

    /// <summary>So few numbers are looked at one after the other, which is quicker than halving and guessing.</summary>
    const int LinearSearchLimit = 8;

    /// <summary>How many of the ordered numbers are at most <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int UpTo(ReadOnlySpan<double> ordered, double value)
    {
        if (ordered.Length > LinearSearchLimit)
            return UpToByHalving(ordered, value);
        int count = 0;
        while (count < ordered.Length && ordered[count] <= value)
            count++;
        return count;
    }

    static int UpToByHalving(ReadOnlySpan<double> ordered, double value)
    {
        int low = 0, high = ordered.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ordered[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>How many of the ordered numbers are below <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Below(ReadOnlySpan<double> ordered, double value)
    {
        if (ordered.Length > LinearSearchLimit)
            return UpToByHalving(ordered, Math.BitDecrement(value));
        int count = 0;
        while (count < ordered.Length && ordered[count] < value)
            count++;
        return count;
    }
}
