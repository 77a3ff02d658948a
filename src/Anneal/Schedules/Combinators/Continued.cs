namespace Anneal.Combinators;

/// <summary>A segment whose formula goes on past its end instead of holding.</summary>
/// <remarks>
/// <code>η(t) = the formula of Whole at any t</code>
/// A cosine rises again, a straight line goes below 0: what several frameworks do when they are stepped too far, and the
/// one place where a rate may be negative. Where the formula has no value any more, such as the root of a negative number, the step is refused.
/// </remarks>
/// <param name="Whole">What goes on.</param>
public sealed record Continued(Segment Whole) : Schedule
{
    /// <summary>What goes on.</summary>
    public Segment Whole { get; } = Require.Shallow(Whole);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Whole.CurveAt(t) is var rate && double.IsFinite(rate) ? rate : throw Refuse(t);

    ArgumentOutOfRangeException Refuse(double t) =>
        new("step", t, $"step must be one where the formula has a value: that of {Whole.GetType().Name} ends at {Whole.Steps} and cannot be continued this far.");

    /// <inheritdoc/>
    protected override string Formula(string t) => Whole.FormulaAt(t);

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Unknown("a formula that goes on past its end may do anything");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        if (from < Whole.Steps)
            foreach (var piece in Whole.Pieces(from, Math.Min(to, Whole.Steps)))
                yield return piece;
        if (to <= Whole.Steps)
            yield break;
        from = Math.Max(from, Whole.Steps);
        if (Wave(to) is not { } wave)
            yield return Piece.Unknown(this, from, to);
        else
            foreach (var piece in wave.Pieces(from, to))
                yield return piece with { Source = this };
    }

    /// <summary>Where the formula is a cosine, the same wave over so many steps.</summary>
    CosineWave? Wave(double steps) => Whole switch
    {
        CosineWave s => new(s.Peak, steps, s.Waves * steps / s.Steps, s.Floor),
        CosineDecay s => new(s.Peak, steps, 0.5 * steps / s.Steps, s.Floor),
        _ => null,
    };
}
