namespace Anneal.Combinators;

/// <summary>The first <paramref name="Steps"/> steps of any schedule; then the rate it had reached is held.</summary>
/// <remarks><code>η(t) = Whole(min(t, Steps))</code></remarks>
/// <param name="Whole">What is cut.</param>
/// <param name="Steps">Where it is cut, in updates, above 0.</param>
public sealed record Take(Schedule Whole, double Steps) : Segment(Steps)
{
    /// <summary>What is cut.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    public override Segment For(double steps) => steps <= Steps ? Whole.For(steps) : new Take(this, steps);

    /// <inheritdoc/>
    public override Segment Scale(double by) => Whole.Scale(by).For(Steps);

    /// <inheritdoc/>
    protected override double Curve(double t) => Whole.RateAt(t);

    private protected override void FillCurve(Span<double> rates, double from, double every) => FillFrom(Whole, 0, rates, from, every);

    /// <inheritdoc/>
    protected override string Formula(string t) => Whole.FormulaAt(t);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) => Whole.Pieces(from, to);
}
