using System.Diagnostics;
using System.Globalization;

namespace Anneal.Benchmarks;

/// <summary>What two threads bring to a step, beside what this machine can give at that time: two steps that have nothing in common, one thread each, at once.</summary>
/// <remarks>
/// A turn is chains of multiply-adds in registers on one thread, a step on one, chains on two, a step on two, and two copies of a step at once. A ratio is the time of the first over that of the second, or twice
/// that where two are done; what the chains miss of 2 is the processor's clock, and what the copies miss beyond that is shared memory. Shares are of the chains of the same turn. Given are the ratio of the least
/// times and the median over the turns: where the clock changes from one turn to the next, the second means more.
/// </remarks>
static class TwoThreads
{
    const int Rounds = 2_000_000;

    static readonly string[] usual = ["Muon", "NorMuon", "AdaMuon", "Scion", "Dion2"];

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        string[] names = args.Length > 1 ? args[1..] : usual;
        Console.WriteLine($"{"rule",-30}{"shape",-20}{"1 thread",12}{"2 threads",12}{"copies",12}{"2 threads: least, median",26}{"copies: least, median",24}{"chains: median",16}{"shares, 1 and 2: median",26}{"turns",8}");
        foreach (var (shape, layout) in MatrixRules.Shapes)
            foreach (var (name, rule, precision) in MatrixRules.Rules)
                if (names.Contains(name) && !MatrixRules.IsTooLong(rule, layout))
                    Print(name, shape, layout, rule, precision, seconds);
    }

    static void Print(string name, string shape, Layout layout, Rule rule, Precision precision, double seconds)
    {
        Action<int> mine = Step(rule, layout, precision), other = Step(rule, layout, precision);
        using var beside = new Beside();
        Action[] ways =
        [
            () => Products.Chains(Rounds), () => mine(1), () => beside.Run(() => Products.Chains(Rounds), () => Products.Chains(Rounds)), () => mine(2), () => beside.Run(() => mine(1), () => other(1)),
        ];
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
        double Median(Func<double[], double> of)
        {
            double[] sorted = [.. turns.Select(of).Order()];
            return sorted[sorted.Length / 2];
        }
        string Took(int way) => string.Create(CultureInfo.InvariantCulture, $"{Least(way) * 1e3:F2} ms");
        string two = string.Create(CultureInfo.InvariantCulture, $"{Least(1) / Least(3):F2}, {Median(t => t[1] / t[3]):F2}");
        string copies = string.Create(CultureInfo.InvariantCulture, $"{2 * Least(1) / Least(4):F2}, {Median(t => 2 * t[1] / t[4]):F2}");
        string chains = string.Create(CultureInfo.InvariantCulture, $"{Median(t => 2 * t[0] / t[2]):F2}");
        string shares = string.Create(CultureInfo.InvariantCulture, $"{100 * Median(t => counted / t[1] / (chain / t[0])):F0}, {100 * Median(t => counted / t[3] / (2 * chain / t[2])):F0} %");
        Console.WriteLine($"{name,-30}{shape,-20}{Took(1),12}{Took(3),12}{Took(4),12}{two,26}{copies,24}{chains,16}{shares,26}{turns.Count,8}");
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
