namespace Anneal;

/// <summary>Up, level, down: the plan of a long run whose end may still be moved.</summary>
/// <remarks>
/// <code>η(t) = Start → Peak along a line over WarmupSteps,  Peak until Steps − DecaySteps,  then Peak → Floor along Shape</code>
/// With straight lines it is the trapezoid. Hu et al., <see href="https://arxiv.org/abs/2404.06395">MiniCPM</see> (2024), section 4.
/// </remarks>
/// <param name="Peak">Rate of the level part, finite, 0 or above.</param>
/// <param name="Steps">Updates of all three parts together; from then on the rate is <paramref name="Floor"/>.</param>
/// <param name="WarmupSteps">Updates on the way up, 0 or above.</param>
/// <param name="DecaySteps">Updates on the way down, 0 or above; with the warm-up at most <paramref name="Steps"/>.</param>
/// <param name="Floor">Rate at the end: a rate, not a fraction of <paramref name="Peak"/>.</param>
/// <param name="Start">Rate at step 0, if there is a warm-up; finite, 0 or above.</param>
/// <param name="Shape">The way down.</param>
public sealed record WarmupStableDecay(
    double Peak, double Steps, double WarmupSteps, double DecaySteps, double Floor = 0, double Start = 0, Easing Shape = Easing.Linear) : Segment(Steps)
{
    /// <summary>Rate of the level part, finite, 0 or above.</summary>
    public double Peak { get; } = Require.NotNegative(Peak);

    /// <summary>Updates on the way up, 0 or above.</summary>
    public double WarmupSteps { get; } = Require.AtMost(Steps, "Steps", Require.NotNegative(WarmupSteps), nameof(WarmupSteps));

    /// <summary>Updates on the way down, 0 or above.</summary>
    public double DecaySteps { get; } =
        Require.AtMost(Steps - WarmupSteps, "what the warm-up leaves of Steps", Require.NotNegative(DecaySteps), nameof(DecaySteps));

    /// <summary>Rate at the end, finite, 0 or above.</summary>
    public double Floor { get; } = Require.NotNegative(Floor);

    /// <summary>Rate at step 0, if there is a warm-up; finite, 0 or above.</summary>
    public double Start { get; } = Require.NotNegative(Start);

    /// <summary>The way down.</summary>
    public Easing Shape { get; } = Require.Known(Shape);

    /// <inheritdoc/>
    public override double End => Floor;

    /// <summary>The same plan with its end moved to <paramref name="steps"/>: the level part becomes longer or shorter, the decay starts later or earlier.</summary>
    /// <remarks>Until the earlier of the two decays begins both give the same rates, so a checkpoint taken before it serves either.</remarks>
    public WarmupStableDecay ExtendTo(double steps) => new(Peak, steps, WarmupSteps, DecaySteps, Floor, Start, Shape);

    /// <summary>A plan of <paramref name="steps"/> updates, given by any two of its parts, each as a count of updates or as a fraction of all.</summary>
    /// <exception cref="ArgumentException">Not exactly two parts are given, or one of them both as a count and as a fraction.</exception>
    public static WarmupStableDecay Within(double steps, double peak,
        double? warmupSteps = null, double? warmupFraction = null,
        double? stableSteps = null, double? stableFraction = null,
        double? decaySteps = null, double? decayFraction = null,
        double floor = 0, double start = 0, Easing shape = Easing.Linear)
    {
        double? warmup = Part("warmup", warmupSteps, warmupFraction, steps);
        double? stable = Part("stable", stableSteps, stableFraction, steps);
        double? decay = Part("decay", decaySteps, decayFraction, steps);
        return (warmup, stable, decay) switch
        {
            ({ } up, null, { } down) => new(peak, steps, up, down, floor, start, shape),
            ({ } up, { } level, null) => new(peak, steps, up, Rest(up, "warm-up", level, "stable"), floor, start, shape),
            (null, { } level, { } down) => new(peak, steps, Rest(level, "stable", down, "decay"), down, floor, start, shape),
            _ => throw new ArgumentException("Exactly two of warm-up, stable and decay must be given; the third is what they leave."),
        };

        double Rest(double one, string oneName, double other, string otherName) => one + other <= steps ? steps - (one + other)
            : throw new ArgumentOutOfRangeException(nameof(steps), steps, $"The {oneName} part ({one}) and the {otherName} part ({other}) must fit into steps.");
    }

    static double? Part(string name, double? count, double? fraction, double steps) => (count, fraction) switch
    {
        (null, null) => null,
        ({ } c, null) => Require.NotNegative(c, $"{name}Steps"),
        (null, { } f) => Require.Fraction(f, $"{name}Fraction") * steps,
        _ => throw new ArgumentException($"Give {name}Steps or {name}Fraction, not both."),
    };

    /// <inheritdoc/>
    protected override double Curve(double t)
    {
        if (t < WarmupSteps)
            return Between.Line(Start, Peak, t, WarmupSteps);
        double left = Steps - t;
        return left >= DecaySteps ? Peak : Shape.Between(Peak, Floor, DecaySteps - left, DecaySteps);
    }

    /// <inheritdoc/>
    protected override string Formula(string t)
    {
        double decay = Steps - DecaySteps;
        List<(string, string)> cases = [(Tex.Number(Peak), $"{t} < {Tex.Number(decay)}")];
        if (WarmupSteps > 0)
            cases.Insert(0, (Tex.Weighted(Peak, Start, Tex.Fraction(t, WarmupSteps)), $"{t} < {Tex.Number(WarmupSteps)}"));
        if (DecaySteps > 0)
            cases.Add((Tex.Weighted(Peak, Floor, Shape.Formula(Tex.Fraction(Tex.Since(t, decay), DecaySteps))), $"{t} < {Tex.Number(Steps)}"));
        return Tex.Cases(cases);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to)
    {
        double decay = Steps - DecaySteps;
        return Piece.Between([WarmupSteps, decay], from, to, (a, b) =>
            a < WarmupSteps ? new(a, b, LineCurve.Between(Start, Peak, WarmupSteps), new Warmup(Peak, WarmupSteps, Start))
            : a < decay ? new(a, b, LineCurve.Flat(Peak), new Constant(Peak), WarmupSteps)
            : new(a, b, Shape.Curve(Peak, Floor, DecaySteps).Moved(decay), new Cooldown(Peak, DecaySteps, Floor, Shape), decay));
    }
}
