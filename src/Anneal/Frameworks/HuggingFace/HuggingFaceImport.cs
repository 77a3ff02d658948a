namespace Anneal.Frameworks;

/// <summary>Reads the schedules of Hugging Face Transformers (<c>get_scheduler</c>): all are the base rate times a factor of the step.</summary>
static class HuggingFaceImport
{
    public const string Framework = "huggingface-transformers";

    public static IReadOnlyList<string> Names { get; } =
    [
        "constant", "constant_with_warmup", "linear", "cosine", "cosine_with_restarts", "polynomial", "inverse_sqrt",
        "cosine_with_min_lr", "cosine_warmup_with_min_lr", "warmup_stable_decay", "reduce_lr_on_plateau",
    ];

    /// <summary>Whether it has no rates without a metric.</summary>
    public static bool ListensToMetric(string name) => name == "reduce_lr_on_plateau";

    /// <summary>Whether it must be told how long the run is.</summary>
    public static bool IsAsLongAsTheRun(string name) => name is "linear" or "cosine" or "cosine_with_restarts" or "polynomial" or "cosine_with_min_lr" or "cosine_warmup_with_min_lr";

    public static Imported Read(string name, Parameters p)
    {
        if (ListensToMetric(name))
            return new() { Framework = Framework, Scheduler = name, Feedback = TorchPlateau.Read(p) };
        double lr = p.Amount("lr");
        if (p.Whole("last_epoch", -1, standard: -1) is not -1 and var resumed)
            return new() { Framework = Framework, Scheduler = name, Schedule = Schedule(name, p, lr).Shift(-(resumed + 1)) };
        return new() { Framework = Framework, Scheduler = name, Schedule = Schedule(name, p, lr) };
    }

    static Schedule Schedule(string name, Parameters p, double lr)
    {
        var schedule = name switch
        {
            "constant" => new Constant(lr),
            "constant_with_warmup" => WarmedUp(p, lr, _ => new Constant(lr)),
            "linear" => WarmedUp(p, lr, warmup => Total(p) > warmup ? new LinearDecay(lr, Total(p) - warmup) : new Constant(0)),
            "cosine" => WarmedUp(p, lr, warmup => Cosine(p, lr, warmup, floor: 0)),
            "cosine_with_restarts" => WarmedUp(p, lr, warmup => Restarts(p, lr, warmup)),
            "polynomial" => WarmedUp(p, lr, warmup => Polynomial(p, lr, warmup)),
            "inverse_sqrt" => WarmedUp(p, lr, warmup => new InverseSqrtDecay(lr, Timescale(p, warmup))),
            "cosine_with_min_lr" => WarmedUp(p, lr, warmup => Cosine(p, lr, warmup, Floor(p, lr))),
            "cosine_warmup_with_min_lr" => CountedFromOne(p, lr),
            "warmup_stable_decay" => WarmupStableDecay(p, lr),
            _ => throw Parameters.Refused(p.Path, $"{Written.Short(name)} is not a scheduler of {Framework}; known are {string.Join(", ", Names)}"),
        };
        p.Done();
        return schedule;
    }

    static double Total(Parameters p) => p.Amount("num_training_steps");

    static Schedule WarmedUp(Parameters p, double lr, Func<double, Schedule> rest)
    {
        double warmup = p.Amount("num_warmup_steps");
        return new Phases().Then(warmup > 0 ? new Warmup(lr, Math.Max(1, warmup)) : new Constant(lr), warmup).Then(rest(warmup));
    }

    /// <summary>A cosine that is not clamped: past the end it rises again.</summary>
    static Schedule Cosine(Parameters p, double lr, double warmup, double floor)
    {
        double waves = Math.Abs(p.Number("num_cycles", 0.5)), steps = Math.Max(1, Total(p) - warmup);
        return waves == 0 ? new Constant(lr) : new CosineWave(lr, steps, waves, floor).Continue();
    }

    static Schedule Restarts(Parameters p, double lr, double warmup)
    {
        double cycles = p.Amount("num_cycles", 1), total = Total(p);
        // A run no longer than its warm-up is over when the warm-up is, except that the reference still counts one step of it.
        double steps = Math.Max(1, total - warmup);
        return cycles == 0 ? Shapes.Jump(lr, steps, 0) : new HardRestarts(lr, steps, cycles);
    }

    static Schedule Polynomial(Parameters p, double lr, double warmup)
    {
        double end = p.Amount("lr_end", 1e-7), power = p.Amount("power", 1), total = Total(p);
        if (lr <= end)
            throw p.Refuse("lr_end", $"must be below lr ({ForeignNumber.Text(lr)}), not {ForeignNumber.Text(end)}");
        if (total == warmup)
            throw p.Refuse("num_warmup_steps", "must not be num_training_steps: the reference divides by their difference");
        return total < warmup ? new Constant(end)
            : power == 0 ? new PiecewiseConstant([total - warmup], [lr, end], BoundaryChange.After)
            : Shapes.Power(lr, end, total - warmup, power);
    }

    static double Timescale(Parameters p, double warmup) => p.NumberOrNone("timescale") switch
    {
        null => warmup == 0 ? 10_000 : warmup,
        > 0 and { } timescale => timescale,
        { } other => throw p.Refuse("timescale", $"must be above 0, not {ForeignNumber.Text(other)}"),
    };

    static double Floor(Parameters p, double lr) => (p.NumberOrNone("min_lr"), p.NumberOrNone("min_lr_rate")) switch
    {
        ({ } rate, null) => rate,
        (null, { } share) => share * lr,
        (null, null) => throw p.Refuse("min_lr", "is missing; give it, or min_lr_rate"),
        _ => throw p.Refuse("min_lr_rate", "must not be given together with min_lr"),
    };

    /// <summary>The one schedule here whose first update does not run at 0, and which is one step ahead of the others.</summary>
    static Schedule CountedFromOne(Parameters p, double lr)
    {
        double warmup = p.Amount("num_warmup_steps"), floor = Floor(p, lr);
        Schedule rise = p.NumberOrNone("warmup_lr_rate") is { } first
            ? Shapes.Line(lr * first, lr, Math.Max(1, warmup - 1))
            : new OneBasedWarmup(lr, Math.Max(1, warmup));
        return new Phases().Then(rise, warmup).Then(Cosine(p, lr, warmup, floor).Shift(-1));
    }

    static Schedule WarmupStableDecay(Parameters p, double lr)
    {
        double warmup = p.Amount("num_warmup_steps"), decay = p.Amount("num_decay_steps");
        double? total = p.NumberOrNone("num_training_steps"), given = p.NumberOrNone("num_stable_steps");
        double stable = given ?? (total ?? throw p.Refuse("num_training_steps", "is missing; give it, or num_stable_steps")) - warmup - decay;
        string up = p.Word("warmup_type", "linear", "linear", "cosine", "1-sqrt"), down = p.Word("decay_type", "cosine", "linear", "cosine", "1-sqrt");
        double floor = lr * p.Amount("min_lr_ratio", 0), waves = Math.Abs(p.Number("num_cycles", 0.5));

        var phases = new Phases();
        if (warmup > 0)
            phases.Then(Rise(up, floor, lr, Math.Max(1, warmup)), warmup);
        phases.Then(new Constant(lr), stable);
        // Where warm-up and decay overlap, the warm-up wins and the decay is joined in its middle.
        double missed = Math.Max(0, -stable);
        if (decay > missed)
        {
            var fall = Fall(down, lr, floor, Math.Max(1, decay), waves);
            phases.Then(missed > 0 ? fall.Shift(-missed) : fall, decay - missed);
        }
        return phases.Then(new Constant(floor));
    }

    static Segment Rise(string type, double from, double to, double steps) => type switch
    {
        "linear" => Shapes.Line(from, to, steps),
        "cosine" => new CosineWarmup(to, steps, from),
        _ => new Cooldown(to, steps, from, Easing.OneMinusSqrt).Reverse(),
    };

    static Schedule Fall(string type, double from, double to, double steps, double waves) => type switch
    {
        "linear" => Shapes.Line(from, to, steps),
        "cosine" when waves == 0 => new Constant(from),
        "cosine" when waves == 0.5 => new CosineDecay(from, steps, to),
        "cosine" => new CosineWave(from, steps, waves, to),
        _ => new Cooldown(from, steps, to, Easing.OneMinusSqrt),
    };
}
