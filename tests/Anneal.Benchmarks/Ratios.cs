using System.Diagnostics;
using System.Globalization;

namespace Anneal.Benchmarks;

/// <summary>A table of every rule's step beside its limit, taken in turns: the least of many, so that a busy machine spoils little.</summary>
/// <remarks>A rule's own number of remembered arrays is its limit's, four at most; rules that keep whole matrices are left out.</remarks>
static class Ratios
{
    public static void Print(string[] args)
    {
        int weights = args.Length > 0 ? Number(args[0]) : 100_000, threads = args.Length > 1 ? Number(args[1]) : 1;
        string[] names = args.Length > 2 && args[2] != "all" ? args[2].Split(',') : [];
        double seconds = args.Length > 3 ? double.Parse(args[3], CultureInfo.InvariantCulture) : 1;
        Console.WriteLine($"{weights} float weights, {threads} thread(s); the least of {seconds:0.#} s, rule and limit in turns");
        Console.WriteLine($"{"rule",-18} {"arrays",6} {"ns a step",14} {"median",14} {"ns a weight",12} {"GB/s",6} {"limit: ns",14} {"ratio",6} {"bytes allocated",16}");
        foreach (var rule in Gallery.Rules)
            if (rule is not (Preconditioned or NewtonStep or Nesterov or Lbfgs or Muon or Shampoo or Soap) && (names.Length == 0 || names.Contains(rule.GetType().Name)))
                Console.WriteLine(Row(rule, weights, threads, seconds));
    }

    static string Row(Rule rule, int weights, int threads, double seconds)
    {
        var random = new Random(1);
        float[] w = Drawn(random, weights), g = Drawn(random, weights);
        var state = rule.Start(Layout.Of(weights), Precision.Single);
        int arrays = Math.Min(4, state.Slots.Count(c => c.Length == weights));
        var limit = new Limit(w, g, [.. Enumerable.Range(0, arrays).Select(_ => Drawn(random, weights))]);
        var knobs = new StepOptions(1e-6) { Threads = threads };
        int together = Math.Max(1, 20_000 / weights);
        double least = double.MaxValue, leastLimit = double.MaxValue;
        List<double> all = [];
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds || least == double.MaxValue)
        {
            all.Add(Time(() => rule.Step(state, w, g, knobs), together));
            least = Math.Min(least, all[^1]);
            leastLimit = Math.Min(leastLimit, Time(() => limit.Run(threads), together));
        }
        all.Sort();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        rule.Step(state, w, g, knobs);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return string.Create(CultureInfo.InvariantCulture,
            $"{rule.GetType().Name,-18} {arrays,6} {least,14:F0} {all[all.Count / 2],14:F0} {least / weights,12:F3} {4 * (3 + 2 * arrays) * weights / least,6:F1} {leastLimit,14:F0} {leastLimit / least,6:F2} {allocated,16}");
    }

    static double Time(Action run, int together)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < together; i++)
            run();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / together;
    }

    static int Number(string text) => (int)double.Parse(text, CultureInfo.InvariantCulture);

    static float[] Drawn(Random random, int length)
    {
        var drawn = new float[length];
        for (int i = 0; i < length; i++)
            drawn[i] = random.NextSingle() - 0.5f;
        return drawn;
    }
}
