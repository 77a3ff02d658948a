using System.Diagnostics;
using System.Globalization;

namespace Anneal.Benchmarks;

/// <summary>What two threads bring to a step, beside what this machine can give at that time: two steps that have nothing in common, one thread each, at once.</summary>
/// <remarks>
/// All take turns. A ratio is the time of one step on one thread over that of one on two, or twice that time over the time in which both copies are done. *Chains* are multiply-adds in registers alone, likewise:
/// what they miss of 2 is the processor's clock, and what the copies miss beyond that is shared memory. Each ratio is of the least times and of the medians.
/// </remarks>
static class TwoThreads
{
    static readonly string[] usual = ["Muon", "NorMuon", "AdaMuon", "Scion", "Dion2"];

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        string[] names = args.Length > 1 ? args[1..] : usual;
        Console.WriteLine($"{"rule",-36}{"shape",-20}{"1 thread",12}{"2 threads",12}{"copies",12}{"  ratio: least, median",24}{"  copies: least, median",26}{"  chains: least, median",26}{"turns",8}");
        foreach (var (shape, layout) in MatrixRules.Shapes)
            foreach (var (name, rule, precision) in MatrixRules.Rules)
                if (names.Contains(name) && !MatrixRules.IsTooLong(rule, layout))
                    Print(name, shape, layout, rule, precision, seconds);
    }

    static void Print(string name, string shape, Layout layout, Rule rule, Precision precision, double seconds)
    {
        Action<int> mine = Step(rule, layout, precision), other = Step(rule, layout, precision);
        using var beside = new Beside();
        (string Name, Action Run)[] ways =
        [
            ("one thread", () => mine(1)), ("two threads", () => mine(2)), ("copies", () => beside.Run(() => mine(1), () => other(1))),
            ("chains, one", () => Products.Chains(2_000_000)), ("chains, two", () => beside.Run(() => Products.Chains(2_000_000), () => Products.Chains(2_000_000))),
        ];
        foreach (var (_, run) in ways)
            run();
        List<double>[] times = [.. ways.Select(_ => new List<double>())];
        var clock = Stopwatch.StartNew();
        do
            for (int w = 0; w < ways.Length; w++)
            {
                long start = Stopwatch.GetTimestamp();
                ways[w].Run();
                times[w].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        while (clock.Elapsed.TotalSeconds < seconds);
        foreach (var list in times)
            list.Sort();
        double Least(int w) => times[w][0];
        double Median(int w) => times[w][times[w].Count / 2];
        string Ratio(int one, int two, int steps) => string.Create(CultureInfo.InvariantCulture, $"{steps * Least(one) / Least(two):F2}, {steps * Median(one) / Median(two):F2}");
        string Took(int w) => string.Create(CultureInfo.InvariantCulture, $"{Least(w) * 1e3:F2} ms");
        Console.WriteLine($"{name,-36}{shape,-20}{Took(0),12}{Took(1),12}{Took(2),12}{Ratio(0, 1, 1),24}{Ratio(0, 2, 2),26}{Ratio(3, 4, 2),26}{times[0].Count,8}");
    }

    /// <summary>A step on so many threads of a rule with weights and memory of its own.</summary>
    static Action<int> Step(Rule rule, Layout layout, Precision precision)
    {
        var random = new Random(1);
        float[] weights = [.. Enumerable.Range(0, layout.Count).Select(_ => random.NextSingle() - 0.5f)], gradient = [.. weights];
        var state = rule.Start(layout, precision);
        return threads => rule.Step(state, weights, gradient, new StepOptions(1e-4) { Threads = threads });
    }
}
