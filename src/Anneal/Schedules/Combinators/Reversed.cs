namespace Anneal.Combinators;

/// <summary>A segment played backwards.</summary>
/// <remarks><code>η(t) = Whole(Whole.Steps − t)</code></remarks>
/// <param name="Whole">What is played from its end to its start.</param>
public sealed record Reversed(Segment Whole) : Segment(Whole.Steps)
{
    /// <summary>What is played from its end to its start.</summary>
    public Segment Whole { get; } = Require.Shallow(Whole);

    /// <inheritdoc/>
    public override double End => Whole.At(0);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    public override Segment Reverse() => Whole;

    /// <inheritdoc/>
    protected override double Curve(double t) => Whole.RateAt(Math.Max(Steps - t, 0));

    /// <inheritdoc/>
    protected override string Formula(string t) => Whole.FormulaAt($"({Tex.Number(Steps)} - {t})");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        Whole.Pieces(Steps - to, Steps - from).Reverse().Select(piece => new Piece(
            Steps - piece.To, Steps - piece.From, piece.Curve.Moved(Steps, stretch: -1), piece.Source, Steps - piece.Start));
}
