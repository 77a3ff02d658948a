namespace Anneal.Combinators;

/// <summary>A rate times a factor at every step.</summary>
/// <remarks><code>η(t) = Whole(t) · By(t)</code></remarks>
/// <param name="Whole">The rate.</param>
/// <param name="By">The factor, which has no unit.</param>
public sealed record Product(Schedule Whole, Factor By) : Schedule
{
    /// <summary>The rate.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    internal override int Depth { get; } = Math.Max(Whole.Depth, By.Values.Depth) + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Whole.RateAt(t) * By.Values.RateAt(t);

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"{Tex.Group(Whole.FormulaAt(t))} \cdot {Tex.Group(By.Values.FormulaAt(t))}";

    /// <inheritdoc/>
    public override Tail LongRun() => Whole.LongRun().Times(By.Values.LongRun());

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        PiecewiseMerge.Of(Whole, By.Values, from, to).Select(both => PiecewiseMerge.Product(both.First, both.Second));
}
