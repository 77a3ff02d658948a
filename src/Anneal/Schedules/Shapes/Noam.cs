namespace Anneal;

/// <summary>A straight warm-up, then one over the root of the time for ever, both scaled by the model's width.</summary>
/// <remarks>
/// <code>η(t) = Factor · ModelSize^(−½) · min((t + 1)^(−½), (t + 1) · WarmupSteps^(−3/2))</code>
/// Vaswani et al., <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see> (2017), eq. 3, whose <c>step_num</c> is 1 at the first update.
/// Named after Noam Shazeer. The highest rate, <c>Factor / √(ModelSize · WarmupSteps)</c>, belongs to the last update of the warm-up.
/// </remarks>
/// <param name="ModelSize">Width of the model, <c>d_model</c>; finite, above 0.</param>
/// <param name="WarmupSteps">Updates made on the way up, the one at the peak included; 1 or above.</param>
/// <param name="Factor">Multiplies every rate; finite, 0 or above.</param>
public sealed record Noam(double ModelSize, double WarmupSteps, double Factor = 1) : Schedule
{
    /// <summary>Width of the model, finite, above 0.</summary>
    public double ModelSize { get; } = Require.Positive(ModelSize);

    /// <summary>Updates made on the way up, 1 or above.</summary>
    public double WarmupSteps { get; } = Require.AtLeast(1, WarmupSteps);

    /// <summary>Multiplies every rate; finite, 0 or above.</summary>
    public double Factor { get; } = Require.NotNegative(Factor);

    /// <summary>The highest rate.</summary>
    internal double Peak { get; } = Factor / Math.Sqrt(ModelSize * WarmupSteps);

    /// <inheritdoc/>
    protected override double Rate(double t) => t + 1 < WarmupSteps ? Peak * ((t + 1) / WarmupSteps) : Peak * Math.Sqrt(WarmupSteps / (t + 1));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        @$"{(Factor == 1 ? "" : @$"{Tex.Number(Factor)} \cdot ")}{Tex.Base(ModelSize)}^{{-1/2}} \cdot \min\!\left(\left({Tex.Bare(t)} + 1\right)^{{-1/2}}, \left({Tex.Bare(t)} + 1\right) \cdot {Tex.Base(WarmupSteps)}^{{-3/2}}\right)";

    /// <inheritdoc/>
    public override Tail LongRun() => Tail.Powers(Peak * Math.Sqrt(WarmupSteps), 0.5);

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) => Piece.Between([WarmupSteps - 1], from, to, (a, b) => a < WarmupSteps - 1
        ? new(a, b, new LineCurve(0, Peak, -1, WarmupSteps), new OneBasedWarmup(Peak, WarmupSteps))
        : new(a, b, new PowerCurve(0, Peak, -1, WarmupSteps, -0.5), new InverseSqrtDecay(Peak, WarmupSteps), WarmupSteps - 1));
}
