namespace Anneal.Theory;

/// <summary>A power of the distance from the origin: inverse time, inverse root, polynomial decay.</summary>
/// <remarks><code>φ(u) = u^Exponent,   u ≥ 0</code></remarks>
public sealed record PowerCurve(double Base, double Height, double Origin, double Unit, double Exponent) : Curve(Base, Height, Origin, Unit)
{
    /// <inheritdoc/>
    protected override double Form(double u) => Math.Pow(Math.Max(0, u), Exponent);

    /// <inheritdoc/>
    protected override double FormSlope(double u, int side) => Exponent * Math.Pow(Math.Max(0, u), Exponent - 1);

    /// <inheritdoc/>
    protected override double FormIntegral(double from, double to) =>
        from > to ? -PowerSums.Integral(to, from, Exponent) : PowerSums.Integral(from, to, Exponent);

    /// <inheritdoc/>
    protected override double FormSum(double first, double stride, long count) =>
        PowerSums.Progression(first, stride, count, Exponent);

    /// <inheritdoc/>
    protected override double FormSumOfSquares(double first, double stride, long count) =>
        PowerSums.Progression(first, stride, count, 2 * Exponent);

    /// <inheritdoc/>
    protected override Trend FormTrend(double from, double to) =>
        Exponent > 0 ? Anneal.Trend.Rising : Exponent < 0 ? Anneal.Trend.Falling : Anneal.Trend.Flat;
}
