namespace Anneal.Objectives;

/// <summary>A long straight valley: along its floor the slope is almost constant and never above 1, across it is steep.</summary>
/// <remarks>
/// <code>f(x, y) = √(1 + x²) − 1 + ½ · Steepness · y²</code>
/// A rate that is safe across the valley is small along it; unlike on a quadratic, being far away does not make the steps longer.
/// </remarks>
/// <param name="steepness">Curvature across the valley, finite, above 0; along its floor it is at most 1.</param>
public sealed class LongValley(double steepness = 100) : Objective
{
    /// <summary>Curvature across the valley.</summary>
    public double Steepness { get; } = Require.Positive(steepness);

    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override string Name => "Long valley";

    /// <inheritdoc/>
    public override string Formula => @"\sqrt{1 + x^2} - 1 + \tfrac12 k y^2";

    /// <inheritdoc/>
    public override double[] Start => [-10, 0.5];

    /// <inheritdoc/>
    public override double? Minimum => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => [[0, 0]];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => new PlotRange(-11, 3, -1, 1);

    /// <summary>√(1 + x²) − 1 is x² / (√(1 + x²) + 1): no cancellation near the minimum.</summary>
    protected override double F(ReadOnlySpan<double> p)
    {
        double x = p[0], y = p[1];
        return x * x / (Math.Sqrt(1 + x * x) + 1) + 0.5 * Steepness * y * y;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> p, Span<double> g)
    {
        g[0] = p[0] / Math.Sqrt(1 + p[0] * p[0]);
        g[1] = Steepness * p[1];
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> p, double[,] h)
    {
        double root = Math.Sqrt(1 + p[0] * p[0]);
        h[0, 0] = 1 / (root * root * root);
        h[1, 1] = Steepness;
    }
}
