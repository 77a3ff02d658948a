using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace Anneal.Benchmarks;

/// <summary>What two threads bring to a step, beside what this machine can give at that time: two steps that have nothing in common, one thread each, at once.</summary>
/// <remarks>
/// A turn is a step on one thread, a step on two, and two copies of a step at once. Before and after each of them the peak is measured on as many threads: some milliseconds of multiply-adds in registers. A share is the
/// multiply-adds a second of the step over the mean of the peaks beside it, so a clock that changes from one step to the next leaves it as it is. All are medians over the turns, shares with their quartiles. A ratio is
/// the time of one thread over that of two, or twice that where two are done; that of the peaks is what the processor's clock leaves of 2, and what the copies miss beyond that is shared memory.
/// <para>Another machine on the same cores takes caches as well as multiply-adds, and then a share falls with the peak. So shares are given once more of those steps alone on whose both sides the peak was within a
/// twentieth of the highest of the run on so many threads: chosen by the peak, not by the step.</para>
/// </remarks>
static class TwoThreads
{
    const int Rounds = 2_000_000;

    static readonly string[] usual = ["Muon", "NorMuon", "AdaMuon", "Scion", "Dion2"];

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        string[] names = args.Length > 1 ? args[1..] : usual;
        List<(string Rule, string Shape, Measured[][] Turns)> rows = [];
        foreach (var (shape, layout) in MatrixRules.Shapes)
            foreach (var (name, rule, precision) in MatrixRules.Rules)
                if (names.Contains(name) && !MatrixRules.IsTooLong(rule, layout))
                    rows.Add((name, shape, Turns(layout, rule, precision, seconds)));
        double[] highest = [.. Enumerable.Range(0, 3).Select(way => rows.Max(row => row.Turns.Max(t => t[way].HigherPeak)))];
        highest[1] = highest[2] = Math.Max(highest[1], highest[2]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"highest peak: {highest[0] / 1e9:F1} and {highest[1] / 1e9:F1} billion multiply-adds a second"));
        Console.WriteLine($"{"rule",-10}{"shape",-20}{"1 thread",12}{"2 threads",12}{"copies",12}{"2 threads",11}{"copies",8}{"peaks",8}{"share: 1 thread",34}{"2 threads",34}{"copies",34}{"turns",8}");
        foreach (var (rule, shape, turns) in rows)
        {
            string Took(int way) => string.Create(CultureInfo.InvariantCulture, $"{Quantile(0.5, turns.Select(t => t[way].Seconds)) * 1e3:F2} ms");
            string Ratio(Func<Measured[], double> of) => Quantile(0.5, turns.Select(of)).ToString("F2", CultureInfo.InvariantCulture);
            string Share(int way)
            {
                double[] all = [.. turns.Select(t => 100 * t[way].Share)], high = [.. turns.Where(t => t[way].LowerPeak >= 0.95 * highest[way]).Select(t => 100 * t[way].Share)];
                string near = high.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Quantile(0.5, high):F0}");
                return string.Create(CultureInfo.InvariantCulture, $"{Quantile(0.5, all):F0} ({Quantile(0.25, all):F0} to {Quantile(0.75, all):F0}){near} in {high.Length}");
            }
            Console.WriteLine($"{rule,-10}{shape,-20}{Took(0),12}{Took(1),12}{Took(2),12}{Ratio(t => t[0].Seconds / t[1].Seconds),11}{Ratio(t => 2 * t[0].Seconds / t[2].Seconds),8}"
                + $"{Ratio(t => t[1].Peak / t[0].Peak),8}{Share(0),34}{Share(1),34}{Share(2),34}{turns.Length,8}");
        }
    }

    static double Quantile(double share, IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[(int)(share * sorted.Length)];
    }

    /// <summary>A step, and the multiply-adds a second before and after it.</summary>
    readonly record struct Measured(double MultiplyAdds, double Seconds, double Before, double After)
    {
        public double Peak => (Before + After) / 2;

        public double HigherPeak => Math.Max(Before, After);

        public double LowerPeak => Math.Min(Before, After);

        public double Share => MultiplyAdds / Seconds / Peak;
    }

    static Measured[][] Turns(Layout layout, Rule rule, Precision precision, double seconds)
    {
        double counted = MatrixRules.MultiplyAdds(rule, layout) ?? double.NaN;
        Action<int> mine = Step(rule, layout, precision), other = Step(rule, layout, precision);
        using var beside = new Beside();
        (double MultiplyAdds, int Threads, Action Run)[] ways = [(counted, 1, () => mine(1)), (counted, 2, () => mine(2)), (2 * counted, 2, () => beside.Run(() => mine(1), () => other(1)))];
        Measured Measure((double MultiplyAdds, int Threads, Action Run) way)
        {
            double before = Peak(way.Threads, beside);
            long start = Stopwatch.GetTimestamp();
            way.Run();
            double took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return new(way.MultiplyAdds, took, before, Peak(way.Threads, beside));
        }
        foreach (var way in ways)
            Measure(way);
        List<Measured[]> turns = [];
        var clock = Stopwatch.StartNew();
        do
            turns.Add([.. ways.Select(Measure)]);
        while (clock.Elapsed.TotalSeconds < seconds);
        return [.. turns];
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
