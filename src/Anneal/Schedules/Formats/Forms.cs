using System.Collections.Frozen;

namespace Anneal;

/// <summary>The table of all types of schedule: one row each, in the gallery's order.</summary>
static class Forms
{
    public static IReadOnlyList<Form> All { get; } =
    [
        Form.For<Constant>("constant", "value", s => [s.Value], a => new Constant(a.Number())),
        Form.For<LinearDecay>("linear", "peak, steps, floor = 0", s => [s.Peak, s.Steps, s.Floor], a => new LinearDecay(a.Number(), a.Number(), a.Number())),
        Form.For<PolynomialDecay>("polynomial", "peak, steps, power, floor = 0", s => [s.Peak, s.Steps, s.Power, s.Floor],
            a => new PolynomialDecay(a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<InverseTimeDecay>("inverseTime", "peak, decay = 1, power = 1", s => [s.Peak, s.Decay, s.Power],
            a => new InverseTimeDecay(a.Number(), a.Number(), a.Number())),
        Form.For<InverseSqrtDecay>("inverseSqrt", "peak, timescale = 1", s => [s.Peak, s.Timescale], a => new InverseSqrtDecay(a.Number(), a.Number())),
        Form.For<Noam>("noam", "modelSize, warmupSteps, factor = 1", s => [s.ModelSize, s.WarmupSteps, s.Factor], a => new Noam(a.Number(), a.Number(), a.Number())),
        Form.For<ExponentialDecay>("exponential", "peak, factor, every = 1", s => [s.Peak, s.Factor, s.Every],
            a => new ExponentialDecay(a.Number(), a.Number(), a.Number())),
        Form.For<StepDecay>("step", "peak, factor, every", s => [s.Peak, s.Factor, s.Every], a => new StepDecay(a.Number(), a.Number(), a.Number())),
        Form.For<MultiStep>("multiStep", "peak, milestones, factor = 0.1", s => [s.Peak, s.Milestones, s.Factor],
            a => new MultiStep(a.Number(), a.Numbers(), a.Number())),
        Form.For<PiecewiseConstant>("piecewise", "boundaries, values, changes = at", s => [s.Boundaries, s.Values, s.Changes],
            a => new PiecewiseConstant(a.Numbers(), a.Numbers(), a.Word<BoundaryChange>())),
        Form.For<Interpolated>("interpolate", "knots, values, shape = linear", s => [s.Knots, s.Values, s.Shape],
            a => new Interpolated(a.Numbers(), a.Numbers(), a.Word<Easing>())),
        Form.For<CosineDecay>("cosine", "peak, steps, floor = 0", s => [s.Peak, s.Steps, s.Floor], a => new CosineDecay(a.Number(), a.Number(), a.Number())),
        Form.For<CosinePowerDecay>("cosinePower", "peak, steps, power, floor = 0", s => [s.Peak, s.Steps, s.Power, s.Floor],
            a => new CosinePowerDecay(a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<CosineWave>("wave", "peak, steps, waves, floor = 0", s => [s.Peak, s.Steps, s.Waves, s.Floor],
            a => new CosineWave(a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<CosineRestarts>("restarts", "peak, steps, lengthFactor = 1, heightFactor = 1, floor = 0",
            s => [s.Peak, s.Steps, s.LengthFactor, s.HeightFactor, s.Floor],
            a => new CosineRestarts(a.Number(), a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<HardRestarts>("hardRestarts", "peak, steps, cycles, floor = 0", s => [s.Peak, s.Steps, s.Cycles, s.Floor],
            a => new HardRestarts(a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<PolynomialCycles>("polynomialCycles", "peak, steps, power = 1, floor = 0", s => [s.Peak, s.Steps, s.Power, s.Floor],
            a => new PolynomialCycles(a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<TriangularCycles>("triangles", "low, high, upSteps, downSteps, heightFactor = 1, stepFactor = 1",
            s => [s.Low, s.High, s.UpSteps, s.DownSteps, s.HeightFactor, s.StepFactor],
            a => new TriangularCycles(a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<SineCycles>("sines", "low, high, period, heightFactor = 1", s => [s.Low, s.High, s.Period, s.HeightFactor],
            a => new SineCycles(a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<TanhDecay>("tanh", "peak, steps, floor = 0, lower = -6, upper = 3", s => [s.Peak, s.Steps, s.Floor, s.Lower, s.Upper],
            a => new TanhDecay(a.Number(), a.Number(), a.Number(), a.Number(), a.Number())),
        Form.For<Warmup>("warmup", "peak, steps, start = 0", s => [s.Peak, s.Steps, s.Start], a => new Warmup(a.Number(), a.Number(), a.Number())),
        Form.For<OneBasedWarmup>("eagerWarmup", "peak, steps", s => [s.Peak, s.Steps], a => new OneBasedWarmup(a.Number(), a.Number())),
        Form.For<CosineWarmup>("cosineWarmup", "peak, steps, start = 0", s => [s.Peak, s.Steps, s.Start],
            a => new CosineWarmup(a.Number(), a.Number(), a.Number())),
        Form.For<ExponentialWarmup>("exponentialWarmup", "peak, steps, start", s => [s.Peak, s.Steps, s.Start],
            a => new ExponentialWarmup(a.Number(), a.Number(), a.Number())),
        Form.For<LogarithmicWarmup>("logarithmicWarmup", "peak, steps, start = 0", s => [s.Peak, s.Steps, s.Start],
            a => new LogarithmicWarmup(a.Number(), a.Number(), a.Number())),
        Form.For<Cooldown>("cooldown", "peak, steps, floor = 0, shape = oneMinusSqrt", s => [s.Peak, s.Steps, s.Floor, s.Shape],
            a => new Cooldown(a.Number(), a.Number(), a.Number(), a.Word<Easing>())),
        Form.For<OneCycle>("oneCycle", "peak, steps, riseSteps, start, final = 0, fallSteps = 0, shape = cosine",
            s => [s.Peak, s.Steps, s.RiseSteps, s.Start, s.Final, s.FallSteps, s.Shape],
            a => new OneCycle(a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Word<Easing>())),
        Form.For<WarmupStableDecay>("wsd", "peak, steps, warmupSteps, decaySteps, floor = 0, start = 0, shape = linear",
            s => [s.Peak, s.Steps, s.WarmupSteps, s.DecaySteps, s.Floor, s.Start, s.Shape],
            a => new WarmupStableDecay(a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Number(), a.Word<Easing>())),
        Form.For<Sequence>("sequence", "parts?, first?, next?", s => s.Parts is [var first, var next] ? [null, first, next] : [s.Parts, null, null], a => a.Chain()),
        Form.For<Continuation>("continuation", "first, next", s => [s.First, s.Next], a => new Continuation(a.Segment(), a.Schedule())),
        Form.For<Take>("cut", "whole, steps", s => [s.Whole, s.Steps], a => new Take(a.Schedule(), a.Number())),
        Form.For<Repeated>("repeat", "whole, cycles, heightFactor = 1, lengthFactor = 1", s => [s.Whole, s.Cycles, s.HeightFactor, s.LengthFactor],
            a => new Repeated(a.Segment(), a.Integer(), a.Number(), a.Number())),
        Form.For<Looped>("loop", "whole, heightFactor = 1, lengthFactor = 1", s => [s.Whole, s.HeightFactor, s.LengthFactor],
            a => new Looped(a.Segment(), a.Number(), a.Number())),
        Form.For<Continued>("continue", "whole", s => [s.Whole], a => new Continued(a.Segment())),
        Form.For<Strict>("strict", "whole", s => [s.Whole], a => new Strict(a.Segment())),
        Form.For<Reversed>("reverse", "whole", s => [s.Whole], a => new Reversed(a.Segment())),
        Form.For<Warped>("warp", "whole, power", s => [s.Whole, s.Power], a => new Warped(a.Segment(), a.Number())),
        Form.For<Scaled>("scale", "whole, by", s => [s.Whole, s.By], a => new Scaled(a.Schedule(), a.Number())),
        Form.For<Shifted>("shift", "whole, by", s => [s.Whole, s.By], a => new Shifted(a.Schedule(), a.Number())),
        Form.For<Stretched>("stretch", "whole, by", s => [s.Whole, s.By], a => new Stretched(a.Schedule(), a.Number())),
        Form.For<Clamped>("clamp", "whole, low, high", s => [s.Whole, s.Low, s.High], a => new Clamped(a.Schedule(), a.Number(), a.Number())),
        Form.For<Max>("max", "first, second", s => [s.First, s.Second], a => new Max(a.Schedule(), a.Schedule())),
        Form.For<Min>("min", "first, second", s => [s.First, s.Second], a => new Min(a.Schedule(), a.Schedule())),
        Form.For<Sum>("sum", "first, second", s => [s.First, s.Second], a => new Sum(a.Schedule(), a.Schedule())),
        Form.For<Product>("product", "whole, by", s => [s.Whole, s.By.Values], a => new Product(a.Schedule(), a.Factor())),
        Form.For<Staircase>("staircase", "whole, every", s => [s.Whole, s.Every], a => new Staircase(a.Schedule(), a.Number())),
        Form.For<Noisy>("noise", "whole, limit, seed = 42, spread = normal", s => [s.Whole, s.Limit, s.Seed, s.Spread],
            a => new Noisy(a.Schedule(), a.Number(), a.Integer(), a.Word<Noise>())),
        Form.For<TimmNoisy>("timmNoise", "whole, from = 0, until?, limit = 0.67, seed = 42, spread = normal",
            s => [s.Whole, s.From, s.Until, s.Limit, s.Seed, s.Spread],
            a => new TimmNoisy(a.Schedule(), a.Number(), a.NumberIfGiven(), a.Number(), a.Number(), a.Word<Noise>())),
        Form.For<LogarithmicRestarts>("logarithmicRestarts", "exact", s => [s.Exact], a => new LogarithmicRestarts(a.Restarts())),
        Form.For<TorchSimulation>("torchReplay", "scheduler, parameters", s => [s.Scheduler, s.Parameters], a => new TorchSimulation(a.Text(), a.Text())),
    ];

    static readonly FrozenDictionary<Type, Form> byType = All.ToFrozenDictionary(form => form.Of);

    static readonly FrozenDictionary<string, Form> byName = All.SelectMany(form => new[] { form.Type, form.Word }.Distinct().Select(name => (name, form)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.form);

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
