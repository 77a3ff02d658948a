using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace Anneal.Benchmarks;

/// <summary>What two threads bring to a step, beside what this machine can give at that time: two steps that have nothing in common, one thread each, at once.</summary>
/// <remarks>
/// A turn is a step on one thread, a step on two, and two copies of a step at once. Before and after each of them the peak is measured on as many threads: some milliseconds of multiply-adds in registers. A share is the
/// multiply-adds a second of the step over the mean of the peaks beside it, so a clock that changes from one step to the next leaves it as it is. All are medians over the turns, shares with their quartiles. A ratio is
/// the time of one thread over that of two, or twice that where two are done; that of the peaks is what the processor's clock leaves of 2, and what the copies miss beyond that is shared memory.
/// </remarks>
static class TwoThreads
{
    const int Rounds = 2_000_000;

    static readonly string[] usual = ["Muon", "NorMuon", "AdaMuon", "Scion", "Dion2"];

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        string[] names = args.Length > 1 ? args[1..] : usual;
        Console.WriteLine($"{"rule",-30}{"shape",-20}{"1 thread",12}{"2 threads",12}{"copies",12}{"2 threads",11}{"copies",8}{"peaks",8}{"share: 1 thread",24}{"2 threads",24}{"copies",24}{"turns",8}");
        foreach (var (shape, layout) in MatrixRules.Shapes)
            foreach (var (name, rule, precision) in MatrixRules.Rules)
                if (names.Contains(name) && !MatrixRules.IsTooLong(rule, layout))
                    Print(name, shape, layout, rule, precision, seconds);
    }

    static void Print(string name, string shape, Layout layout, Rule rule, Precision precision, double seconds)
    {
        double counted = MatrixRules.MultiplyAdds(rule, layout) ?? double.NaN;
        Action<int> mine = Step(rule, layout, precision), other = Step(rule, layout, precision);
        using var beside = new Beside();
        (double Work, int Threads, Action Run)[] ways = [(counted, 1, () => mine(1)), (counted, 2, () => mine(2)), (2 * counted, 2, () => beside.Run(() => mine(1), () => other(1)))];
        (double Seconds, double Peak, double Share) Measure((double Work, int Threads, Action Run) way)
        {
            double before = Peak(way.Threads, beside);
            long start = Stopwatch.GetTimestamp();
            way.Run();
            double took = Stopwatch.GetElapsedTime(start).TotalSeconds, peak = (before + Peak(way.Threads, beside)) / 2;
            return (took, peak, way.Work / took / peak);
        }
        foreach (var way in ways)
            Measure(way);
        List<(double Seconds, double Peak, double Share)[]> turns = [];
        var clock = Stopwatch.StartNew();
        do
            turns.Add([.. ways.Select(Measure)]);
        while (clock.Elapsed.TotalSeconds < seconds);
        double Quantile(double share, Func<(double Seconds, double Peak, double Share)[], double> of) => turns.Select(of).Order().ElementAt((int)(share * turns.Count));
        string Took(int way) => string.Create(CultureInfo.InvariantCulture, $"{Quantile(0.5, t => t[way].Seconds) * 1e3:F2} ms");
        string Ratio(Func<(double Seconds, double Peak, double Share)[], double> of) => Quantile(0.5, of).ToString("F2", CultureInfo.InvariantCulture);
        string Share(int way) => string.Create(CultureInfo.InvariantCulture, $"{100 * Quantile(0.5, t => t[way].Share):F1} ({100 * Quantile(0.25, t => t[way].Share):F1} to {100 * Quantile(0.75, t => t[way].Share):F1})");
        Console.WriteLine($"{name,-30}{shape,-20}{Took(0),12}{Took(1),12}{Took(2),12}{Ratio(t => t[0].Seconds / t[1].Seconds),11}{Ratio(t => 2 * t[0].Seconds / t[2].Seconds),8}{Ratio(t => t[1].Peak / t[0].Peak),8}"
            + $"{Share(0),24}{Share(1),24}{Share(2),24}{turns.Count,8}");
    }

    /// <summary>Multiply-adds a second of so many threads at once, each by its own clock: waking the second one does not count.</summary>
    static double Peak(int threads, Beside beside)
    {
        if (threads == 1)
            return Chains();
        double here = 0, there = 0;
        beside.Run(() => here = Chains(), () => there = Chains());
        return here + there;
    }

    static double Chains()
    {
        long start = Stopwatch.GetTimestamp();
        Products.Chains(Rounds);
        return Rounds * 10.0 * Vector512<float>.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
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
