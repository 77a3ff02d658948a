namespace Anneal.Theory;

/// <summary>A smooth function that is only known by its values; sums add every term and integrals are numeric.</summary>
/// <remarks><code>φ(u) = Function(u)</code></remarks>
/// <param name="Function">The function.</param>
/// <param name="Direction">Which way it runs, where that is known.</param>
/// <param name="Derivative">Its exact derivative, where that is known.</param>
public sealed record NumericCurve(Func<double, double> Function, Trend Direction = Trend.Unknown, Func<double, double>? Derivative = null)
    : Curve(0, 1, 0, 1)
{
    /// <inheritdoc/>
    protected override double Form(double u) => Function(u);

    /// <remarks>Second order and one-sided, because the function may change its form at the end of the piece.</remarks>
    protected override double FormSlope(double u, int side)
    {
        if (Derivative is not null)
            return Derivative(u);
        double h = side * 1e-4 * Math.Max(1, Math.Abs(u));
        return (-3 * Function(u) + 4 * Function(u + h) - Function(u + 2 * h)) / (2 * h);
    }

    /// <inheritdoc/>
    protected override double FormIntegral(double from, double to) => Quadrature.Integrate(Function, from, to);

    /// <inheritdoc/>
    protected override double FormSum(double first, double stride, long count) =>
        CompensatedSum.Over(Function, first, stride, count);

    /// <inheritdoc/>
    protected override double FormSumOfSquares(double first, double stride, long count) =>
        CompensatedSum.Over(u => Function(u) * Function(u), first, stride, count);

    /// <inheritdoc/>
    protected override Trend FormTrend(double from, double to) => Direction;
}
