namespace Anneal;

/// <summary>Falls like one over the root of the time, for ever.</summary>
/// <remarks>
/// <code>η(t) = Peak / √(1 + t / Timescale)</code>
/// After a warm-up of W updates with <c>Timescale = W</c> it is Peak · √(W / step), the schedule of Vaswani et al.,
/// <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see> (2017), section 5.3.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Timescale">Updates after which the rate is Peak/√2; finite, above 0.</param>
public sealed record InverseSqrtDecay(double Peak, double Timescale = 1) : Schedule
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Updates after which the rate is Peak/√2; finite, above 0.</summary>
    public double Timescale { get; } = Require.Positive(Timescale);

    /// <inheritdoc/>
    protected override double Rate(double t) => Peak * Math.Sqrt(Timescale / (Timescale + t));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        @$"\frac{{{Tex.Number(Peak)}}}{{\sqrt{{1 + {(Timescale == 1 ? t : Tex.Fraction(t, Timescale))}}}}}";

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Powers(Peak * Math.Sqrt(Timescale), 0.5);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        [new(from, to, new PowerCurve(0, Peak, -Timescale, Timescale, -0.5), this)];
}
