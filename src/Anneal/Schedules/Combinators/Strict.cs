namespace Anneal.Combinators;

/// <summary>A segment that refuses to be asked past its end.</summary>
/// <remarks><code>η(t) = Whole(t) for t ≤ Whole.Steps</code></remarks>
/// <param name="Whole">What must not be overrun.</param>
public sealed record Strict(Segment Whole) : Schedule
{
    /// <summary>What must not be overrun.</summary>
    public Segment Whole { get; } = Require.Shallow(Whole);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Whole.RateAt(Require.AtMost(Whole.Steps, "the schedule's end", t, "step"));

    /// <inheritdoc/>
    protected override string Formula(string t) => Whole.FormulaAt(t) + @$", \quad {t} \le {Tex.Number(Whole.Steps)}";

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Unknown("the schedule refuses to be asked past its end");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        Whole.Pieces(from, Require.AtMost(Whole.Steps, "the schedule's end", to, "step"));
}
