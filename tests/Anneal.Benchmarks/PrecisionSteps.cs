using System.Diagnostics;
using System.Globalization;

namespace Anneal.Benchmarks;

/// <summary>What a step costs by how weights and memory are kept, all in turns: the least of many, so that a busy machine spoils little.</summary>
static class PrecisionSteps
{
    static readonly (string Name, Func<Rule, Rule> Around, Precision Precision)[] ways =
    [
        ("float weights and memory", r => r, Precision.Single), ("bfloat16 memory, to nearest", r => r, Precision.SingleWithBFloat16StateRoundedToNearest),
        ("bfloat16 memory, by chance", r => r, Precision.SingleWithBFloat16State), ("bfloat16 weights, to nearest", r => new RoundedWeights(r, Rounding: Rounding.Nearest), Precision.Single),
        ("bfloat16 weights, by chance", r => new RoundedWeights(r), Precision.Single),
        ("bfloat16 weights and memory, by chance", r => new RoundedWeights(r), Precision.SingleWithBFloat16State), ("bfloat16 weights, Kahan", r => new KahanWeights(r), Precision.Single),
        ("bfloat16 weights, float master", r => new MasterWeights(r), Precision.Single), ("float16 weights, by chance", r => new RoundedWeights(r, NumberFormat.Float16), Precision.Single),
        ("float16 weights, Kahan", r => new KahanWeights(r, NumberFormat.Float16), Precision.Single), ("float16 weights, float master", r => new MasterWeights(r, NumberFormat.Float16), Precision.Single),
        ("scaled loss", r => new DynamicLossScale(r), Precision.Single),
    ];

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        Rule[] rules = [new AdamW(), new Momentum()];
        foreach (int weights in new[] { 10_000, 1_000_000, 25_000_000 })
            foreach (var rule in rules)
            {
                var random = new Random(1);
                float[] w = [.. Enumerable.Range(0, weights).Select(_ => random.NextSingle() - 0.5f)], g = [.. Enumerable.Range(0, weights).Select(_ => random.NextSingle() - 0.5f)];
                var runs = ways.Select(way => (Rule: way.Around(rule), Least: new[] { double.MaxValue, double.MaxValue })).ToArray();
                var states = ways.Zip(runs, (way, run) => run.Rule.Start(Layout.Of(weights), way.Precision)).ToArray();
                int together = Math.Max(1, 100_000 / weights);
                var clock = Stopwatch.StartNew();
                do
                    for (int k = 0; k < ways.Length; k++)
                        for (int threads = 1; threads <= 2; threads++)
                        {
                            var options = new StepOptions(1e-6) { Threads = threads };
                            long start = Stopwatch.GetTimestamp();
                            for (int i = 0; i < together; i++)
                                runs[k].Rule.Step(states[k], w, g, options);
                            ref double least = ref runs[k].Least[threads - 1];
                            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds / together / weights);
                        }
                while (clock.Elapsed.TotalSeconds < seconds);
                Console.WriteLine($"{rule.GetType().Name}, {weights} weights: ns a weight with one thread and with two, and times that of floats");
                for (int k = 0; k < ways.Length; k++)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"  {ways[k].Name,-42}{runs[k].Least[0],8:F3}{runs[k].Least[1],8:F3}{runs[k].Least[0] / runs[0].Least[0],8:F2}{runs[k].Least[1] / runs[0].Least[1],8:F2}"));
            }
    }
}
