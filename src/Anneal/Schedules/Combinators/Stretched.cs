namespace Anneal.Combinators;

/// <summary>A schedule whose every step takes so many times as long.</summary>
/// <remarks>
/// <code>η(t) = Whole(t / By)</code>
/// This also turns a schedule over epochs or tokens into one over updates; see <see cref="Plan.InUpdates"/>.
/// </remarks>
/// <param name="Whole">What is stretched.</param>
/// <param name="By">Finite, above 0; below 1 it is squeezed.</param>
public sealed record Stretched(Schedule Whole, double By) : Schedule
{
    /// <summary>What is stretched.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    /// <summary>Finite, above 0; below 1 it is squeezed.</summary>
    public double By { get; } = Require.Positive(By);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Whole.At(t / By);

    /// <inheritdoc/>
    protected override string Formula(string t) => Whole.FormulaAt($"({Tex.Bare(t)} / {Tex.Number(By)})");

    /// <inheritdoc/>
    public override Tail LongRun() => Whole.LongRun().Moved(0, stretch: By);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Piece.Moved(Whole, from, to, stretch: By);
}
