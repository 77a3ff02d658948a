namespace Anneal.Objectives;

/// <summary>A bowl with a dent at every whole number: without noise or luck a rule stays in the dent where it began.</summary>
/// <remarks>
/// <code>f(x) = 10·n + Σ (xᵢ² − 10·cos(2π·xᵢ))</code>
/// Rastrigin, Systems of Extremal Control (1974), for two numbers; Mühlenbein et al. (1991) for n.
/// </remarks>
/// <param name="dimension">How many numbers a point has, at least 1.</param>
public sealed class Rastrigin(int dimension = 2) : Objective
{
    /// <inheritdoc/>
    public override int Dimension { get; } = dimension >= 1 ? dimension
        : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "dimension must be 1 or above.");

    /// <inheritdoc/>
    public override string Name => "Rastrigin";

    /// <inheritdoc/>
    public override string Formula => @"10 n + \sum_i \left( x_i^2 - 10 \cos 2 \pi x_i \right)";

    /// <inheritdoc/>
    public override double[] Start
    {
        get
        {
            var start = new double[Dimension];
            Array.Fill(start, 3.2);
            return start;
        }
    }

    /// <inheritdoc/>
    public override double? Minimum => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => [new double[Dimension]];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => Dimension == 2 ? new PlotRange(-5.12, 5.12, -5.12, 5.12) : null;

    /// <summary>10 − 10·cos(2πx) is 20·sin²(πx): no cancellation near the minimum.</summary>
    protected override double F(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double v in x)
        {
            double s = Math.Sin(Math.PI * v);
            sum += v * v + 20 * s * s;
        }
        return sum;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> x, Span<double> g)
    {
        for (int i = 0; i < x.Length; i++)
            g[i] = 2 * x[i] + 20 * Math.PI * Math.Sin(2 * Math.PI * x[i]);
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> x, double[,] h)
    {
        for (int i = 0; i < x.Length; i++)
            h[i, i] = 2 + 40 * Math.PI * Math.PI * Math.Cos(2 * Math.PI * x[i]);
    }
}
