namespace Anneal;

/// <summary>The long run of cycles that swing between a low rate and tips whose height grows or shrinks.</summary>
static class Swing
{
    /// <param name="low">The rate between the tips.</param>
    /// <param name="high">The rate of the first tip.</param>
    /// <param name="ratio">What the height above <paramref name="low"/> is multiplied by, per step.</param>
    public static Tail LongRun(double low, double high, double ratio) =>
        low == high ? Tail.Constant(low)
        : ratio == 1 ? Tail.Recurring(Math.Max(low, high))
        : ratio < 1 && low > 0 ? Tail.Constant(low)
        : high > low ? Tail.Recurring(Tail.Geometric(high - low, ratio))
        : Tail.Unknown("the swings grow downwards without a limit");
}
