using System.Numerics;
using BenchmarkDotNet.Attributes;

namespace Anneal.Benchmarks;

/// <summary>One step of a rule on 32-bit weights, beside a limit: a loop that reads and writes the same arrays and does nothing else.</summary>
/// <remarks>AdamW reads w, g, m, v and writes w, m, v (28 bytes a weight); momentum and Lion read w, g, m and write w, m (20 bytes).</remarks>
[MemoryDiagnoser]
public class RuleSteps
{
    readonly Rule adamW = new AdamW(), momentum = new Momentum(), lion = new Lion();
    RuleState adamWState = null!, momentumState = null!, lionState = null!;
    float[] weights = [], gradient = [];
    Limit limitOfTwo = null!, limitOfOne = null!;

    [Params(1_000, 100_000, 1_000_000, 25_000_000)]
    public int Weights { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (weights, gradient) = (Drawn(random), Drawn(random));
        float[] first = Drawn(random), second = Drawn(random);
        (limitOfOne, limitOfTwo) = (new(weights, gradient, first), new(weights, gradient, first, second));
        adamWState = adamW.Start(Layout.Of(Weights), Precision.Single);
        momentumState = momentum.Start(Layout.Of(Weights), Precision.Single);
        lionState = lion.Start(Layout.Of(Weights), Precision.Single);
    }

    [Benchmark]
    public void AdamW() => adamW.Step(adamWState, weights, gradient, new StepOptions(1e-6) { Threads = Threads });

    [Benchmark]
    public void LimitOfAdamW() => limitOfTwo.Run(Threads);

    [Benchmark]
    public void Momentum() => momentum.Step(momentumState, weights, gradient, new StepOptions(1e-6) { Threads = Threads });

    [Benchmark]
    public void Lion() => lion.Step(lionState, weights, gradient, new StepOptions(1e-6) { Threads = Threads });

    [Benchmark]
    public void LimitOfOneMoment() => limitOfOne.Run(Threads);

    float[] Drawn(Random random) => [.. Enumerable.Range(0, Weights).Select(_ => random.NextSingle() - 0.5f)];
}

/// <summary>One step of Muon on a square matrix of 1024 rows: 15 products of 2·1024³ operations.</summary>
public class MuonStep
{
    const int Side = 1024;
    readonly Muon muon = new();
    readonly float[] weights = new float[Side * Side], gradient = new float[Side * Side];
    RuleState state = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = random.NextSingle() - 0.5f;
        state = muon.Start(Layout.Of(Side, Side), Precision.Single);
    }

    [Benchmark]
    public void Step() => muon.Step(state, weights, gradient, new StepOptions(1e-3) { Threads = Threads });

    /// <summary>As many multiply-adds as a step has, on registers alone: the machine's peak on one thread.</summary>
    [Benchmark]
    public float Peak()
    {
        var x = Vector.Create(0.999f);
        var a = x;
        var (b, c, d, e, f, g, h) = (x, x, x, x, x, x, x);
        for (long i = 0; i < 15L * Side * Side * Side / Vector<float>.Count / 8; i++)
        {
            a = Vector.FusedMultiplyAdd(a, x, x);
            b = Vector.FusedMultiplyAdd(b, x, x);
            c = Vector.FusedMultiplyAdd(c, x, x);
            d = Vector.FusedMultiplyAdd(d, x, x);
            e = Vector.FusedMultiplyAdd(e, x, x);
            f = Vector.FusedMultiplyAdd(f, x, x);
            g = Vector.FusedMultiplyAdd(g, x, x);
            h = Vector.FusedMultiplyAdd(h, x, x);
        }
        return Vector.Sum(a + b + c + d + e + f + g + h);
    }
}
