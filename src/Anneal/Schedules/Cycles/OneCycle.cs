namespace Anneal;

/// <summary>Up from a start to a peak, then down to far below the start: one cycle over the whole run.</summary>
/// <remarks>
/// <code>η(t) = Start → Peak over RiseSteps,  Peak → Final over the rest                                (FallSteps = 0)
/// η(t) = Start → Peak over RiseSteps,  Peak → Start over FallSteps,  Start → Final over the rest   (three phases)</code>
/// each way along <see cref="Shape"/>. Phases may end between two updates. Smith and Topin,
/// <see href="https://arxiv.org/abs/1708.07120">Super-Convergence</see> (2018).
/// </remarks>
/// <param name="Peak">Rate after the rise, finite, 0 or above.</param>
/// <param name="Steps">Updates of all phases together; from then on the rate is <paramref name="Final"/>.</param>
/// <param name="RiseSteps">Updates of the first phase; above 0, below <paramref name="Steps"/>.</param>
/// <param name="Start">Rate at step 0, finite, 0 or above.</param>
/// <param name="Final">Rate at the end, finite, 0 or above.</param>
/// <param name="FallSteps">Updates from the peak back to <paramref name="Start"/>; 0 for two phases.</param>
/// <param name="Shape">The way within each phase.</param>
public sealed record OneCycle(
    double Peak, double Steps, double RiseSteps, double Start, double Final = 0, double FallSteps = 0, Easing Shape = Easing.Cosine) : Segment(Steps)
{
    /// <summary>Rate after the rise, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Updates of the first phase; above 0, below all steps.</summary>
    public double RiseSteps { get; } = Require.Below(Steps, "Steps", Require.Positive(RiseSteps), nameof(RiseSteps));

    /// <summary>Rate at step 0, finite, 0 or above.</summary>
    public double Start { get; } = Require.NotNegative(Start);

    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Final { get; } = Require.NotNegative(Final);

    /// <summary>Updates from the peak back to the start; 0 for two phases.</summary>
    public double FallSteps { get; } = Require.Below(Steps - RiseSteps, "what the rise leaves of Steps", Require.NotNegative(FallSteps), nameof(FallSteps));

    /// <summary>The way within each phase.</summary>
    public Easing Shape { get; } = Require.Known(Shape);

    /// <inheritdoc/>
    public override double End => Final;

    /// <summary>Momentum that moves against this rate: <paramref name="high"/> where the rate is low, <paramref name="low"/> at its peak.</summary>
    public OneCycle Momentum(double low, double high) => new(low, Steps, RiseSteps, Start: high, Final: high, FallSteps, Shape);

    /// <inheritdoc/>
    protected override double Curve(double t)
    {
        if (t < RiseSteps)
            return Shape.Between(Start, Peak, t, RiseSteps);
        double fallen = RiseSteps + FallSteps;
        if (t < fallen)
            return Shape.Between(Peak, Start, t - RiseSteps, FallSteps);
        return Shape.Between(FallSteps > 0 ? Start : Peak, Final, t - fallen, Steps - fallen);
    }

    /// <inheritdoc/>
    protected override string Formula(string t)
    {
        string Way(double from, double to, double start, double steps) =>
            Tex.Weighted(from, to, Shape.Formula(Tex.Fraction(Tex.Since(t, start), steps)));
        string Before(double step) => $"{t} < {Tex.Number(step)}";

        double fallen = RiseSteps + FallSteps;
        var rise = (Way(Start, Peak, 0, RiseSteps), Before(RiseSteps));
        var last = (Way(FallSteps > 0 ? Start : Peak, Final, fallen, Steps - fallen), Before(Steps));
        return Tex.Cases(FallSteps > 0 ? [rise, (Way(Peak, Start, RiseSteps, FallSteps), Before(fallen)), last] : [rise, last]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to)
    {
        double fallen = RiseSteps + FallSteps;
        return Piece.Between([RiseSteps, fallen], from, to, (a, b) =>
            a < RiseSteps ? Way(a, b, Start, Peak, 0, RiseSteps)
            : a < fallen ? Way(a, b, Peak, Start, RiseSteps, FallSteps)
            : Way(a, b, FallSteps > 0 ? Start : Peak, Final, fallen, Steps - fallen));

        Piece Way(double a, double b, double first, double last, double start, double steps) =>
            new(a, b, Shape.Curve(first, last, steps).Moved(start), new Cooldown(first, steps, last, Shape), start);
    }
}
