using MathNet.Numerics.Statistics;

namespace Anneal.Lessons;

/// <summary>The tools of a fair trial that the reader writes.</summary>
public static class TrialsFromScratch
{
    static readonly double[] first = [0.31, 0.24, 0.40, 0.28, 0.35], second = [0.36, 0.27, 0.47, 0.30, 0.38];
    static readonly double[] up = [1, 2, 3, 4, 5, 6], down = [6, 4, 5, 1, 3, 2];
    static readonly double[] shown = [0.030, 0.012, 0.500, 0.024], certain = [0.9, 0.4, 0.7], unsorted = [0.04, 0.001, 0.03, 0.011, 0.2, 0.012];

    /// <summary>A paired interval: losses of A, losses of B on the same seeds, the quantile t; mean, low and high of B − A.</summary>
    public static CodingExercise<Func<double[], double[], double, double[]>> PairedInterval { get; } = new("paired-interval-from-scratch",
        "Write the paired interval, mean ± t·s/√n of the differences B − A: an array of mean, low, high.", Interval)
    {
        Step = "number",
        Trials =
        [
            new("the losses shown", f => f(first, second, 2.776), new Input("loss of A", first), new Input("loss of B", second), new("t", 2.776)),
            new("six pairs", f => f(up, down, 2.571), new Input("loss of A", up), new Input("loss of B", down)),
            new("A and B swapped", f => f(second, first, 2.776), new Input("loss of A", second), new Input("loss of B", first)),
        ],
        Slips =
        [
            new((a, b, t) => Around(Differences(b, a), t, d => d.StandardDeviation() / Math.Sqrt(d.Length)), "The sign: the difference asked for is B − A."),
            new((a, b, t) => Around(Differences(a, b), t, d => d.StandardDeviation()), "√n is missing: a mean of n values scatters by s/√n."),
            new((a, b, t) => Around(Differences(a, b), t, d => d.PopulationStandardDeviation() / Math.Sqrt(d.Length)), "s divides by n. A sample's standard deviation divides by n − 1."),
            new((a, b, t) => Around(Differences(a, b), t, d => Math.Sqrt((a.Variance() + b.Variance()) / d.Length)),
                "That is the unpaired interval, from the spread of A and of B. Take the spread of the differences: what a seed does to both cancels."),
            new((a, b, t) => Around(Differences(a, b), t, d => d.Variance() / Math.Sqrt(d.Length)), "s is the standard deviation: the root of the variance is missing."),
            new((a, b, t) => Around(Differences(a, b), 1, d => d.StandardDeviation() / Math.Sqrt(d.Length)), "t is missing: mean ± s/√n holds the truth in far fewer than 95 of 100 trials."),
        ],
    };

    /// <summary>Holm's correction of a list of p-values, in the order in which they were given.</summary>
    public static CodingExercise<Func<double[], double[]>> Holm { get; } = new("holm-from-scratch",
        "Write Holm's correction: the corrected p-values, in the order in which they were given.", p => Stepping(p, (x, rank, before) => Math.Max(before, Math.Min(1, rank * x))))
    {
        Step = "p-value",
        Trials =
        [
            new("the p-values shown", f => f(shown), new Input("p", shown)),
            new("large p-values", f => f(certain), new Input("p", certain)),
            new("six p-values", f => f(unsorted), new Input("p", unsorted)),
        ],
        Slips =
        [
            new(p => [.. p.Select(x => Math.Min(1, p.Length * x))], "That is Bonferroni: each is multiplied by the number of all. Holm's factor falls by one from the smallest on."),
            new(p => Stepping(p, (x, rank, _) => Math.Min(1, rank * x)), "A corrected p may not be smaller than that of a smaller p: keep the largest so far."),
            new(p => Stepping(p, (x, rank, before) => Math.Max(before, rank * x)), "A p-value is at most 1."),
            new(p => [.. Stepping(p, (x, rank, before) => Math.Max(before, Math.Min(1, rank * x))).Order()], "They come back sorted. Give each back at the place of its own p."),
            new(p => Stepping(p, (x, rank, before) => Math.Max(before, Math.Min(1, (p.Length + 1 - rank) * x))), "The factors run the wrong way: the smallest p is multiplied by the number of all."),
            new(p => [.. p], "That is no correction yet: the smallest of m p-values is multiplied by m."),
        ],
    };

    static double[] Differences(double[] a, double[] b) => [.. a.Zip(b, (x, y) => y - x)];

    static double[] Interval(double[] a, double[] b, double t) => Around(Differences(a, b), t, d => d.StandardDeviation() / Math.Sqrt(d.Length));

    static double[] Around(double[] differences, double t, Func<double[], double> error)
    {
        double mean = differences.Average(), half = t * error(differences);
        return [mean, mean - half, mean + half];
    }

    /// <summary>From the smallest p to the largest; next is told p, its factor m, m − 1, …, 1, and the corrected value before it.</summary>
    static double[] Stepping(double[] p, Func<double, int, double, double> next)
    {
        var corrected = new double[p.Length];
        double before = 0;
        foreach (var (rank, i) in Enumerable.Range(0, p.Length).OrderBy(i => p[i]).Index())
            corrected[i] = before = next(p[i], p.Length - rank, before);
        return corrected;
    }
}
