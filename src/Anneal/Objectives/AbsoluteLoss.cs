namespace Anneal.Objectives;

/// <summary>Mean distance between A·w and b: regression to the median, convex but with corners, where decay to zero shows.</summary>
/// <remarks>
/// <code>f(w) = (1/n) Σ |aᵢᵀw − bᵢ|     ∇f(w) = (1/n) Σ sign(aᵢᵀw − bᵢ)·aᵢ,   sign(0) = 0</code>
/// On a corner, where some residual is 0, that is one of the subgradients. Between corners the Hessian is 0. Each subgradient is at most as
/// long as the mean length of the rows, near the minimum too: a constant rate never settles. The minimum is exact; where many points share it, one is
/// listed, and where a column of A is a combination of others, none.
/// </remarks>
public sealed class AbsoluteLoss : Objective
{
    readonly double[] a, b;
    readonly Lazy<(double[] Weights, double Bound)?> least;

    /// <summary>Features and targets, one number of b for each row of a.</summary>
    public AbsoluteLoss(IReadOnlyList<double[]> a, IReadOnlyList<double> b)
    {
        this.a = Numbers.Rows(a);
        this.b = Numbers.Finite(b);
        if (a.Count != b.Count)
            throw new ArgumentException($"b must have as many numbers as a has rows, {a.Count}; it has {b.Count}.", nameof(b));
        Dimension = a[0].Length;
        least = new(() => LeastAbsolute.Of([.. Enumerable.Range(0, this.b.Length).Select(i => Row(i).ToArray())], this.b));
    }

    /// <inheritdoc/>
    public override int Dimension { get; }

    /// <inheritdoc/>
    public override string Name => "Absolute loss";

    /// <inheritdoc/>
    public override string Formula => @"\tfrac1n \sum_i \lvert a_i^{\top} w - b_i \rvert";

    /// <inheritdoc/>
    public override double[] Start => new double[Dimension];

    /// <inheritdoc/>
    public override double? Minimum => least.Value is var (w, _) ? Value(w) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => least.Value is var (w, _) ? [[.. w]] : [];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => Dimension == 2 && least.Value is var (w, _) ? LeastSquares.Around(w) : null;

    /// <summary>What no point can fall below, by the dual: equal to <see cref="Minimum"/> but for rounding, and the proof of it.</summary>
    public double? LowerBound => least.Value?.Bound;

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> w)
    {
        double sum = 0;
        for (int i = 0; i < b.Length; i++)
            sum += Math.Abs(Numbers.Dot(Row(i), w) - b[i]);
        return sum / b.Length;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> w, Span<double> g)
    {
        g.Clear();
        for (int i = 0; i < b.Length; i++)
        {
            var row = Row(i);
            double miss = Numbers.Dot(row, w) - b[i];
            double side = (miss > 0 ? 1 : miss < 0 ? -1 : 0) / (double)b.Length;
            for (int j = 0; j < w.Length; j++)
                g[j] += side * row[j];
        }
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> w, double[,] h)
    {
        // zero wherever it exists
    }

    ReadOnlySpan<double> Row(int i) => a.AsSpan(i * Dimension, Dimension);
}
