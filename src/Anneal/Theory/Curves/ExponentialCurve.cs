namespace Anneal.Theory;

/// <summary>Exponential growth (u rising) or decay (u falling).</summary>
/// <remarks><code>φ(u) = eᵘ,   Σ e^(a + iδ) = eᵃ · (1 − e^(nδ)) / (1 − e^δ)</code></remarks>
public sealed record ExponentialCurve(double Base, double Height, double Origin, double Unit) : Curve(Base, Height, Origin, Unit)
{
    /// <summary>From <paramref name="start"/> at step 0 by equal factors to <paramref name="end"/> at <paramref name="steps"/>; both above 0, or both 0.</summary>
    public static Curve Between(double start, double end, double steps) =>
        start == end ? LineCurve.Flat(start) : new ExponentialCurve(0, start, 0, steps / Math.Log(end / start));

    /// <inheritdoc/>
    protected override double Form(double u) => Math.Exp(u);

    /// <inheritdoc/>
    protected override double FormSlope(double u, int side) => Math.Exp(u);

    /// <inheritdoc/>
    protected override double FormIntegral(double from, double to) =>
        from > to ? -FormIntegral(to, from) : -Math.Exp(to) * NearOne.Expm1(from - to);

    /// <inheritdoc/>
    protected override double FormSum(double first, double stride, long count) => Geometric(first, stride, count);

    /// <inheritdoc/>
    protected override double FormSumOfSquares(double first, double stride, long count) => Geometric(2 * first, 2 * stride, count);

    /// <inheritdoc/>
    protected override Trend FormTrend(double from, double to) => Anneal.Trend.Rising;

    /// <summary>Counted from its largest term, so that nothing overflows before the sum does.</summary>
    static double Geometric(double first, double stride, long count) =>
        stride == 0 ? count * Math.Exp(first)
        : stride > 0 ? Geometric(first + stride * (count - 1), -stride, count)
        : Math.Exp(first) * NearOne.Expm1(stride * count) / NearOne.Expm1(stride);
}
