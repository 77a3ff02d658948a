namespace Anneal.Frameworks;

/// <summary>Reads the schedules of optax.</summary>
static class OptaxImport
{
    public const string Framework = "optax";

    public static IReadOnlyList<string> Names { get; } =
    [
        "constant_schedule", "linear_schedule", "polynomial_schedule", "exponential_decay", "cosine_decay_schedule",
        "piecewise_constant_schedule", "piecewise_interpolate_schedule", "linear_onecycle_schedule", "cosine_onecycle_schedule",
        "warmup_constant_schedule", "warmup_cosine_decay_schedule", "warmup_exponential_decay_schedule", "sgdr_schedule", "join_schedules",
        "reduce_on_plateau",
    ];

    public static Imported Read(string name, Parameters p) => name == "reduce_on_plateau"
        ? new() { Framework = Framework, Scheduler = name, Feedback = OptaxPlateau.Read(p) }
        : new() { Framework = Framework, Scheduler = name, Schedule = Schedule(name, p) };

    static Schedule Schedule(string name, Parameters p)
    {
        var schedule = name switch
        {
            "constant_schedule" => new Constant(p.Amount("value")),
            "linear_schedule" => Polynomial(p, power: 1),
            "polynomial_schedule" => Polynomial(p, p.Amount("power")),
            "exponential_decay" => Exponential(p, p.Amount("init_value")),
            "cosine_decay_schedule" => Cosine(p),
            "piecewise_constant_schedule" => PiecewiseConstant(p),
            "piecewise_interpolate_schedule" => Interpolate(p),
            "linear_onecycle_schedule" => LinearOneCycle(p),
            "cosine_onecycle_schedule" => CosineOneCycle(p),
            "warmup_constant_schedule" => Line(p.Amount("init_value"), p.Amount("peak_value"), p.Number("warmup_steps")),
            "warmup_cosine_decay_schedule" => WarmupCosine(p),
            "warmup_exponential_decay_schedule" => WarmupExponential(p),
            "sgdr_schedule" => Sgdr(p),
            "join_schedules" => Joined(p),
            _ => throw Parameters.Refused(p.Path, $"{Written.Short(name)} is not a schedule of {Framework}; known are {string.Join(", ", Names)}"),
        };
        p.Done();
        return schedule;
    }

    /// <summary>A transition that takes no steps is left out: the first value stays.</summary>
    static Schedule Line(double from, double to, double steps) => steps > 0 ? Shapes.Line(from, to, steps) : new Constant(from);

    static Schedule Polynomial(Parameters p, double power)
    {
        double from = p.Amount("init_value"), to = p.Amount("end_value");
        double steps = p.Number("transition_steps"), begin = Math.Max(0, p.Number("transition_begin", 0));
        return steps <= 0 || power == 0 ? new Constant(from) : new Phases().Then(new Constant(from), begin).Then(Shapes.Power(from, to, steps, power));
    }

    static Schedule Exponential(Parameters p, double from)
    {
        double every = p.Number("transition_steps"), factor = p.Amount("decay_rate"), begin = Math.Max(0, p.Number("transition_begin", 0));
        bool staircase = p.Flag("staircase", false);
        double? end = p.NumberOrNone("end_value");
        if (every <= 0 || factor == 0)
            return new Constant(from);
        Schedule decay = staircase ? new StepDecay(from, factor, every) : new ExponentialDecay(from, factor, every);
        var whole = new Phases().Then(new Constant(from), begin).Then(decay);
        return end is not { } limit ? whole : factor < 1 ? whole.Max(new Constant(limit)) : whole.Min(new Constant(limit));
    }

    static Schedule Cosine(Parameters p)
    {
        double peak = p.Amount("init_value");
        return Cosine(peak, p.Positive("decay_steps"), peak * p.Amount("alpha", 0), p.Amount("exponent", 1));
    }

    static Schedule Cosine(double peak, double steps, double floor, double power) => power switch
    {
        0 => new Constant(peak),
        1 => new CosineDecay(peak, steps, floor),
        _ => new CosinePowerDecay(peak, steps, power, floor),
    };

    static Schedule PiecewiseConstant(Parameters p)
    {
        double value = p.Amount("init_value");
        List<double> boundaries = [], values = [value];
        foreach (var (boundary, scale) in Scales(p))
        {
            value *= scale;
            if (boundary < 0)
                values[^1] = value;
            else
            {
                boundaries.Add(boundary);
                values.Add(value);
            }
        }
        return boundaries.Count == 0 ? new Constant(value) : new PiecewiseConstant(boundaries, values);
    }

    static Schedule Interpolate(Parameters p)
    {
        var shape = p.Word("interpolate_type", "", "linear", "cosine") switch
        {
            "linear" => Easing.Linear,
            "cosine" => Easing.Cosine,
            _ => throw p.Refuse("interpolate_type", "is missing; it must be linear or cosine"),
        };
        return Interpolate(shape, p.Amount("init_value"), Scales(p));
    }

    static Schedule Interpolate(Easing shape, double value, IEnumerable<(double Boundary, double Scale)> scales)
    {
        List<double> knots = [0], values = [value];
        foreach (var (boundary, scale) in scales)
        {
            value *= scale;
            if (boundary == knots[^1])
                values[^1] = value;
            else
            {
                knots.Add(boundary);
                values.Add(value);
            }
        }
        return knots.Count == 1 ? new Constant(value) : new Interpolated(knots, values, shape);
    }

    static IReadOnlyList<(double Boundary, double Scale)> Scales(Parameters p)
    {
        var scales = p.TableOrNone("boundaries_and_scales");
        foreach (var (boundary, scale) in scales)
            if (scale < 0)
                throw p.Refuse($"boundaries_and_scales.{ForeignNumber.Text(boundary)}", $"must be 0 or above, not {ForeignNumber.Text(scale)}");
        return scales;
    }

    static Schedule LinearOneCycle(Parameters p)
    {
        double steps = p.Positive("transition_steps"), peak = p.Amount("peak_value");
        double rise = p.Amount("pct_start", 0.3), fall = p.Amount("pct_final", 0.85);
        double div = p.Positive("div_factor", 25), final = p.Positive("final_div_factor", 1e4);
        return Interpolate(Easing.Linear, peak / div, Dictionary((Math.Truncate(rise * steps), div), (Math.Truncate(fall * steps), 1 / div), (steps, 1 / final)));
    }

    static Schedule CosineOneCycle(Parameters p)
    {
        double steps = p.Positive("transition_steps"), peak = p.Amount("peak_value"), rise = p.Amount("pct_start", 0.3);
        double div = p.Positive("div_factor", 25), final = p.Positive("final_div_factor", 1e4);
        return Interpolate(Easing.Cosine, peak / div, Dictionary((Math.Truncate(rise * steps), div), (Math.Truncate(steps), 1 / (div * final))));
    }

    /// <summary>As Python builds it: of two entries for one key, the later one stays.</summary>
    static IEnumerable<(double, double)> Dictionary(params (double Key, double Value)[] entries) =>
        entries.GroupBy(e => e.Key, (key, same) => (key, same.Last().Value)).OrderBy(e => e.key);

    static Schedule WarmupCosine(Parameters p)
    {
        double from = p.Amount("init_value"), peak = p.Amount("peak_value"), warmup = p.Amount("warmup_steps"), total = p.Number("decay_steps");
        double floor = p.Amount("end_value", 0), power = p.Amount("exponent", 1);
        if (total <= warmup)
            throw p.Refuse("decay_steps", $"must be above warmup_steps ({ForeignNumber.Text(warmup)}), which they include, not {ForeignNumber.Text(total)}");
        return new Phases().Then(Line(from, peak, warmup), warmup).Then(Cosine(peak, total - warmup, peak == 0 ? 0 : floor, power));
    }

    static Schedule WarmupExponential(Parameters p)
    {
        double from = p.Amount("init_value"), peak = p.Amount("peak_value"), warmup = p.Amount("warmup_steps");
        return new Phases().Then(Line(from, peak, warmup), warmup).Then(Exponential(p, peak));
    }

    static Schedule Sgdr(Parameters p)
    {
        List<Schedule> cycles = [];
        List<double> boundaries = [];
        foreach (var (value, path) in p.List("cosine_kwargs"))
        {
            var cycle = new Parameters(value, path, p.Owner);
            cycles.Add(WarmupCosine(cycle));
            boundaries.Add((boundaries.Count == 0 ? 0 : boundaries[^1]) + cycle.Number("decay_steps"));
            cycle.Done();
        }
        return Join(cycles, boundaries);
    }

    static Schedule Joined(Parameters p)
    {
        List<Schedule> schedules = [];
        foreach (var (value, path) in p.List("schedules"))
        {
            var (name, members, inner) = SchedulerImport.NameAndParameters(value, path);
            schedules.Add(Schedule(name, new Parameters(members, inner, $"{name} of {Framework}")));
        }
        return Join(schedules, p.Numbers("boundaries"));
    }

    /// <summary>Each schedule counts from its boundary; of several whose boundary is past, the last one listed plays.</summary>
    static Schedule Join(IReadOnlyList<Schedule> schedules, IReadOnlyList<double> boundaries)
    {
        List<(double Start, Schedule Schedule)> parts = [];
        for (int i = Math.Min(schedules.Count - 1, boundaries.Count); i >= 0; i--)
        {
            double start = i == 0 ? double.NegativeInfinity : boundaries[i - 1];
            if (parts.Count == 0 || start < parts[^1].Start)
                parts.Add((start, schedules[i]));
            if (start <= 0)
                break;
        }
        parts.Reverse();
        var phases = new Phases();
        for (int i = 0; i < parts.Count - 1; i++)
            phases.Then(Started(parts[i]), parts[i + 1].Start - Math.Max(0, parts[i].Start));
        return phases.Then(Started(parts[^1]));
    }

    static Schedule Started((double Start, Schedule Schedule) part) =>
        double.IsFinite(part.Start) && part.Start < 0 ? part.Schedule.Shift(part.Start) : part.Schedule;
}
