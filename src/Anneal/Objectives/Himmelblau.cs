namespace Anneal.Objectives;

/// <summary>Four equally deep minima: which one is found depends on the start and the rate.</summary>
/// <remarks>
/// <code>f(x, y) = (x² + y − 11)² + (x + y² − 7)²</code>
/// Himmelblau, Applied Nonlinear Programming (1972). Only (3, 2) is a pair of whole numbers; the others are roots of
/// x² + y = 11 and x + y² = 7 to the last digit.
/// </remarks>
public sealed class Himmelblau : Objective
{
    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override string Name => "Himmelblau";

    /// <inheritdoc/>
    public override string Formula => "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";

    /// <inheritdoc/>
    public override double[] Start => [0, -1];

    /// <inheritdoc/>
    public override double? Minimum => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers =>
    [
        [3, 2],
        [-2.805118086952745, 3.131312518250573],
        [-3.779310253377747, -3.283185991286170],
        [3.584428340330492, -1.848126526964404],
    ];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => new PlotRange(-5, 5, -5, 5);

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> p)
    {
        double a = p[0] * p[0] + p[1] - 11, b = p[0] + p[1] * p[1] - 7;
        return a * a + b * b;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> p, Span<double> g)
    {
        double x = p[0], y = p[1], a = x * x + y - 11, b = x + y * y - 7;
        g[0] = 4 * a * x + 2 * b;
        g[1] = 2 * a + 4 * b * y;
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> p, double[,] h)
    {
        double x = p[0], y = p[1], a = x * x + y - 11, b = x + y * y - 7;
        h[0, 0] = 8 * x * x + 4 * a + 2;
        h[0, 1] = h[1, 0] = 4 * x + 4 * y;
        h[1, 1] = 2 + 8 * y * y + 4 * b;
    }
}
