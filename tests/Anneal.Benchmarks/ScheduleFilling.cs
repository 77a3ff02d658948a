using BenchmarkDotNet.Attributes;

namespace Anneal.Benchmarks;

/// <summary>A million rates: one by one, and at once.</summary>
public class ScheduleFilling
{
    const int Count = 1_000_000;

    readonly double[] rates = new double[Count];

    [ParamsSource(nameof(Schedules))]
    public Schedule Schedule { get; set; } = new Constant(0);

    public static IEnumerable<Schedule> Schedules =>
    [
        new Constant(0.1),
        new LinearDecay(Peak: 0.1, Steps: Count),
        new PolynomialDecay(Peak: 0.1, Steps: Count, Power: 2),
        new PolynomialDecay(Peak: 0.1, Steps: Count, Power: 0.9),
        new ExponentialDecay(Peak: 0.1, Factor: 0.99999),
        new CosineDecay(Peak: 0.1, Steps: Count),
        new Warmup(Peak: 0.1, Steps: 10_000).Then(new CosineDecay(Peak: 0.1, Steps: Count - 10_000)),
    ];

    [Benchmark(Baseline = true)]
    public void OneByOne()
    {
        for (int t = 0; t < rates.Length; t++)
            rates[t] = Schedule.At(t);
    }

    [Benchmark]
    public void AtOnce() => Schedule.Fill(rates);
}
