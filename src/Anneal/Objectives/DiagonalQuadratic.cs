namespace Anneal.Objectives;

/// <summary>A bowl along the axes: every weight has a curvature and a pull of its own, and none knows of the others.</summary>
/// <remarks>
/// <code>f(x) = ½ Σ dᵢ·xᵢ² − Σ bᵢ·xᵢ</code>
/// The curvatures d are its eigenvalues; its condition number is the greatest over the least. The minimiser is bᵢ/dᵢ; with a
/// negative curvature, or a pull where there is none, there is no minimum.
/// </remarks>
public sealed class DiagonalQuadratic : Objective
{
    readonly double[] d, b;

    /// <summary>Curvatures and pulls.</summary>
    /// <param name="diagonal">The curvatures d: finite, at least one.</param>
    /// <param name="linear">The pulls b, as many as curvatures; all 0 when left out.</param>
    public DiagonalQuadratic(IReadOnlyList<double> diagonal, IReadOnlyList<double>? linear = null)
    {
        d = Numbers.Finite(diagonal);
        b = linear is null ? new double[d.Length] : Numbers.Finite(linear);
        if (b.Length != d.Length)
            throw new ArgumentException($"linear must have as many numbers as diagonal, {d.Length}; it has {b.Length}.", nameof(linear));
    }

    /// <summary>The curvatures d.</summary>
    public IReadOnlyList<double> Diagonal => d.AsReadOnly();

    /// <summary>The pulls b.</summary>
    public IReadOnlyList<double> Linear => b.AsReadOnly();

    /// <inheritdoc/>
    public override int Dimension => d.Length;

    /// <inheritdoc/>
    public override string Name => "Diagonal quadratic";

    /// <inheritdoc/>
    public override string Formula => @"\tfrac12 \sum_i d_i x_i^2 - \sum_i b_i x_i";

    /// <inheritdoc/>
    public override double[] Start
    {
        get
        {
            double[] start = [.. d.Zip(b, (d, b) => d > 0 ? b / d : 0)];
            for (int i = 0; i < start.Length; i++)
                start[i] += 1;
            return start;
        }
    }

    bool HasMinimum => d.Zip(b).All(p => p.First > 0 || (p.First == 0 && p.Second == 0));

    /// <inheritdoc/>
    public override double? Minimum => HasMinimum ? -0.5 * d.Zip(b).Where(p => p.First > 0).Sum(p => p.Second * p.Second / p.First) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => HasMinimum ? [[.. d.Zip(b, (d, b) => d > 0 ? b / d : 0)]] : [];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => Dimension == 2 && HasMinimum ? Around(Minimizers[0]) : null;

    static PlotRange Around(double[] c) => new(c[0] - 2, c[0] + 2, c[1] - 2, c[1] + 2);

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += (0.5 * d[i] * x[i] - b[i]) * x[i];
        return sum;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> x, Span<double> g)
    {
        for (int i = 0; i < x.Length; i++)
            g[i] = d[i] * x[i] - b[i];
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> x, double[,] h)
    {
        for (int i = 0; i < x.Length; i++)
            h[i, i] = d[i];
    }
}
