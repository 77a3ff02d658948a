namespace Anneal.Combinators;

/// <summary>A schedule times a number.</summary>
/// <remarks><code>η(t) = By · Whole(t)</code></remarks>
/// <param name="Whole">What is scaled.</param>
/// <param name="By">Finite, 0 or above.</param>
public sealed record Scaled(Schedule Whole, double By) : Schedule
{
    /// <summary>What is scaled.</summary>
    public Schedule Whole { get; } = Require.Shallow(Whole);

    /// <summary>Finite, 0 or above.</summary>
    public double By { get; } = Require.NotNegative(By);

    internal override int Depth { get; } = Whole.Depth + 1;

    /// <inheritdoc/>
    public override Schedule Scale(double by) => new Scaled(Whole, By * Require.NotNegative(by));

    /// <inheritdoc/>
    protected override double Rate(double t) => By * Whole.RateAt(t);

    private protected override void FillRates(Span<double> rates, double from, double every)
    {
        FillFrom(Whole, 0, rates, from, every);
        Filling.Scale(rates, By, rates);
    }

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"{Tex.Number(By)} \cdot {Tex.Group(Whole.FormulaAt(t))}";

    /// <inheritdoc/>
    public override Tail LongRun() => Whole.LongRun().Moved(0, factor: By);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Piece.Moved(Whole, from, to, factor: By);
}
