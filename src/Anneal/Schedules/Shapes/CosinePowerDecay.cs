namespace Anneal;

/// <summary>Falls along a power of half a cosine wave.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · cos^(2·Power)(π · t / (2 · Steps))</code>
/// Power 1 is <see cref="CosineDecay"/>; a larger one leaves the peak earlier. The <c>exponent</c> of optax' cosine schedules.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates until the floor is reached; from then on the rate stays there.</param>
/// <param name="Power">Finite, above 0.</param>
/// <param name="Floor">Rate at the end: a rate, not a fraction of <paramref name="Peak"/>.</param>
public sealed record CosinePowerDecay(double Peak, double Steps, double Power, double Floor = 0) : Segment(Steps)
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>The power of the wave, finite, above 0.</summary>
    public double Power { get; } = Require.Positive(Power);

    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <inheritdoc/>
    public override double End => Floor;

    /// <inheritdoc/>
    protected override double Curve(double t) => Between.Weighted(Peak, Floor, Math.Pow(Between.Cosine(1, 0, t, Steps), Power));

    /// <inheritdoc/>
    protected override string Formula(string t) =>
        Tex.Weighted(Peak, Floor, @$"\cos^{{{Tex.Number(2 * Power)}}}\!\left(\frac{{\pi}}{{2}} \cdot {Tex.Fraction(t, Steps)}\right)");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, new NumericCurve(Curve, Peak >= Floor ? Trend.Falling : Trend.Rising), this)];
}
