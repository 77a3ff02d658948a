namespace Anneal;

/// <summary>Rises from <paramref name="Start"/> to <paramref name="Peak"/> along half a cosine wave: gently at both ends.</summary>
/// <remarks>
/// <code>η(t) = Start + (Peak − Start) · sin²(π · t / (2 · Steps))</code>
/// The rising half of the wave in Smith and Topin, <see href="https://arxiv.org/abs/1708.07120">Super-Convergence</see> (2018),
/// as fastai and PyTorch anneal it.
/// </remarks>
/// <param name="Peak">Rate at the end, finite, 0 or above.</param>
/// <param name="Steps">Updates until the peak is reached; from then on the rate stays there.</param>
/// <param name="Start">Rate at step 0, finite, 0 or above.</param>
public sealed record CosineWarmup(double Peak, double Steps, double Start = 0) : Segment(Steps)
{
    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Start { get; } = Require.NotNegative(Start);

    /// <inheritdoc/>
    public override double End => Peak;

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Cosine(Start, Peak, t, Steps);

    private protected override void FillCurve(Span<double> rates, double from, double every) =>
        Filling.Fill(rates, from, every, new VectorCosine(Start, Peak, Steps));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(Peak, Start, @$"\sin^2\!\left(\frac{{\pi}}{{2}} \cdot {Tex.Fraction(t, Steps)}\right)");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, WaveCurve.Between(Start, Peak, Steps), this)];
}
