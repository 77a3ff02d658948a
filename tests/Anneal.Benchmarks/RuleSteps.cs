using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;

namespace Anneal.Benchmarks;

/// <summary>One step of a rule on 32-bit weights, beside a limit: a loop that reads and writes the same arrays and does nothing else.</summary>
/// <remarks>AdamW reads w, g, m, v and writes w, m, v (28 bytes a weight); momentum and Lion read w, g, m and write w, m (20 bytes).</remarks>
[MemoryDiagnoser]
public class RuleSteps
{
    readonly Rule adamW = new AdamW(), momentum = new Momentum(), lion = new Lion();
    RuleState adamWState = null!, momentumState = null!, lionState = null!;
    float[] weights = [], gradient = [], first = [], second = [];

    [Params(1_000, 100_000, 1_000_000, 25_000_000)]
    public int Weights { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (weights, gradient, first, second) = (Drawn(random), Drawn(random), Drawn(random), Drawn(random));
        adamWState = adamW.Start(Layout.Of(Weights), Precision.Single);
        momentumState = momentum.Start(Layout.Of(Weights), Precision.Single);
        lionState = lion.Start(Layout.Of(Weights), Precision.Single);
    }

    [Benchmark]
    public void AdamW() => adamW.Step(adamWState, weights, gradient, new Knobs(1e-6) { Threads = Threads });

    [Benchmark]
    public void LimitOfAdamW() => Limit(two: true);

    [Benchmark]
    public void Momentum() => momentum.Step(momentumState, weights, gradient, new Knobs(1e-6) { Threads = Threads });

    [Benchmark]
    public void Lion() => lion.Step(lionState, weights, gradient, new Knobs(1e-6) { Threads = Threads });

    [Benchmark]
    public void LimitOfOneMoment() => Limit(two: false);

    void Limit(bool two)
    {
        int part = Weights / Threads / 16 * 16;
        if (Threads == 1 || Weights < 65_536)
            Touch(0, Weights, two);
        else
            Parallel.For(0, Threads, i => Touch(i * part, i == Threads - 1 ? Weights : (i + 1) * part, two));
    }

    void Touch(int from, int to, bool two)
    {
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights), g = ref MemoryMarshal.GetArrayDataReference(gradient);
        ref float m = ref MemoryMarshal.GetArrayDataReference(first), v = ref MemoryMarshal.GetArrayDataReference(second);
        for (int i = from; i <= to - 16; i += 16)
        {
            var x = Vector512.LoadUnsafe(ref w, (nuint)i) + Vector512.LoadUnsafe(ref g, (nuint)i);
            var y = Vector512.LoadUnsafe(ref m, (nuint)i) + x;
            if (two)
                (Vector512.LoadUnsafe(ref v, (nuint)i) + y).StoreUnsafe(ref v, (nuint)i);
            y.StoreUnsafe(ref m, (nuint)i);
            x.StoreUnsafe(ref w, (nuint)i);
        }
    }

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
    public void Step() => muon.Step(state, weights, gradient, new Knobs(1e-3) { Threads = Threads });

    /// <summary>As many multiply-adds as a step has, on registers alone: the machine's peak on one thread.</summary>
    [Benchmark]
    public float Peak()
    {
        var x = Vector512.Create(0.999f);
        var a = x;
        var (b, c, d, e, f, g, h) = (x, x, x, x, x, x, x);
        for (long i = 0; i < 15L * Side * Side * Side / 16 / 8; i++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, x);
            b = Vector512.FusedMultiplyAdd(b, x, x);
            c = Vector512.FusedMultiplyAdd(c, x, x);
            d = Vector512.FusedMultiplyAdd(d, x, x);
            e = Vector512.FusedMultiplyAdd(e, x, x);
            f = Vector512.FusedMultiplyAdd(f, x, x);
            g = Vector512.FusedMultiplyAdd(g, x, x);
            h = Vector512.FusedMultiplyAdd(h, x, x);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }
}
