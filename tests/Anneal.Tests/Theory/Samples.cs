using CsCheck;

namespace Anneal.Tests;

/// <summary>Schedules to put questions to: compositions of every shape, drawn at random.</summary>
static class Samples
{
    static readonly Gen<double> Rate = Gen.Double[1e-4, 1];

    static readonly Gen<double> Steps = Gen.OneOf(Gen.Int[1, 200].Select(n => (double)n), Gen.Double[0.5, 200]);

    static readonly Gen<Easing> Shape = Gen.Enum<Easing>();

    static readonly Gen<Segment> Simple = Gen.OneOf<Segment>(
        Gen.Select(Rate, Steps, Rate, (a, n, b) => (Segment)new Warmup(a, n, b)),
        Gen.Select(Rate, Steps, Rate, (a, n, b) => (Segment)new LinearDecay(a, n, b)),
        Gen.Select(Rate, Steps, Gen.Double[0.3, 4], Rate, (a, n, p, b) => (Segment)new PolynomialDecay(a, n, p, b)),
        Gen.Select(Rate, Steps, Rate, (a, n, b) => (Segment)new CosineDecay(a, n, b)),
        Gen.Select(Rate, Steps, (a, n) => (Segment)new CosineDecay(a, n)),
        Gen.Select(Rate, Steps, Rate, Shape, (a, n, b, shape) => (Segment)new Cooldown(a, n, b, shape)),
        Gen.Select(Rate, Steps, Rate, (a, n, b) => (Segment)new ExponentialWarmup(a, n, b)),
        Gen.Select(Rate, Steps, Rate, (a, n, b) => (Segment)new LogarithmicWarmup(a, n, b)),
        Gen.Select(Gen.Double[1, 1000], Gen.Double[1, 100], Steps, (d, w, n) => new Noam(d, w).For(n)),
        Gen.Select(Rate, Steps, (a, n) => (Segment)new OneBasedWarmup(a, n)),
        Gen.Select(Rate, Steps, Gen.Double[0.2, 3], (a, n, waves) => (Segment)new CosineWave(a, n, waves)),
        Gen.Select(Rate, Gen.Double[1e-3, 2], Gen.Double[0.3, 2], Steps, (a, k, p, n) => new InverseTimeDecay(a, k, p).For(n)),
        Gen.Select(Rate, Gen.Double[0.3, 1.5], Gen.Double[5, 100], Steps, (a, f, e, n) => new StepDecay(a, f, e).For(n)),
        Gen.Select(Rate, Gen.Double[0.3, 1.5], Gen.Double[5, 100], Steps, (a, f, e, n) => new ExponentialDecay(a, f, e).For(n)),
        Gen.Select(Rate, Rate, Steps, Steps, Gen.Double[0.5, 1], (a, b, up, down, f) => new TriangularCycles(a, b, up, down, f).For(2 * up + down)),
        Gen.Select(Rate, Rate, Steps, Steps, Gen.Double[0.9, 1], (a, b, up, down, f) => new TriangularCycles(a, b, up, down, 1, f).For(up + 2 * down)),
        Gen.Select(Rate, Rate, Steps, Gen.Double[0.5, 1], Steps, (a, b, p, f, n) => new SineCycles(a, b, p, f).For(n)),
        Gen.Select(Rate, Steps, Gen.Double[1, 2], Gen.Double[0.5, 1.2], Steps, (a, n, s, f, m) => new CosineRestarts(a, n, s, f).For(m)));

    /// <summary>One to five simple segments, one after the other.</summary>
    public static readonly Gen<Segment> Composed = Simple.List[1, 5].Select(parts => parts.Aggregate((a, b) => a.Then(b)));

    /// <summary>Composed segments under one or two combinators.</summary>
    public static readonly Gen<Schedule> Combined = Gen.OneOf<Schedule>(
        Composed.Select(s => (Schedule)s),
        Gen.Select(Composed, Rate, (s, k) => s.Scale(k)),
        Gen.Select(Composed, Gen.Double[-0.4, 50], (s, by) => s.Shift(by)),
        Gen.Select(Composed, Gen.Double[0.2, 5], (s, by) => s.Stretch(by)),
        Gen.Select(Composed, Rate, Rate, (s, a, b) => s.Clamp(Math.Min(a, b), Math.Max(a, b))),
        Gen.Select(Composed, Composed, (a, b) => a.Max(b)),
        Gen.Select(Composed, Composed, (a, b) => a.Min(b)),
        Gen.Select(Composed, Composed, (a, b) => a.Plus(b)),
        Gen.Select(Composed, Composed, (a, b) => a * b.AsFactor()),
        Gen.Select(Composed, Gen.Int[1, 4], Gen.Double[0.5, 1.5], Gen.Double[1, 2], (s, n, h, l) => (Schedule)s.Repeat(n, h, l)),
        Gen.Select(Composed, Gen.Double[0.5, 1], Gen.Double[1, 2], (s, h, l) => s.Loop(h, l)),
        Composed.Select(s => (Schedule)s.Reverse()),
        Gen.Select(Composed, Gen.Double[0.5, 2], (s, power) => (Schedule)s.Warp(power)),
        Gen.Select(Composed, Steps, (s, every) => s.Staircase(every)),
        Gen.Select(Composed, Gen.Int[1, 1000], (s, seed) => s.WithNoise(0.2, seed)),
        Gen.Select(Composed, Gen.Double[-0.4, 50], Rate, Composed, (s, by, k, other) => s.Shift(by).Scale(k).Plus(other)));
}
