namespace Anneal;

/// <summary>Goes from <paramref name="Peak"/> to <paramref name="Floor"/> along a chosen shape: how a long run is brought to its end.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · left(t / Steps)</code>
/// where <c>left</c> is the <see cref="Easing"/>, <c>1 − √x</c> unless told. Hägele et al.,
/// <see href="https://arxiv.org/abs/2405.18392">Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations</see> (2024), section 3.
/// </remarks>
/// <param name="Peak">Rate at step 0, finite, 0 or above.</param>
/// <param name="Steps">Updates until the floor is reached; from then on the rate stays there.</param>
/// <param name="Floor">Rate at the end: a rate, not a fraction of <paramref name="Peak"/>.</param>
/// <param name="Shape">The way down.</param>
public sealed record Cooldown(double Peak, double Steps, double Floor = 0, Easing Shape = Easing.OneMinusSqrt) : Segment(Steps)
{
    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <summary>The way down.</summary>
    public Easing Shape { get; } = Require.Known(Shape);

    /// <inheritdoc/>
    public override double End => Floor;

    /// <inheritdoc/>
    protected override double Curve(double t) => Shape.Between(Peak, Floor, t, Steps);

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Weighted(Peak, Floor, Shape.Formula(Tex.Fraction(t, Steps)));

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, Shape.Curve(Peak, Floor, Steps), this)];
}
