namespace Anneal.Frameworks;

/// <summary>Cosine restarts whose cycle is found by a logarithm alone, as PyTorch, timm and Keras do: now and then one restart comes late.</summary>
/// <remarks>
/// <code>i = ⌊ ln(1 + t / Steps · (LengthFactor − 1)) / ln LengthFactor ⌋,   else as <see cref="CosineRestarts"/></code>
/// On a boundary the quotient should be a whole number and is sometimes rounded to a little less (243 = 3⁵ is the first for factor 3,
/// 1000 for factor 10): there the reference is still at the end of the old cycle, at its floor.
/// </remarks>
/// <param name="Exact">The restarts as they are meant.</param>
public sealed record LogarithmicRestarts(CosineRestarts Exact) : Schedule
{
    /// <summary>The restarts as they are meant.</summary>
    public CosineRestarts Exact { get; } = Exact.LengthFactor > 1 ? Exact
        : throw new ArgumentOutOfRangeException(nameof(Exact), Exact.LengthFactor, "LengthFactor must be above 1: no logarithm is needed for equal cycles.");

    /// <summary>The exact restarts, unless a boundary below 2³¹ is one that the logarithm misses.</summary>
    internal static Schedule Or(CosineRestarts exact)
    {
        for (int i = 1; exact.LengthFactor > 1; i++)
        {
            double boundary = Cycle.StartOf(i, exact.Steps, exact.LengthFactor);
            if (boundary > int.MaxValue)
                return exact;
            if (Index(boundary, exact.Steps, exact.LengthFactor) != i)
                return new LogarithmicRestarts(exact);
        }
        return exact;
    }

    internal static double Index(double t, double steps, double factor) => Math.Floor(Math.Log(Math.Min(1 + t / steps * (factor - 1), double.MaxValue)) / Math.Log(factor));

    internal override int Depth { get; } = Exact.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t)
    {
        double i = Index(t, Exact.Steps, Exact.LengthFactor);
        double length = Exact.Steps * Math.Pow(Exact.LengthFactor, i);
        double peak = Exact.Peak * Math.Pow(Exact.HeightFactor, i);
        return Between.Cosine(peak, Exact.Floor, t - Cycle.StartOf(i, Exact.Steps, Exact.LengthFactor), length);
    }

    /// <inheritdoc/>
    public override Tail LongRun() => Exact.LongRun();

    /// <remarks>A restart that comes late differs on its boundary alone, and the ends of pieces are asked of the schedule itself.</remarks>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Exact.Pieces(from, to);

    /// <inheritdoc/>
    protected override string Formula(string t) => Exact.FormulaAt(t);
}
