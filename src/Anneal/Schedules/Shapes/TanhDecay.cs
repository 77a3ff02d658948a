namespace Anneal;

/// <summary>Falls along a hyperbolic tangent: stays high for long, falls, and levels out.</summary>
/// <remarks>
/// <code>η(t) = Floor + (Peak − Floor) · ½ · (1 − tanh(Lower + (Upper − Lower) · t / Steps))</code>
/// The curve only comes near its limits: it starts a little below the peak and ends a little above the floor.
/// Hsueh et al., <see href="https://arxiv.org/abs/1806.01593">Stochastic Gradient Descent with Hyperbolic-Tangent Decay</see> (2019), eq. 3.
/// </remarks>
/// <param name="Peak">The rate that the start comes near, finite, 0 or above.</param>
/// <param name="Steps">Updates until the end; from then on the rate stays what it is there.</param>
/// <param name="Floor">The rate that the end comes near, finite, 0 or above.</param>
/// <param name="Lower">Where on the tangent the curve starts, below <paramref name="Upper"/>.</param>
/// <param name="Upper">Where on the tangent the curve ends.</param>
public sealed record TanhDecay(double Peak, double Steps, double Floor = 0, double Lower = -6, double Upper = 3) : Segment(Steps)
{
    /// <summary>The rate that the start comes near, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>The rate that the end comes near, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <summary>Where on the tangent the curve ends.</summary>
    public double Upper { get; } = Require.Finite(Upper);

    /// <summary>Where on the tangent the curve starts, below <see cref="Upper"/>.</summary>
    public double Lower { get; } = Require.Below(Upper, "Upper", Require.Finite(Lower), nameof(Lower));

    /// <remarks>½ (1 − tanh z) is 1 / (1 + e^2z), which keeps its digits where the tangent is close to 1.</remarks>
    protected override double Curve(double t) =>
        Between.Weighted(Peak, Floor, 1 / (1 + Math.Exp(2 * Between.Line(Lower, Upper, t, Steps))));

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Weighted(Peak, Floor,
        @$"\frac{{1}}{{2}} \left(1 - \tanh\!\left({Tex.Number(Lower)} + {Tex.Number(Upper - Lower)} \cdot {Tex.Fraction(t, Steps)}\right)\right)");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to) =>
        [new(from, to, new NumericCurve(Curve, Peak >= Floor ? Trend.Falling : Trend.Rising), this)];
}
