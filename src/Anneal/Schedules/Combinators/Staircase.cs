namespace Anneal.Combinators;

/// <summary>A schedule that is asked only every so many updates; in between its rate stays.</summary>
/// <remarks>
/// <code>η(t) = Whole(Every · ⌊t / Every⌋)</code>
/// Turns a curve over epochs into the steps of a program that sets the rate once per epoch.
/// </remarks>
/// <param name="Whole">What is asked.</param>
/// <param name="Every">Updates at the same rate; finite, above 0.</param>
public sealed record Staircase(Schedule Whole, double Every) : Schedule
{
    /// <summary>What is asked.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    /// <summary>Updates at the same rate; finite, above 0.</summary>
    public double Every { get; } = Require.Positive(Every);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Whole.RateAt(Every * Counting.Quotient(t, Every));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Whole.FormulaAt(@$"({(Every == 1 ? "" : Tex.Number(Every))} \lfloor {Tex.Bare(t)} / {Tex.Number(Every)} \rfloor)");

    /// <inheritdoc/>
    public override Tail LongRun() => Whole.LongRun() is SmoothTail smooth
        ? smooth
        : Tail.Unknown("which rates of a schedule that swings are taken depends on where it is asked");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Piece.Between(
        Piece.Multiples(Every, from, to), from, to, (a, b) => new(a, b, LineCurve.Flat(Rate(a + (b - a) / 2)), this));
}
