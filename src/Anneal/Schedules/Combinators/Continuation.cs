namespace Anneal.Combinators;

/// <summary>The open-ended twin of <see cref="Sequence"/>: what follows has no end.</summary>
/// <remarks><code>η(t) = First(t) while t &lt; First.Steps, then Next(t − First.Steps)</code></remarks>
/// <param name="First">Decides while t &lt; First.Steps.</param>
/// <param name="Next">Decides from t = First.Steps on, asked at t − First.Steps.</param>
public sealed record Continuation(Segment First, Schedule Next) : Schedule
{
    /// <summary>Decides while t &lt; First.Steps.</summary>
    public Segment First { get; } = Require.Shallow(First);

    /// <summary>Decides from t = First.Steps on, asked at t − First.Steps.</summary>
    public Schedule Next { get; } = Require.Shallow(Next);

    internal override int Depth { get; } = Math.Max(First.Depth, Next.Depth) + 1;

    /// <inheritdoc/>
    protected override double Rate(double t) => t < First.Steps ? First.RateAt(t) : Next.RateAt(t - First.Steps);

    private protected override void FillRates(Span<double> rates, double from, double every)
    {
        if (!Filling.AreWhole(from, every, rates.Length))
        {
            base.FillRates(rates, from, every);
            return;
        }
        int first = Filling.CountBefore(First.Steps, from, every, rates.Length);
        FillFrom(First, 0, rates[..first], from, every);
        FillFrom(Next, First.Steps, rates[first..], from + first * every, every);
    }

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Cases(
        [(First.FormulaAt(t), $"{t} < {Tex.Number(First.Steps)}"), (Next.FormulaAt(Tex.Since(t, First.Steps)), @"\text{else}")]);

    /// <inheritdoc/>
    public override Tail LongRun() => Next.LongRun().Moved(First.Steps);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        if (from < First.Steps)
            foreach (var piece in First.Pieces(from, Math.Min(to, First.Steps)))
                yield return piece;
        if (to > First.Steps)
            foreach (var piece in Piece.Moved(Next, Math.Max(from, First.Steps), to, delay: First.Steps))
                yield return piece;
    }
}
