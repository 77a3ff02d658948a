namespace Anneal.Theory;

/// <summary>Two curves added.</summary>
/// <remarks><code>φ(u) = First(u) + Second(u)</code></remarks>
public sealed record SumCurve(Curve First, Curve Second) : Curve(0, 1, 0, 1)
{
    /// <inheritdoc/>
    protected override double Form(double u) => First.At(u) + Second.At(u);

    /// <inheritdoc/>
    protected override double FormSlope(double u, int side) => First.Slope(u, side) + Second.Slope(u, side);

    /// <inheritdoc/>
    protected override double FormIntegral(double from, double to) => First.Integral(from, to) + Second.Integral(from, to);

    /// <inheritdoc/>
    protected override double FormSum(double first, double stride, long count) =>
        First.Sum(first, count, stride) + Second.Sum(first, count, stride);

    /// <inheritdoc/>
    protected override double FormSumOfSquares(double first, double stride, long count) =>
        CompensatedSum.Over(u => Form(u) * Form(u), first, stride, count);

    /// <inheritdoc/>
    protected override Trend FormTrend(double from, double to)
    {
        double low = Math.Min(from, to), high = Math.Max(from, to);
        return First.Trend(low, high).Together(Second.Trend(low, high));
    }
}
