namespace Anneal;

/// <summary>Rises from <paramref name="Start"/> to <paramref name="Peak"/> along a straight line.</summary>
/// <remarks>
/// <code>η(t) = Start + (Peak − Start) · t / Steps</code>
/// The first update uses <c>Start</c>, update <c>Steps</c> (counted from 0) the peak. nanoGPT's (t + 1)/(Steps + 1) is
/// this with <c>Start = Peak / (Steps + 1)</c>; for (t + 1)/Steps see <see cref="OneBasedWarmup"/>.
/// Goyal et al., <see href="https://arxiv.org/abs/1706.02677">Accurate, Large Minibatch SGD</see> (2017), section 2.2.
/// </remarks>
/// <param name="Peak">Rate at the end, finite, 0 or above.</param>
/// <param name="Steps">Updates until the peak is reached; from then on the rate stays there.</param>
/// <param name="Start">Rate at step 0, finite, 0 or above.</param>
public sealed record Warmup(double Peak, double Steps, double Start = 0) : Segment(Steps)
{
    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Start { get; } = Require.NotNegative(Start);

    /// <inheritdoc/>
    public override double End => Peak;

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Line(Start, Peak, t, Steps);

    private protected override void FillCurve(Span<double> rates, double from, double every) =>
        Filling.Fill(rates, from, every, new VectorLine(Start, Peak, Steps));

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Weighted(Peak, Start, Tex.Fraction(t, Steps));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, LineCurve.Between(Start, Peak, Steps), this)];
}
