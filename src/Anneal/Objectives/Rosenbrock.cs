namespace Anneal.Objectives;

/// <summary>A banana-shaped valley: its floor is found at once, the minimum at its end slowly.</summary>
/// <remarks>
/// <code>f(x, y) = (1 − x)² + 100 · (y − x²)²</code>
/// Rosenbrock, <see href="https://doi.org/10.1093/comjnl/3.3.175">An Automatic Method for Finding the Greatest or Least Value of a Function</see> (1960).
/// </remarks>
public sealed class Rosenbrock : Objective
{
    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override string Name => "Rosenbrock";

    /// <inheritdoc/>
    public override string Formula => "(1 - x)^2 + 100 (y - x^2)^2";

    /// <inheritdoc/>
    public override double[] Start => [-1.2, 1];

    /// <inheritdoc/>
    public override double? Minimum => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => [[1, 1]];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => new PlotRange(-2, 2, -1, 3);

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> p)
    {
        double x = p[0], y = p[1];
        return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> p, Span<double> g)
    {
        double x = p[0], y = p[1];
        g[0] = -2 * (1 - x) - 400 * x * (y - x * x);
        g[1] = 200 * (y - x * x);
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> p, double[,] h)
    {
        double x = p[0], y = p[1];
        h[0, 0] = 2 - 400 * (y - 3 * x * x);
        h[0, 1] = h[1, 0] = -400 * x;
        h[1, 1] = 200;
    }
}
