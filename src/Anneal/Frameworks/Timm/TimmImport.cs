namespace Anneal.Frameworks;

/// <summary>Reads the schedulers of timm; index t is what is passed to <c>scheduler.step(t)</c>.</summary>
static class TimmImport
{
    public const string Framework = "timm";

    const int MostCycles = 10_000;

    public static IReadOnlyList<string> Names { get; } =
        ["CosineLRScheduler", "TanhLRScheduler", "PolyLRScheduler", "StepLRScheduler", "MultiStepLRScheduler", "PlateauLRScheduler"];

    public static Imported Read(string name, Parameters p)
    {
        p.Ignore("t_in_epochs", "initialize");
        double lr = p.Amount("lr"), warmup = p.Amount("warmup_t", 0), first = p.Amount("warmup_lr_init", 0);
        var noise = TimmNoise.Read(p, typed: name == "PlateauLRScheduler");
        if (name == "PlateauLRScheduler")
            return new() { Framework = Framework, Scheduler = name, Feedback = TimmPlateau.Read(p, lr, warmup, first, noise) };

        bool steps = name is "StepLRScheduler" or "MultiStepLRScheduler";
        bool prefix = p.Flag("warmup_prefix", steps);
        var curve = name switch
        {
            "CosineLRScheduler" => Cycles(p, lr, Cosine(p)),
            "PolyLRScheduler" => Cycles(p, lr, Poly(p)),
            "TanhLRScheduler" => Cycles(p, lr, Tanh(p)),
            "StepLRScheduler" => Shapes.Stairs(lr, p.Amount("decay_rate", 1), p.Positive("decay_t")),
            "MultiStepLRScheduler" => Milestones(p, lr),
            _ => throw Parameters.Refused(p.Path, $"{Written.Short(name)} is not a scheduler of {Framework}; known are {string.Join(", ", Names)}"),
        };
        p.Done();
        // Only the tangent's warm-up aims at the curve; the others climb to the base rate and jump.
        double top = name == "TanhLRScheduler" && !prefix ? curve.At(warmup) : lr;
        var whole = warmup == 0 ? curve
            : new Phases().Then(Shapes.Line(first, top, warmup), warmup).Then(prefix ? curve : curve.Shift(-warmup));
        return new() { Framework = Framework, Scheduler = name, Schedule = noise?.On(whole) ?? whole };
    }

    /// <summary>One cycle: from a peak, over so many steps, to the lowest rate.</summary>
    delegate Segment OneCycle(double peak, double steps, double floor);

    static OneCycle Cosine(Parameters p)
    {
        double k = p.Positive("k_decay", 1);
        return (peak, steps, floor) => Warped(new CosineDecay(peak, steps, floor), k);
    }

    static OneCycle Poly(Parameters p)
    {
        double k = p.Positive("k_decay", 1), power = p.Positive("power", 0.5);
        return (peak, steps, floor) => Warped(Shapes.Power(peak, floor, steps, power), k);
    }

    static OneCycle Tanh(Parameters p)
    {
        double lower = p.Number("lb", -7), upper = p.Number("ub", 3);
        if (lower >= upper)
            throw p.Refuse("lb", $"must be below ub ({ForeignNumber.Text(upper)}), not {ForeignNumber.Text(lower)}");
        return (peak, steps, floor) => new TanhDecay(peak, steps, floor, lower, upper);
    }

    static Segment Warped(Segment cycle, double k) => k == 1 ? cycle : cycle.Warp(k);

    /// <summary>Cycle after cycle, each longer and lower than the one before, then the lowest rate.</summary>
    static Schedule Cycles(Parameters p, double lr, OneCycle cycle)
    {
        double first = p.Positive("t_initial"), floor = p.Amount("lr_min", 0);
        double growth = p.Positive("cycle_mul", 1), decay = p.Amount("cycle_decay", 1), limit = p.Amount("cycle_limit", 1);
        var phases = new Phases();
        double start = 0;
        int played = 0;
        for (int i = 0; i < limit && start < int.MaxValue; i++)
        {
            if (i == MostCycles)
                throw p.Refuse("cycle_limit", $"must be at most {MostCycles} here, not {ForeignNumber.Text(limit)}");
            double steps = first * Math.Pow(growth, i);
            var part = cycle(lr * Math.Pow(decay, i), steps, floor);
            if (Late(start, first, growth, i))
                phases.Then(EndOf(i - 1), 0.5).Then(part.Shift(-0.5), steps - 0.5);
            else
                phases.Then(part, steps);
            start = growth == 1 ? start + steps : first * ((Math.Pow(growth, i + 1) - 1) / (growth - 1));
            played = i + 1;
        }
        if (Late(start, first, growth, played))
            phases.Then(EndOf(played - 1), 0.5);
        var whole = phases.Then(new Constant(floor));
        // Shrinking cycles add up to a finite time, where the reference takes the logarithm of 0.
        return growth < 1 ? whole.For(Math.BitDecrement(first / (1 - growth))).Strict() : whole;

        Constant EndOf(int i) => new(cycle(lr * Math.Pow(decay, i), first * Math.Pow(growth, i), floor).End);
    }

    /// <summary>The reference finds its cycle by a logarithm, which on some boundaries comes out a little below the whole number: it still stands at the end of the cycle before.</summary>
    static bool Late(double boundary, double first, double growth, int cycle) => cycle > 0 && growth != 1 &&
        boundary == Math.Floor(boundary) && LogarithmicRestarts.Index(boundary, first, growth) < cycle;

    /// <summary>The change comes one epoch before each milestone.</summary>
    static Schedule Milestones(Parameters p, double lr)
    {
        double rate = p.Amount("decay_rate", 1);
        double[] milestones = p.Numbers("decay_t");
        if (!milestones.SequenceEqual(milestones.Order()))
            throw p.Refuse("decay_t", "must be in order");
        return Shapes.Milestones(lr, rate, [.. milestones.Select(m => Math.Max(0, m - 1))]);
    }
}
