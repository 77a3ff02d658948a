namespace Anneal.Frameworks;

/// <summary>Reads the learning-rate schedules of Keras, and its ReduceLROnPlateau callback.</summary>
static class KerasImport
{
    public const string Framework = "keras";

    public static IReadOnlyList<string> Names { get; } =
        ["ExponentialDecay", "PiecewiseConstantDecay", "PolynomialDecay", "InverseTimeDecay", "CosineDecay", "CosineDecayRestarts", "ReduceLROnPlateau"];

    public static Imported Read(string name, Parameters p)
    {
        if (name == "ReduceLROnPlateau")
            return new() { Framework = Framework, Scheduler = name, Feedback = KerasPlateau.Read(p) };
        p.Ignore("name");
        var schedule = name switch
        {
            "ExponentialDecay" => Exponential(p),
            "PiecewiseConstantDecay" => PiecewiseConstant(p),
            "PolynomialDecay" => Polynomial(p),
            "InverseTimeDecay" => InverseTime(p),
            "CosineDecay" => Cosine(p),
            "CosineDecayRestarts" => Restarts(p),
            _ => throw Parameters.Refused(p.Path, $"{Written.Short(name)} is not a schedule of {Framework}; known are {string.Join(", ", Names)}"),
        };
        p.Done();
        return new() { Framework = Framework, Scheduler = name, Schedule = schedule };
    }

    static double Peak(Parameters p) => p.Amount("initial_learning_rate");

    static Schedule Exponential(Parameters p)
    {
        double peak = Peak(p), every = p.Positive("decay_steps"), factor = p.Amount("decay_rate");
        if (p.Flag("staircase", false))
            return Shapes.Stairs(peak, factor, every);
        return factor == 0 ? new PiecewiseConstant([0], [peak, 0], BoundaryChange.After) : new ExponentialDecay(peak, factor, every);
    }

    static Schedule PiecewiseConstant(Parameters p)
    {
        double[] boundaries = p.Numbers("boundaries"), values = p.Numbers("values");
        if (boundaries.Length == 0)
            throw p.Refuse("boundaries", "must be at least one number");
        if (values.Length != boundaries.Length + 1)
            throw p.Refuse("values", $"must be one more than the boundaries: {boundaries.Length + 1}, not {values.Length}");
        return new PiecewiseConstant(boundaries, values, BoundaryChange.After);
    }

    static Schedule Polynomial(Parameters p)
    {
        double peak = Peak(p), steps = p.Positive("decay_steps"), floor = p.Amount("end_learning_rate", 1e-4), power = p.Amount("power", 1);
        bool cycle = p.Flag("cycle", false);
        return power == 0 ? new Constant(peak)
            : cycle ? new PolynomialCycles(peak, steps, power, floor)
            : Shapes.Power(peak, floor, steps, power);
    }

    static Schedule InverseTime(Parameters p)
    {
        double peak = Peak(p), every = p.Positive("decay_steps"), rate = p.Amount("decay_rate");
        bool staircase = p.Flag("staircase", false);
        Schedule decay = rate == 0 ? new Constant(peak) : new InverseTimeDecay(peak, rate / every);
        return staircase ? decay.Staircase(every) : decay;
    }

    static Schedule Cosine(Parameters p)
    {
        double start = Peak(p), steps = p.Positive("decay_steps"), alpha = p.Amount("alpha", 0), warmup = p.Amount("warmup_steps", 0);
        if (p.NumberOrNone("warmup_target") is not { } target)
            return new CosineDecay(start, steps, start * alpha);
        var phases = new Phases();
        if (warmup > 0)
            phases.Then(Shapes.Line(start, target, warmup), warmup);
        return phases.Then(new CosineDecay(target, steps, target * alpha));
    }

    /// <summary>Only the part of the wave above the floor shrinks from cycle to cycle.</summary>
    static Schedule Restarts(Parameters p)
    {
        double peak = Peak(p), first = p.Positive("first_decay_steps"), growth = p.Number("t_mul", 2), height = p.Amount("m_mul", 1);
        double floor = peak * p.Amount("alpha", 0);
        if (growth < 1)
            throw p.Refuse("t_mul", $"must be 1 or above, not {ForeignNumber.Text(growth)}: the reference is not a number once the shrinking cycles have come to an end");
        return height == 0 ? new CosineDecay(peak, first, floor)
            : height == 1 || floor == 0 ? LogarithmicRestarts.Or(new CosineRestarts(peak, first, growth, height, floor))
            : LogarithmicRestarts.Or(new CosineRestarts(peak - floor, first, growth, height)).Plus(new Constant(floor));
    }
}
