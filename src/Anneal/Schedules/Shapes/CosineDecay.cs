namespace Anneal;

/// <summary>Falls from <paramref name="Peak"/> to <paramref name="Floor"/> along half a cosine wave.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · cos²(π · t / (2 · Steps))</code>
/// which is (1 + cos(π·t/Steps)) / 2 without the cancellation near the end.
/// Loshchilov and Hutter, <see href="https://arxiv.org/abs/1608.03983">SGDR</see> (2017), eq. 5, without restarts.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates until the floor is reached; from then on the rate stays there.</param>
/// <param name="Floor">Rate at the end: a rate, not a fraction of <paramref name="Peak"/>.</param>
public sealed record CosineDecay(double Peak, double Steps, double Floor = 0) : Segment(Steps)
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    public override double End => Floor;

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Cosine(Peak, Floor, t, Steps);

    private protected override void FillCurve(Span<double> rates, double from, double every) =>
        Filling.Fill(rates, from, every, new VectorCosine(Peak, Floor, Steps));

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Weighted(Peak, Floor, Easing.Cosine.Formula(Tex.Fraction(t, Steps)));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, WaveCurve.Between(Peak, Floor, Steps), this)];
}
