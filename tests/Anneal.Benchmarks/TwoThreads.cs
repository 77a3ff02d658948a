using System.Diagnostics;
using System.Globalization;

namespace Anneal.Benchmarks;

/// <summary>What two threads bring to a step, beside what this machine can give at that time: two steps that have nothing in common, one thread each, at once.</summary>
/// <remarks>
/// A turn is a step on one thread, a step on two, and two copies of a step at once, each between chains of multiply-adds in registers on as many threads. A ratio is the time of the first over that of the second,
/// or twice that where two are done: what the chains miss of 2 is the processor's clock, and what the copies miss beyond that is shared memory. Given are the ratio of the least times and the median over the
/// turns: where the clock changes from one turn to the next, the second means more. Shares are of the least times of the step and of the chains.
/// </remarks>
static class TwoThreads
{
    const int Rounds = 2_000_000;

    static readonly string[] usual = ["Muon", "NorMuon", "AdaMuon", "Scion", "Dion2"];

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        string[] names = args.Length > 1 ? args[1..] : usual;
        Console.WriteLine($"{"rule",-30}{"shape",-20}{"1 thread",12}{"2 threads",12}{"copies",12}{"2 threads: least, median",26}{"copies: least, median",24}{"chains",8}{"shares, 1 and 2",20}{"turns",8}");
        foreach (var (shape, layout) in MatrixRules.Shapes)
            foreach (var (name, rule, precision) in MatrixRules.Rules)
                if (names.Contains(name) && !MatrixRules.IsTooLong(rule, layout))
                    Print(name, shape, layout, rule, precision, seconds);
    }

    static void Print(string name, string shape, Layout layout, Rule rule, Precision precision, double seconds)
    {
        Action<int> mine = Step(rule, layout, precision), other = Step(rule, layout, precision);
        using var beside = new Beside();
        Action one = () => Products.Chains(Rounds), two = () => beside.Run(one, one);
        Action[] ways = [one, () => mine(1), one, two, () => mine(2), two, () => beside.Run(() => mine(1), () => other(1)), two];
        foreach (var run in ways)
            run();
        List<double[]> turns = [];
        var clock = Stopwatch.StartNew();
        do
            turns.Add([.. ways.Select(run =>
            {
                long start = Stopwatch.GetTimestamp();
                run();
                return Stopwatch.GetElapsedTime(start).TotalSeconds;
            })]);
        while (clock.Elapsed.TotalSeconds < seconds);
        double counted = MatrixRules.MultiplyAdds(rule, layout) ?? double.NaN, chain = Rounds * 10.0 * System.Runtime.Intrinsics.Vector512<float>.Count;
        double Least(int way) => turns.Min(t => t[way]);
        double alone = Math.Min(Least(0), Least(2)), both = Math.Min(Least(3), Math.Min(Least(5), Least(7)));
        double Median(Func<double[], double> of)
        {
            double[] sorted = [.. turns.Select(of).Order()];
            return sorted[sorted.Length / 2];
        }
        string Took(int way) => string.Create(CultureInfo.InvariantCulture, $"{Least(way) * 1e3:F2} ms");
        string Numbers(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        Console.WriteLine($"{name,-30}{shape,-20}{Took(1),12}{Took(4),12}{Took(6),12}{Numbers($"{Least(1) / Least(4):F2}, {Median(t => t[1] / t[4]):F2}"),26}{Numbers($"{2 * Least(1) / Least(6):F2}, {Median(t => 2 * t[1] / t[6]):F2}"),24}{Numbers($"{2 * alone / both:F2}"),8}"
            + $"{Numbers($"{100 * counted / Least(1) / (chain / alone):F0}, {100 * counted / Least(4) / (2 * chain / both):F0} %"),20}{turns.Count,8}");
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
