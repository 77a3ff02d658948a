namespace Anneal;

/// <summary>Goes from <paramref name="Peak"/> to <paramref name="Floor"/> along a straight line, and stays there.</summary>
/// <remarks>
/// <code>η(t) = Peak + (Floor − Peak) · t / Steps</code>
/// With floor 0 this is "linear to zero", the schedule that the last-iterate bounds favour: Defazio et al.,
/// <see href="https://arxiv.org/abs/2310.07831">When, Why and How Much?</see> (2023). With α₀ for the peak, α_τ for the floor and τ steps
/// it is the practical schedule of Goodfellow et al., <see href="https://www.deeplearningbook.org">Deep Learning</see> (2016), eq. 8.14.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates until the floor is reached; from then on the rate stays there.</param>
/// <param name="Floor">Rate at the end: a rate, not a fraction of <paramref name="Peak"/>.</param>
public sealed record LinearDecay(double Peak, double Steps, double Floor = 0) : Segment(Steps)
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    public override double End => Floor;

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Line(Peak, Floor, t, Steps);

    private protected override void FillCurve(Span<double> rates, double from, double every) =>
        Filling.Fill(rates, from, every, new VectorLine(Peak, Floor, Steps));

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Weighted(Peak, Floor, Easing.Linear.Formula(Tex.Fraction(t, Steps)));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, LineCurve.Between(Peak, Floor, Steps), this)];
}
