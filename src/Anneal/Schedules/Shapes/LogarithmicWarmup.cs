namespace Anneal;

/// <summary>Rises from <paramref name="Start"/> to <paramref name="Peak"/> along a logarithm: steeply at first.</summary>
/// <remarks>
/// <code>η(t) = Start + (Peak − Start) · ln(1 + t) / ln(1 + Steps)</code>
/// Half of the way is done after about √Steps updates. This is the warm-up of DeepSpeed's WarmupLR, WarmupDecayLR and WarmupCosineLR unless
/// <c>warmup_type</c> is linear; <c>warmup_num_steps</c> is <c>Steps + 1</c>, since the last of them already has the peak.
/// </remarks>
/// <param name="Peak">Rate at the end, finite, 0 or above.</param>
/// <param name="Steps">Updates until the peak is reached; from then on the rate stays there.</param>
/// <param name="Start">Rate at step 0, finite, 0 or above.</param>
public sealed record LogarithmicWarmup(double Peak, double Steps, double Start = 0) : Segment(Steps)
{
    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Start { get; } = Require.NotNegative(Start);

    /// <inheritdoc/>
    public override double End => Peak;

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Weighted(Peak, Start, NearOne.Log1p(t) / NearOne.Log1p(Steps));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(Peak, Start, @$"\frac{{\ln\left(1 + {t}\right)}}{{\ln\left(1 + {Tex.Number(Steps)}\right)}}");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, new NumericCurve(Curve, Peak >= Start ? Trend.Rising : Trend.Falling, t => (Peak - Start) / ((1 + t) * NearOne.Log1p(Steps))), this)];
}
