namespace Anneal.Frameworks;

/// <summary>Writes down a schedule from left to right; parts without a length are left out.</summary>
sealed class Phases
{
    Segment? before;

    public Phases Then(Schedule schedule, double steps)
    {
        if (steps > 0)
            before = before is null ? Whole(schedule, steps) : before.Then(Whole(schedule, steps));
        return this;
    }

    public Schedule Then(Schedule last) => before is null ? last : before.Then(last);

    /// <summary>A segment that is as long as asked need not be cut.</summary>
    static Segment Whole(Schedule schedule, double steps) => schedule is Segment segment && segment.Steps == steps ? segment : schedule.For(steps);
}

/// <summary>Shapes that several frameworks share.</summary>
static class Shapes
{
    /// <summary>A straight line, up or down.</summary>
    public static Segment Line(double from, double to, double steps) =>
        from < to ? new Warmup(to, steps, from) : new LinearDecay(from, steps, to);

    /// <summary>A power of what is left.</summary>
    public static Segment Power(double from, double to, double steps, double power) =>
        power == 1 ? Line(from, to, steps) : new PolynomialDecay(from, steps, power, to);

    /// <summary>One rate before a step, another from there on.</summary>
    public static Schedule Jump(double from, double step, double to) => new PiecewiseConstant([step], [from, to]);

    /// <summary>A staircase that may fall to 0 at its first step.</summary>
    public static Schedule Stairs(double peak, double factor, double every) =>
        factor == 0 ? Jump(peak, every, 0) : new StepDecay(peak, factor, every);

    /// <summary>A change at every milestone, which may be one to 0.</summary>
    public static Schedule Milestones(double peak, double factor, double[] milestones) =>
        milestones.Length == 0 ? new Constant(peak)
        : factor == 0 ? Jump(peak, milestones[0], 0)
        : new MultiStep(peak, milestones, factor);
}
