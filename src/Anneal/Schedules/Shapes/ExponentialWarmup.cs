namespace Anneal;

/// <summary>Rises from <paramref name="Start"/> to <paramref name="Peak"/> by the same factor at every update.</summary>
/// <remarks>
/// <code>η(t) = Start · (Peak / Start)^(t / Steps)</code>
/// The sweep of a rate finder: equal factors are equal distances on a logarithmic axis.
/// Smith, <see href="https://arxiv.org/abs/1506.01186">Cyclical Learning Rates</see> (2017), section 3.3, with a logarithmic scale.
/// </remarks>
/// <param name="Peak">Rate at the end, finite, above 0.</param>
/// <param name="Steps">Updates until the peak is reached; from then on the rate stays there.</param>
/// <param name="Start">Rate at step 0, finite, above 0.</param>
public sealed record ExponentialWarmup(double Peak, double Steps, double Start) : Segment(Steps)
{
    /// <summary>Rate at the end, finite, above 0.</summary>
    public double Peak { get; } = Require.Positive(Peak);

    /// <summary>Rate at step 0, finite, above 0.</summary>
    public double Start { get; } = Require.Positive(Start);

    /// <inheritdoc/>
    public override double End => Peak;

    /// <inheritdoc/>
    protected override double Curve(double t) => Start * Math.Pow(Peak / Start, t / Steps);

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        @$"{Tex.Number(Start)} \cdot \left(\frac{{{Tex.Number(Peak)}}}{{{Tex.Number(Start)}}}\right)^{{{t} / {Tex.Number(Steps)}}}";

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, ExponentialCurve.Between(Start, Peak, Steps), this)];
}
