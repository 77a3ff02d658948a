namespace Anneal;

/// <content>How schedules are made of schedules.</content>
public abstract partial record Schedule
{
    /// <summary>A schedule of your own from a function of the step: <c>Schedule.Of("halving", t => 0.1 * Math.Pow(0.5, Math.Floor(t / 30)))</c>.</summary>
    /// <param name="name">What charts and messages call it; not empty.</param>
    /// <param name="values">The rate at a step; it must depend on the step alone, and be finite.</param>
    /// <param name="inTheLongRun">What the rate does for ever, where you know it.</param>
    public static Schedule Of(string name, Func<double, double> values, Tail? inTheLongRun = null) => new Custom(name, values, inTheLongRun);

    /// <summary>The first <paramref name="steps"/> steps of this schedule; then it holds the rate it had reached.</summary>
    public virtual Segment For(double steps) => new Take(this, steps);

    /// <summary>Every rate times a number, 0 or above.</summary>
    public virtual Schedule Scale(double by) => new Scaled(this, by);

    /// <summary>Later by so many updates, holding the first rate until then; below 0, without so many updates at the beginning.</summary>
    /// <remarks>Resuming after n updates is <c>Shift(-n)</c>, also behind a segment's end; so what is shifted has no end until it is cut.</remarks>
    public Schedule Shift(double by) => new Shifted(this, by);

    /// <summary>So many times as long.</summary>
    public virtual Schedule Stretch(double by) => new Stretched(this, by);

    /// <summary>Kept between two rates.</summary>
    public virtual Schedule Clamp(double low, double high) => new Clamped(this, low, high);

    /// <summary>The higher of this rate and another at every step.</summary>
    public Schedule Max(Schedule other) => new Max(this, other);

    /// <summary>The lower of this rate and another at every step.</summary>
    public Schedule Min(Schedule other) => new Min(this, other);

    /// <summary>This rate and another, added at every step.</summary>
    public Schedule Plus(Schedule other) => new Sum(this, other);

    /// <summary>These numbers read as factors without a unit, by which a rate may be multiplied.</summary>
    public Factor AsFactor() => new(this);

    /// <summary>Asked only every so many updates; in between the rate stays.</summary>
    public Schedule Staircase(double every) => new Staircase(this, every);

    /// <summary>With noise of at most <paramref name="limit"/> times the rate, drawn from the seed and the step alone.</summary>
    public Schedule WithNoise(double limit, int seed = 42, Noise spread = Noise.Normal) => new Noisy(this, limit, seed, spread);

    /// <summary>The same schedule for several parameter groups, each with its own multiplier.</summary>
    public Groups ForGroups(params IReadOnlyList<(string Group, double Multiplier)> multipliers) => new(this, multipliers);

    /// <summary>From a checkpoint at <paramref name="step"/> on, down to <paramref name="floor"/> within <paramref name="steps"/> updates.</summary>
    public Segment CoolDownFrom(double step, double steps, double floor = 0, Easing shape = Easing.OneMinusSqrt) =>
        step == 0 ? new Cooldown(At(0), steps, floor, shape) : For(step).Then(new Cooldown(At(step), steps, floor, shape));
}
