using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Anneal.Benchmarks;

/// <summary>Rows per second of a linear regression in one ML.NET pipeline: ML.NET's OnlineGradientDescent beside a scheduled trainer, with the same passes.</summary>
/// <remarks>
/// Both get rows that are already in memory, centred and scaled; both shuffle and make one update per row. With <see cref="Cached"/> off, the data view
/// computes its rows anew in each pass, which OnlineGradientDescent asks for and the scheduled trainer, reading once, does not.
/// </remarks>
public class LinearTrainers
{
    const int Rows = 50_000, Width = 10, Passes = 5;

    readonly MLContext ml = new(seed: 1);
    IDataView data = null!;

    [Params(true, false)]
    public bool Cached { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var draws = new SeededRandom(1);
        var rows = Enumerable.Range(0, Rows).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, Width).Select(_ => (float)draws.Normal())];
            return new Row { Features = x, Label = x.Sum() + (float)draws.Normal() };
        }).ToList();
        var raw = ml.Data.LoadFromEnumerable(rows);
        var scaled = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Fit(raw).Transform(raw);
        data = Cached ? ml.Data.Cache(scaled) : scaled;
        foreach (var _ in data.Preview(Rows).RowView)
        {
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows * Passes)]
    public object OnlineGradientDescent() => ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.01f, numberOfIterations: Passes).Fit(data);

    [Benchmark(OperationsPerInvoke = Rows * Passes)]
    public object ScheduledSgd() => ml.Regression.Trainers.Scheduled(new Sgd(), new CosineDecay(0.01, Rows * Passes), Passes).Fit(data);

    [Benchmark(OperationsPerInvoke = Rows * Passes)]
    public object ScheduledAdamW() => ml.Regression.Trainers.Scheduled(new AdamW(), new CosineDecay(0.01, Rows * Passes), Passes).Fit(data);

    sealed class Row
    {
        public float Label { get; set; }

        [VectorType(Width)]
        public float[] Features { get; set; } = [];
    }
}

/// <summary>What one update costs beyond the model itself on ten weights, filled up to whole vectors as the trainer does: the schedule, the rule, and the trace.</summary>
public class UpdateOverhead
{
    const int Updates = 10_000;

    readonly Rule sgd = new Sgd(), momentum = new Momentum(), adamW = new AdamW();
    readonly Schedule schedule = new Warmup(0.1, 100).Then(new CosineDecay(0.1, 9_900));
    readonly float[] weights = new float[16], slope = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 0, 0, 0, 0, 0, 0];
    readonly Kept kept = new();
    RuleState sgdState = null!, momentumState = null!, adamWState = null!;

    [GlobalSetup]
    public void Setup()
    {
        var layout = Layout.Of(16);
        (sgdState, momentumState, adamWState) = (sgd.Start(layout, Precision.Single), momentum.Start(layout, Precision.Single), adamW.Start(layout, Precision.Single));
    }

    [Benchmark(OperationsPerInvoke = Updates)]
    public void Sgd() => Run(sgd, sgdState, null);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void SgdTraced() => Run(sgd, sgdState, kept);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void MomentumTraced() => Run(momentum, momentumState, kept);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void AdamWTraced() => Run(adamW, adamWState, kept);

    void Run(Rule rule, RuleState state, IProgress<TracePoint>? trace) => new Training<float>(rule, schedule, (_, gradient) =>
    {
        slope.CopyTo(gradient);
        return 0;
    })
    {
        NextBatch = _ => { },
        Options = t => new(schedule.At(t)) { Threads = 1 },
        Records = _ => trace is not null,
        Progress = trace,
    }.Run(weights, Updates, state: state);

    sealed class Kept : IProgress<TracePoint>
    {
        readonly TracePoint[] points = new TracePoint[Updates];
        int count;

        public void Report(TracePoint value) => points[count++ % Updates] = value;
    }
}
