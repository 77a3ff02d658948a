namespace Anneal.Objectives;

/// <summary>A saddle with two minima beside it: where the gradient vanishes without a minimum, memory and scaling help.</summary>
/// <remarks>
/// <code>f(x, y) = ½·x² − ½·y² + ¼·y⁴</code>
/// The saddle is (0, 0), with curvatures 1 and −1; the minima are (0, ±1). The start lies close to the line y = 0, along which plain
/// gradient descent would walk into the saddle and stay.
/// </remarks>
public sealed class Saddle : Objective
{
    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override string Name => "Saddle";

    /// <inheritdoc/>
    public override string Formula => @"\tfrac12 x^2 - \tfrac12 y^2 + \tfrac14 y^4";

    /// <inheritdoc/>
    public override double[] Start => [1, 0.001];

    /// <inheritdoc/>
    public override double? Minimum => -0.25;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => [[0, 1], [0, -1]];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => new PlotRange(-1.5, 1.5, -1.5, 1.5);

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> p)
    {
        double x = p[0], y = p[1];
        return 0.5 * x * x + y * y * (0.25 * y * y - 0.5);
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> p, Span<double> g)
    {
        double x = p[0], y = p[1];
        g[0] = x;
        g[1] = y * (y * y - 1);
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> p, double[,] h)
    {
        h[0, 0] = 1;
        h[1, 1] = 3 * p[1] * p[1] - 1;
    }
}
