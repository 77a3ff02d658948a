namespace Anneal.Theory;

/// <summary>The long run of cycles whose height or length changes from one to the next.</summary>
static class CyclicTail
{
    /// <summary>Cycles that rise from a low rate to tips and fall back.</summary>
    /// <param name="low">The rate between the tips.</param>
    /// <param name="high">The rate of the first tip.</param>
    /// <param name="ratio">What the height above <paramref name="low"/> is multiplied by, per step.</param>
    /// <param name="length">Updates per cycle.</param>
    public static Tail LongRun(double low, double high, double ratio, double length) =>
        low == high || Math.IEEERemainder(1, length) == 0 ? Tail.Constant(low) // with whole cycles per update, all updates fall between the tips
        : ratio == 1 ? Tail.Recurring(Math.Max(low, high))
        : ratio < 1 && low > 0 ? Tail.Constant(low)
        : high > low ? Tail.Recurring(Tail.Geometric(high - low, ratio))
        : Tail.Unknown("the swings grow downwards without a limit");

    /// <summary>Cycles that come down to 0, or are multiplied as a whole.</summary>
    /// <remarks>With cycles that grow, cycle i comes at a time like lengthFactorⁱ, so heights like heightFactorⁱ are a power of the time.</remarks>
    public static Tail Cycles(double peak, double steps, double heightFactor, double lengthFactor)
    {
        if (lengthFactor == 1)
            return Tail.Recurring(Tail.Geometric(peak, Math.Pow(heightFactor, 1 / steps)));
        double power = -Math.Log(heightFactor) / Math.Log(lengthFactor);
        return Tail.Recurring(Tail.Powers(peak * Math.Pow(steps / (lengthFactor - 1), power), power));
    }
}
