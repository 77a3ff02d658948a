namespace Anneal.Combinators;

/// <summary>A schedule that starts later, or one whose beginning is left out.</summary>
/// <remarks>
/// <code>η(t) = Whole(max(t − By, 0))</code>
/// Until a delayed schedule starts, its first rate is held.
/// </remarks>
/// <param name="Whole">What is shifted.</param>
/// <param name="By">Updates to wait; below 0, updates to leave out. Finite.</param>
public sealed record Shifted(Schedule Whole, double By) : Schedule
{
    /// <summary>What is shifted.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    /// <summary>Updates to wait; below 0, updates to leave out. Finite.</summary>
    public double By { get; } = Require.Finite(By);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => Whole.At(Math.Max(t - By, 0));

    /// <inheritdoc/>
    protected override string Formula(string t) => By > 0
        ? Tex.Cases([(Whole.FormulaAt("0"), $"{t} < {Tex.Number(By)}"), (Whole.FormulaAt(Tex.Since(t, By)), @"\text{else}")])
        : Whole.FormulaAt(Tex.Since(t, By));

    /// <inheritdoc/>
    public override Tail LongRun() => Whole.LongRun().Moved(By);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        if (from < By)
            yield return Piece.Held(Whole.At(0), 0, from, Math.Min(to, By));
        if (to > By)
            foreach (var piece in Piece.Moved(Whole, from, to, delay: By))
                yield return piece;
    }
}
