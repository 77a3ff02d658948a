namespace Anneal;

/// <summary>The table of all types of schedule: one row each, in the gallery's order.</summary>
static class Forms
{
    public static IReadOnlyList<Form> All { get; } =
    [
        new(typeof(Constant), "constant", () => FormBody.Of<Constant>("value", s => [s.Value], a => new Constant(a.Number()))),
        new(typeof(LinearDecay), "linear", () => FormBody.Of<LinearDecay>("peak, steps, floor = 0", s => [s.Peak, s.Steps, s.Floor], a => new LinearDecay(a.Number(), a.Number(), a.Number()))),
        new(typeof(PolynomialDecay), "polynomial", () => FormBody.Of<PolynomialDecay>("peak, steps, power, floor = 0", s => [s.Peak, s.Steps, s.Power, s.Floor],
            a => new PolynomialDecay(a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(InverseTimeDecay), "inverseTime", () => FormBody.Of<InverseTimeDecay>("peak, decay = 1, power = 1", s => [s.Peak, s.Decay, s.Power],
            a => new InverseTimeDecay(a.Number(), a.Number(), a.Number()))),
        new(typeof(InverseSqrtDecay), "inverseSqrt", () => FormBody.Of<InverseSqrtDecay>("peak, timescale = 1", s => [s.Peak, s.Timescale], a => new InverseSqrtDecay(a.Number(), a.Number()))),
        new(typeof(Noam), "noam", () => FormBody.Of<Noam>("modelSize, warmupSteps, factor = 1", s => [s.ModelSize, s.WarmupSteps, s.Factor], a => new Noam(a.Number(), a.Number(), a.Number()))),
        new(typeof(ExponentialDecay), "exponential", () => FormBody.Of<ExponentialDecay>("peak, factor, every = 1", s => [s.Peak, s.Factor, s.Every],
            a => new ExponentialDecay(a.Number(), a.Number(), a.Number()))),
        new(typeof(StepDecay), "step", () => FormBody.Of<StepDecay>("peak, factor, every", s => [s.Peak, s.Factor, s.Every], a => new StepDecay(a.Number(), a.Number(), a.Number()))),
        new(typeof(MultiStep), "multiStep", () => FormBody.Of<MultiStep>("peak, milestones, factor = 0.1", s => [s.Peak, s.Milestones, s.Factor],
            a => new MultiStep(a.Number(), a.Numbers(), a.Number()))),
        new(typeof(PiecewiseConstant), "piecewise", () => FormBody.Of<PiecewiseConstant>("boundaries, values, changes = at", s => [s.Boundaries, s.Values, s.Changes],
            a => new PiecewiseConstant(a.Numbers(), a.Numbers(), a.Word<BoundaryChange>()))),
        new(typeof(Interpolated), "interpolate", () => FormBody.Of<Interpolated>("knots, values, shape = linear", s => [s.Knots, s.Values, s.Shape],
            a => new Interpolated(a.Numbers(), a.Numbers(), a.Word<Easing>()))),
        new(typeof(CosineDecay), "cosine", () => FormBody.Of<CosineDecay>("peak, steps, floor = 0", s => [s.Peak, s.Steps, s.Floor], a => new CosineDecay(a.Number(), a.Number(), a.Number()))),
        new(typeof(CosinePowerDecay), "cosinePower", () => FormBody.Of<CosinePowerDecay>("peak, steps, power, floor = 0", s => [s.Peak, s.Steps, s.Power, s.Floor],
            a => new CosinePowerDecay(a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(CosineWave), "wave", () => FormBody.Of<CosineWave>("peak, steps, waves, floor = 0", s => [s.Peak, s.Steps, s.Waves, s.Floor],
            a => new CosineWave(a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(CosineRestarts), "restarts", () => FormBody.Of<CosineRestarts>("peak, steps, lengthFactor = 1, heightFactor = 1, floor = 0",
            s => [s.Peak, s.Steps, s.LengthFactor, s.HeightFactor, s.Floor],
            a => new CosineRestarts(a.Number(), a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(HardRestarts), "hardRestarts", () => FormBody.Of<HardRestarts>("peak, steps, cycles, floor = 0", s => [s.Peak, s.Steps, s.Cycles, s.Floor],
            a => new HardRestarts(a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(PolynomialCycles), "polynomialCycles", () => FormBody.Of<PolynomialCycles>("peak, steps, power = 1, floor = 0", s => [s.Peak, s.Steps, s.Power, s.Floor],
            a => new PolynomialCycles(a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(TriangularCycles), "triangles", () => FormBody.Of<TriangularCycles>("low, high, upSteps, downSteps, heightFactor = 1, stepFactor = 1",
            s => [s.Low, s.High, s.UpSteps, s.DownSteps, s.HeightFactor, s.StepFactor],
            a => new TriangularCycles(a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(SineCycles), "sines", () => FormBody.Of<SineCycles>("low, high, period, heightFactor = 1", s => [s.Low, s.High, s.Period, s.HeightFactor],
            a => new SineCycles(a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(TanhDecay), "tanh", () => FormBody.Of<TanhDecay>("peak, steps, floor = 0, lower = -6, upper = 3", s => [s.Peak, s.Steps, s.Floor, s.Lower, s.Upper],
            a => new TanhDecay(a.Number(), a.Number(), a.Number(), a.Number(), a.Number()))),
        new(typeof(Warmup), "warmup", () => FormBody.Of<Warmup>("peak, steps, start = 0", s => [s.Peak, s.Steps, s.Start], a => new Warmup(a.Number(), a.Number(), a.Number()))),
        new(typeof(OneBasedWarmup), "eagerWarmup", () => FormBody.Of<OneBasedWarmup>("peak, steps", s => [s.Peak, s.Steps], a => new OneBasedWarmup(a.Number(), a.Number()))),
        new(typeof(CosineWarmup), "cosineWarmup", () => FormBody.Of<CosineWarmup>("peak, steps, start = 0", s => [s.Peak, s.Steps, s.Start],
            a => new CosineWarmup(a.Number(), a.Number(), a.Number()))),
        new(typeof(ExponentialWarmup), "exponentialWarmup", () => FormBody.Of<ExponentialWarmup>("peak, steps, start", s => [s.Peak, s.Steps, s.Start],
            a => new ExponentialWarmup(a.Number(), a.Number(), a.Number()))),
        new(typeof(LogarithmicWarmup), "logarithmicWarmup", () => FormBody.Of<LogarithmicWarmup>("peak, steps, start = 0", s => [s.Peak, s.Steps, s.Start],
            a => new LogarithmicWarmup(a.Number(), a.Number(), a.Number()))),
        new(typeof(Cooldown), "cooldown", () => FormBody.Of<Cooldown>("peak, steps, floor = 0, shape = oneMinusSqrt", s => [s.Peak, s.Steps, s.Floor, s.Shape],
            a => new Cooldown(a.Number(), a.Number(), a.Number(), a.Word<Easing>()))),
        new(typeof(OneCycle), "oneCycle", () => FormBody.Of<OneCycle>("peak, steps, riseSteps, start, final = 0, fallSteps = 0, shape = cosine",
            s => [s.Peak, s.Steps, s.RiseSteps, s.Start, s.Final, s.FallSteps, s.Shape],
            a => new OneCycle(a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Word<Easing>()))),
        new(typeof(WarmupStableDecay), "wsd", () => FormBody.Of<WarmupStableDecay>("peak, steps, warmupSteps, decaySteps, floor = 0, start = 0, shape = linear",
            s => [s.Peak, s.Steps, s.WarmupSteps, s.DecaySteps, s.Floor, s.Start, s.Shape],
            a => new WarmupStableDecay(a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Word<Easing>()))),
        new(typeof(Sequence), "sequence", () => FormBody.Of<Sequence>("parts?, first?, next?", s => s.Parts is [var first, var next] ? [null, first, next] : [s.Parts, null, null], a => a.Chain())),
        new(typeof(Continuation), "continuation", () => FormBody.Of<Continuation>("first, next", s => [s.First, s.Next], a => new Continuation(a.Segment(), a.Schedule()))),
        new(typeof(Take), "cut", () => FormBody.Of<Take>("whole, steps", s => [s.Whole, s.Steps], a => new Take(a.Schedule(), a.Number()))),
        new(typeof(Repeated), "repeat", () => FormBody.Of<Repeated>("whole, cycles, heightFactor = 1, lengthFactor = 1", s => [s.Whole, s.Cycles, s.HeightFactor, s.LengthFactor],
            a => new Repeated(a.Segment(), a.Integer(), a.Number(), a.Number()))),
        new(typeof(Looped), "loop", () => FormBody.Of<Looped>("whole, heightFactor = 1, lengthFactor = 1", s => [s.Whole, s.HeightFactor, s.LengthFactor],
            a => new Looped(a.Segment(), a.Number(), a.Number()))),
        new(typeof(Continued), "continue", () => FormBody.Of<Continued>("whole", s => [s.Whole], a => new Continued(a.Segment()))),
        new(typeof(Strict), "strict", () => FormBody.Of<Strict>("whole", s => [s.Whole], a => new Strict(a.Segment()))),
        new(typeof(Reversed), "reverse", () => FormBody.Of<Reversed>("whole", s => [s.Whole], a => new Reversed(a.Segment()))),
        new(typeof(Warped), "warp", () => FormBody.Of<Warped>("whole, power", s => [s.Whole, s.Power], a => new Warped(a.Segment(), a.Number()))),
        new(typeof(Scaled), "scale", () => FormBody.Of<Scaled>("whole, by", s => [s.Whole, s.By], a => new Scaled(a.Schedule(), a.Number()))),
        new(typeof(Shifted), "shift", () => FormBody.Of<Shifted>("whole, by", s => [s.Whole, s.By], a => new Shifted(a.Schedule(), a.Number()))),
        new(typeof(Stretched), "stretch", () => FormBody.Of<Stretched>("whole, by", s => [s.Whole, s.By], a => new Stretched(a.Schedule(), a.Number()))),
        new(typeof(Clamped), "clamp", () => FormBody.Of<Clamped>("whole, low, high", s => [s.Whole, s.Low, s.High], a => new Clamped(a.Schedule(), a.Number(), a.Number()))),
        new(typeof(Max), "max", () => FormBody.Of<Max>("first, second", s => [s.First, s.Second], a => new Max(a.Schedule(), a.Schedule()))),
        new(typeof(Min), "min", () => FormBody.Of<Min>("first, second", s => [s.First, s.Second], a => new Min(a.Schedule(), a.Schedule()))),
        new(typeof(Sum), "sum", () => FormBody.Of<Sum>("first, second", s => [s.First, s.Second], a => new Sum(a.Schedule(), a.Schedule()))),
        new(typeof(Product), "product", () => FormBody.Of<Product>("whole, by", s => [s.Whole, s.By.Values], a => new Product(a.Schedule(), a.Factor()))),
        new(typeof(Staircase), "staircase", () => FormBody.Of<Staircase>("whole, every", s => [s.Whole, s.Every], a => new Staircase(a.Schedule(), a.Number()))),
        new(typeof(Noisy), "noise", () => FormBody.Of<Noisy>("whole, limit, seed = 42, spread = normal", s => [s.Whole, s.Limit, s.Seed, s.Spread],
            a => new Noisy(a.Schedule(), a.Number(), a.Integer(), a.Word<Noise>()))),
        new(typeof(TimmNoisy), "timmNoise", () => FormBody.Of<TimmNoisy>("whole, from = 0, until?, limit = 0.67, seed = 42, spread = normal",
            s => [s.Whole, s.From, s.Until, s.Limit, s.Seed, s.Spread],
            a => new TimmNoisy(a.Schedule(), a.Number(), a.NumberIfGiven(), a.Number(), a.Number(), a.Word<Noise>()))),
        new(typeof(LogarithmicRestarts), "logarithmicRestarts", () => FormBody.Of<LogarithmicRestarts>("exact", s => [s.Exact], a => new LogarithmicRestarts(a.Restarts()))),
        new(typeof(TorchSimulation), "torchReplay", () => FormBody.Of<TorchSimulation>("scheduler, parameters", s => [s.Scheduler, s.Parameters], a => new TorchSimulation(a.Text(), a.Text()))),
    ];

    // Made by every program that reads a schedule, so as plainly as can be: a browser would feel frozen tables.
    static readonly Dictionary<Type, Form> byType = new(All.Count);

    static readonly Dictionary<string, Form> byName = new(2 * All.Count);

    static Forms()
    {
        foreach (var form in All)
        {
            byType.Add(form.Of, form);
            byName.Add(form.Word, form);
            if (form.Type != form.Word)
                byName.Add(form.Type, form);
        }
    }

    /// <summary>Every name that a schedule has in JSON or in notation.</summary>
    public static IEnumerable<string> Names => byName.Keys;

    /// <summary>The form with this name, in JSON or in notation; null if there is none.</summary>
    public static Form? Named(string name) => byName.GetValueOrDefault(name);

    /// <summary>The form that a schedule is written in.</summary>
    /// <exception cref="ScheduleFormatException">It has none, because it is not one of this library.</exception>
    public static Form Of(Schedule schedule, string format) => byType.GetValueOrDefault(schedule.GetType())
        ?? throw new ScheduleFormatException($"{(schedule is Custom custom ? custom.Name : schedule.GetType().Name)} is a schedule of your own: it can be evaluated and combined, but it has no {format}, "
            + "because nothing could read that back. Write it as a combination of the library's own schedules, or sample it into an interpolated one.");
}
