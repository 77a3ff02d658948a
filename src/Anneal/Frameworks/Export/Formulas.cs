namespace Anneal.Frameworks;

/// <summary>Schedules as formulas of the step in a Python library: a table from record to formula.</summary>
/// <param name="dialect">How the library writes them.</param>
/// <param name="target">Its name, for messages.</param>
sealed class Formulas(Dialect dialect, string target)
{
    /// <summary>More parts than this would be code that nobody can read.</summary>
    const int MostParts = 200;

    /// <summary>Added before a logarithm is rounded down to a cycle, so that a boundary belongs to the cycle that starts there.</summary>
    const double Guard = 1e-9;

    /// <summary>The rate at the step that the text <paramref name="t"/> computes.</summary>
    /// <exception cref="ScheduleFormatException">The schedule has no such formula.</exception>
    public string Rate(Schedule schedule, string t) => schedule switch
    {
        Segment segment => Segment(segment, t),
        Constant s => Number(s.Value),
        InverseTimeDecay s => $"{Number(s.Peak)} / {Power($"1 + {Number(s.Decay)} * {t}", s.Power)}",
        InverseSqrtDecay s => $"{Number(s.Peak)} / {Call("sqrt", $"1 + {t} / {Number(s.Timescale)}")}",
        Noam s => $"{Number(s.Peak)} * {Call("minimum", $"({t} + 1) / {Number(s.WarmupSteps)}", Call("sqrt", $"{Number(s.WarmupSteps)} / ({t} + 1)"))}",
        ExponentialDecay s => $"{Number(s.Peak)} * {Power(Number(s.Factor), $"({t} / {Number(s.Every)})")}",
        StepDecay s => $"{Number(s.Peak)} * {Power(Number(s.Factor), Call("floor", $"{t} / {Number(s.Every)}"))}",
        MultiStep s => Stairs(s.Milestones, [.. Enumerable.Range(0, s.Milestones.Count + 1).Select(i => s.Peak * Math.Pow(s.Factor, i))], "<", t),
        PiecewiseConstant s => Stairs(s.Boundaries, s.Values, s.Changes == BoundaryChange.At ? "<" : "<=", t),
        CosineRestarts s => Restarts(s, t, Grown(t, s.Steps, s.LengthFactor, Guard)),
        LogarithmicRestarts when dialect.Eager => throw Refused($"which restarts come late depends on how the logarithm of {target} rounds; export the CosineRestarts inside it"),
        LogarithmicRestarts { Exact: var s } => Restarts(s, t, Grown(t, s.Steps, s.LengthFactor, 0)),
        SineCycles s => Sines(s, t),
        Continuation s => Where($"{t} < {Number(s.First.Steps)}", Before(s.First, t), After(s.Next, t, s.First.Steps)),
        Continued s when GoesOn(s.Whole) => Curve(s.Whole, t),
        Continued s => throw Refused($"past its end the formula of {s.Whole.GetType().Name} goes on in a way that {target} would compute differently; let it hold there"),
        Strict s => Segment(s.Whole, t),
        Looped s => Cycle(s.Whole, s.HeightFactor, s.LengthFactor, t),
        Scaled s => $"{Number(s.By)} * ({Rate(s.Whole, t)})",
        Shifted s => Rate(s.Whole, Call("maximum", $"{t} - {Number(s.By)}", "0.0")),
        Stretched s => Rate(s.Whole, $"({t} / {Number(s.By)})"),
        Clamped s => Call("minimum", Call("maximum", Rate(s.Whole, t), Number(s.Low)), Number(s.High)),
        Max s => Call("maximum", Rate(s.First, t), Rate(s.Second, t)),
        Min s => Call("minimum", Rate(s.First, t), Rate(s.Second, t)),
        Sum s => $"({Rate(s.First, t)}) + ({Rate(s.Second, t)})",
        Product s => $"({Rate(s.Whole, t)}) * ({Rate(s.By.Values, t)})",
        Staircase s => Rate(s.Whole, $"({Number(s.Every)} * {Call("floor", $"{t} / {Number(s.Every)}")})"),
        TriangularCycles s => Triangles(s, t),
        PolynomialCycles s => Polynomials(s, t),
        TorchSimulation => throw Refused($"{schedule.GetType().Name} has no formula; export it to pytorch, where it comes from"),
        Noisy or TimmNoisy => throw Refused($"{schedule.GetType().Name} draws its noise from a generator that {target} does not have"),
        _ => throw Unknown(schedule),
    };

    /// <summary>Whether <see cref="Curve"/> is the segment's formula past its end as well.</summary>
    static bool GoesOn(Segment segment) => segment is LinearDecay or Warmup or OneBasedWarmup or CosineDecay or CosineWave or CosineWarmup
        or ExponentialWarmup or TanhDecay or Anneal.OneCycle or PolynomialDecay { Power: 1 or 2 or 3 or 4 };

    /// <summary>A segment's formula, and its last rate from its end on.</summary>
    string Segment(Segment segment, string t) => segment switch
    {
        Sequence sequence => Sequence(sequence, t),
        Take cut => Rate(cut.Whole, Call("minimum", t, Number(cut.Steps))),
        Interpolated s => Interpolated(s, t),
        _ => Where($"{t} < {Number(segment.Steps)}", Curve(segment, dialect.Eager ? Call("minimum", t, Number(segment.Steps)) : t), Number(segment.End)),
    };

    /// <summary>A segment's formula without its end.</summary>
    string Curve(Segment segment, string t) => segment switch
    {
        LinearDecay s => Weighted(s.Peak, s.Floor, Left(t, s.Steps)),
        Warmup s => Weighted(s.Start, s.Peak, Left(t, s.Steps)),
        PolynomialDecay s => Weighted(s.Peak, s.Floor, Power(Left(t, s.Steps), s.Power)),
        CosineDecay s => Weighted(s.Peak, s.Floor, Cosine(t, s.Steps)),
        CosineWarmup s => Weighted(s.Start, s.Peak, Cosine(t, s.Steps)),
        CosinePowerDecay s => Weighted(s.Peak, s.Floor, Power(Cosine(t, s.Steps), s.Power)),
        CosineWave s => Weighted(s.Peak, s.Floor, Squared("cos", $"{Number(Math.PI * s.Waves)} * {t} / {Number(s.Steps)}")),
        OneBasedWarmup s => $"{Number(s.Peak)} * {Call("minimum", $"({t} + 1) / {Number(s.Steps)}", "1.0")}",
        LogarithmicWarmup s => Weighted(s.Peak, s.Start, $"({Call("log", $"1 + {t}")} / {Number(Math.Log(1 + s.Steps))})"),
        ExponentialWarmup s => $"{Number(s.Start)} * {Power(Number(s.Peak / s.Start), $"({t} / {Number(s.Steps)})")}",
        Cooldown s => Weighted(s.Peak, s.Floor, Shape(s.Shape, t, s.Steps)),
        TanhDecay s => Weighted(s.Peak, s.Floor, $"(1 / (1 + {Call("exp", $"2 * ({Number(s.Lower)} + {Number(s.Upper - s.Lower)} * {t} / {Number(s.Steps)})")}))"),
        OneCycle s => OneCycle(s, t),
        WarmupStableDecay s => WarmupStableDecay(s, t),
        HardRestarts s => HardRestarts(s, t),
        Reversed s => Segment(s.Whole, $"({Number(s.Steps)} - {t})"),
        Warped s => Curve(s.Whole, $"({Number(s.Steps)} * {Power($"{t} / {Number(s.Steps)}", s.Power)})"),
        Repeated s => Cycle(s.Whole, s.HeightFactor, s.LengthFactor, t),
        Combinators.Sequence or Take or Anneal.Interpolated => Segment(segment, t),
        _ => throw Unknown(segment),
    };

    string Sequence(Sequence sequence, string t)
    {
        if (sequence.Parts.Count > MostParts)
            throw Refused($"a sequence of {sequence.Parts.Count} parts is more than {MostParts}; use --export csv");
        string text = After(sequence.Parts[^1], t, sequence.StartOf(sequence.Parts.Count - 1));
        for (int i = sequence.Parts.Count - 2; i >= 0; i--)
            text = Where($"{t} < {Number(sequence.StartOf(i + 1))}",
                i == 0 ? Before(sequence.Parts[0], t) : Before(sequence.Parts[i], $"({t} - {Number(sequence.StartOf(i))})"), text);
        return text;
    }

    /// <summary>Where a choice has made sure that the end is not reached, the end need not be written again.</summary>
    string Before(Segment part, string t) => dialect.Eager || part is Combinators.Sequence or Take or Anneal.Interpolated ? Segment(part, dialect.Eager ? Call("maximum", t, "0.0") : t) : Curve(part, t);

    string After(Schedule part, string t, double start) =>
        Rate(part, dialect.Eager ? Call("maximum", $"{t} - {Number(start)}", "0.0") : $"({t} - {Number(start)})");

    /// <summary>The index of the cycle, when each is so many times as long as the one before, and how much of the first cycle's length has passed in it.</summary>
    (string Index, string Since) Grown(string t, double steps, double factor, double guard)
    {
        if (factor == 1)
        {
            string equal = Call("floor", $"{t} / {Number(steps)}");
            return (equal, $"({t} - {Number(steps)} * {equal})");
        }
        string index = Call("floor", $"{Call("log", $"1 + {t} / {Number(steps)} * {Number(factor - 1)}")} / {Number(Math.Log(factor))}{(guard == 0 ? "" : $" + {Number(guard)}")}");
        string length = Power(Number(factor), index);
        return (index, $"(({t} - {Number(steps)} * ({length} - 1) / {Number(factor - 1)}) / {length})");
    }

    string Cycle(Segment whole, double height, double factor, string t)
    {
        var (index, since) = Grown(t, whole.Steps, factor, Guard);
        string rate = Segment(whole, Call("maximum", since, "0.0"));
        return height == 1 ? rate : $"({rate}) * {Power(Number(height), index)}";
    }

    string Restarts(CosineRestarts s, string t, (string Index, string Since) cycle)
    {
        string wave = Cosine(cycle.Since, s.Steps);
        return s.HeightFactor == 1 ? Weighted(s.Peak, s.Floor, wave)
            : $"{Number(s.Floor)} + ({Number(s.Peak)} * {Power(Number(s.HeightFactor), cycle.Index)} - {Number(s.Floor)}) * {wave}";
    }

    string Sines(SineCycles s, string t)
    {
        string height = s.HeightFactor == 1 ? "" : $" * {Power(Number(s.HeightFactor), Call("floor", $"{t} / {Number(s.Period)}"))}";
        return $"{Number(s.Low)} + {Number(s.High - s.Low)} * {Squared("sin", $"{Number(Math.PI)} * {t} / {Number(s.Period)}")}{height}";
    }

    string HardRestarts(HardRestarts s, string t)
    {
        string x = $"{Number(s.Cycles)} * ({t} / {Number(s.Steps)})";
        return Weighted(s.Peak, s.Floor, Cosine($"({x} - {Call("floor", x)})", 1));
    }

    string Triangles(TriangularCycles s, string t)
    {
        double length = s.UpSteps + s.DownSteps;
        string index = Call("floor", $"{t} / {Number(length)}"), since = $"({t} - {Number(length)} * {index})";
        string height = Call("minimum", $"{since} / {Number(s.UpSteps)}", $"({Number(length)} - {since}) / {Number(s.DownSteps)}");
        string shrink = (s.HeightFactor == 1 ? "" : $" * {Power(Number(s.HeightFactor), index)}") + (s.StepFactor == 1 ? "" : $" * {Power(Number(s.StepFactor), t)}");
        return $"{Number(s.Low)} + {Number(s.High - s.Low)} * {height}{shrink}";
    }

    string Polynomials(PolynomialCycles s, string t)
    {
        string steps = $"({Number(s.Steps)} * {Call("maximum", "1.0", Call("ceil", $"{t} / {Number(s.Steps)}"))})";
        return Weighted(s.Peak, s.Floor, Power($"({steps} - {t}) / {steps}", s.Power));
    }

    string OneCycle(OneCycle s, string t)
    {
        double fallen = s.RiseSteps + s.FallSteps;
        string last = Way(s.Shape, s.FallSteps > 0 ? s.Start : s.Peak, s.Final, t, fallen, s.Steps);
        if (s.FallSteps > 0)
            last = Where($"{t} < {Number(fallen)}", Way(s.Shape, s.Peak, s.Start, t, s.RiseSteps, fallen), last);
        return Where($"{t} < {Number(s.RiseSteps)}", Way(s.Shape, s.Start, s.Peak, t, 0, s.RiseSteps), last);
    }

    string WarmupStableDecay(WarmupStableDecay s, string t)
    {
        double decay = s.Steps - s.DecaySteps;
        string text = s.DecaySteps == 0 ? Number(s.Peak) : Where($"{t} < {Number(decay)}", Number(s.Peak), Way(s.Shape, s.Peak, s.Floor, t, decay, s.Steps));
        return s.WarmupSteps == 0 ? text : Where($"{t} < {Number(s.WarmupSteps)}", Way(Easing.Linear, s.Start, s.Peak, t, 0, s.WarmupSteps), text);
    }

    string Interpolated(Interpolated s, string t)
    {
        if (s.Knots.Count > MostParts)
            throw Refused($"{s.Knots.Count} knots are more than {MostParts}; use --export csv");
        string text = Number(s.End);
        for (int i = s.Knots.Count - 1; i > 0; i--)
            text = Where($"{t} < {Number(s.Knots[i])}", Way(s.Shape, s.Values[i - 1], s.Values[i], t, s.Knots[i - 1], s.Knots[i]), text);
        return s.Knots[0] > 0 ? Where($"{t} < {Number(s.Knots[0])}", Number(s.Values[0]), text) : text;
    }

    string Stairs(IReadOnlyList<double> boundaries, IReadOnlyList<double> values, string before, string t)
    {
        if (boundaries.Count > MostParts)
            throw Refused($"{boundaries.Count} boundaries are more than {MostParts}; use --export csv");
        string text = Number(values[^1]);
        for (int i = boundaries.Count - 1; i >= 0; i--)
            text = Where($"{t} {before} {Number(boundaries[i])}", Number(values[i]), text);
        return text;
    }

    /// <summary>From one value to another between two steps; where both branches are computed, kept within them.</summary>
    string Way(Easing shape, double from, double to, string t, double start, double stop)
    {
        string since = start == 0 ? t : $"({t} - {Number(start)})";
        if (dialect.Eager)
            since = Call("minimum", Call("maximum", since, "0.0"), Number(stop - start));
        return Weighted(from, to, Shape(shape, since, stop - start));
    }

    string Shape(Easing shape, string t, double steps) => shape switch
    {
        Easing.Linear => Left(t, steps),
        Easing.Cosine => Cosine(t, steps),
        Easing.MirrorCosine => $"(2 * {Left(t, steps)} - {Cosine(t, steps)})",
        Easing.OneMinusSqrt => $"(1 - {Call("sqrt", $"{t} / {Number(steps)}")})",
        Easing.OneMinusSquare => $"(1 - ({t} / {Number(steps)}) * ({t} / {Number(steps)}))",
        Easing.Exponential => $"({Power("2.0", $"({Left(t, steps)})")} - 1)",
        _ => $"({Left(t, steps)} / (1 - 0.5 * {t} / {Number(steps)}))",
    };

    static string Left(string t, double steps) => $"(({Number(steps)} - {t}) / {Number(steps)})";

    string Cosine(string t, double steps) => Squared("cos", $"{Number(Math.PI / 2)} * ({t} / {Number(steps)})");

    string Squared(string function, string x) => Power(Call(function, x), 2);

    static string Weighted(double from, double to, string left) =>
        to == 0 ? $"{Number(from)} * {left}" : $"{Number(to)} + {Number(from - to)} * {left}";

    string Where(string condition, string yes, string no) => dialect.Where(condition, yes, no);

    string Call(string name, params string[] arguments) => dialect.Call(name, arguments);

    string Power(string x, double power) => power == 1 ? $"({x})" : Power(x, Number(power));

    string Power(string x, string power) => dialect.Call("power", [x, power]);

    /// <summary>A number of Python, always one with a point.</summary>
    static string Number(double value) => Written.Number(value) is var text && text.AsSpan().IndexOfAny(".e") < 0 ? text + ".0"
        : value < 0 ? $"({Written.Number(value)})" : Written.Number(value);

    ScheduleFormatException Unknown(Schedule schedule) =>
        Refused($"{schedule.GetType().Name}, as it is used here, is not written in {target}; sample it into an Interpolated schedule, or use --export csv");

    static ScheduleFormatException Refused(string reason) => new($"{reason}.");
}
