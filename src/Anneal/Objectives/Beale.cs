namespace Anneal.Objectives;

/// <summary>A flat basin between steep walls: far out the gradient is huge, near the minimum it is tiny.</summary>
/// <remarks>
/// <code>f(x, y) = (1.5 − x + x·y)² + (2.25 − x + x·y²)² + (2.625 − x + x·y³)²</code>
/// Beale, <see href="https://apps.dtic.mil/sti/citations/AD0211590">On an Iterative Method for Finding a Local Minimum of a Function of More than One Variable</see> (1958).
/// </remarks>
public sealed class Beale : Objective
{
    static readonly double[] Targets = [1.5, 2.25, 2.625];

    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override string Name => "Beale";

    /// <inheritdoc/>
    public override string Formula => "(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2";

    /// <inheritdoc/>
    public override double[] Start => [1, 1.5];

    /// <inheritdoc/>
    public override double? Minimum => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => [[3, 0.5]];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => new PlotRange(-4.5, 4.5, -4.5, 4.5);

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> p)
    {
        double x = p[0], y = p[1], sum = 0;
        for (int k = 1; k <= 3; k++)
        {
            double miss = Targets[k - 1] - x + x * Math.Pow(y, k);
            sum += miss * miss;
        }
        return sum;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> p, Span<double> g)
    {
        double x = p[0], y = p[1];
        g.Clear();
        for (int k = 1; k <= 3; k++)
        {
            double miss = Targets[k - 1] - x + x * Math.Pow(y, k);
            g[0] += 2 * miss * (Math.Pow(y, k) - 1);
            g[1] += 2 * miss * x * k * Math.Pow(y, k - 1);
        }
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> p, double[,] h)
    {
        double x = p[0], y = p[1];
        for (int k = 1; k <= 3; k++)
        {
            double miss = Targets[k - 1] - x + x * Math.Pow(y, k);
            double dx = Math.Pow(y, k) - 1, slope = k * Math.Pow(y, k - 1), bend = k == 1 ? 0 : k * (k - 1) * Math.Pow(y, k - 2);
            h[0, 0] += 2 * dx * dx;
            h[0, 1] += 2 * (dx * x * slope + miss * slope);
            h[1, 1] += 2 * (x * slope * x * slope + miss * x * bend);
        }
        h[1, 0] = h[0, 1];
    }
}
