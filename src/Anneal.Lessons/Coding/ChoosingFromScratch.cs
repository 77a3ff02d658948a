namespace Anneal.Lessons;

/// <summary>Two searches for a rate, written by the reader: the largest stable one, and the best one with few runs.</summary>
public static class ChoosingFromScratch
{
    /// <summary>Neighbours that are nearer to each other than this are not told apart.</summary>
    const double Nearness = 1.1;

    /// <summary>The first step between rates.</summary>
    const double Coarse = 4;

    /// <summary>Bisection for the largest stable rate: the largest rate that holds, a rate that holds, one that does not; the rates that are tried.</summary>
    public static CodingExercise<Func<double, double, double, double[]>> Edge { get; } = new("edge-by-bisection",
        "Write the bisection for the largest stable rate: the rates that are tried, in order.",
        (edge, low, high) => Bisect(edge, low, high, (a, b) => Math.Sqrt(a * b)))
    {
        Step = "try",
        Trials =
        [
            new("the edge shown", f => f(0.37, 0.01, 1), new Input("edge", 0.37), new("low", 0.01), new("high", 1)),
            new("an edge near the lower end", f => f(0.0021, 0.002, 64)),
            new("an edge near the upper end", f => f(31, 0.5, 32)),
            new("ends that are near each other already", f => f(0.105, 0.1, 0.12)),
        ],
        Slips =
        [
            new((edge, low, high) => Bisect(edge, low, high, (a, b) => (a + b) / 2), "That is the middle on a plain axis. Rates are compared by factors: the middle of 0.01 and 1 is 0.1, the root of their product."),
            new((edge, low, high) => Bisect(edge, low, high, (a, b) => Math.Sqrt(a * b), swapped: true), "The wrong half is kept: where the middle holds, the edge lies above it."),
            new((edge, low, high) => [low, high, .. Bisect(edge, low, high, (a, b) => Math.Sqrt(a * b))], "The two ends are known already: the first try is their middle."),
            new((edge, low, high) => Bisect(edge, low, high, (a, b) => Math.Sqrt(a * b), difference: true), "It goes on until high less low is small. Stop when high over low is at most 1.1."),
            new((edge, low, high) => [.. Bisect(edge, low, high, (a, b) => Math.Sqrt(a * b)).Where(r => r <= edge)], "Only the rates that hold are there. Those that do not hold cost a run too."),
            new((edge, low, high) => Bisect(edge, low, high, (a, b) => Math.Sqrt(a * b), nearness: Nearness * Nearness), "It stops a try too early: go on while high over low is above 1.1."),
        ],
    };

    /// <summary>A search from coarse to fine: the best rate, where to start, how many runs; the rates that are tried.</summary>
    public static CodingExercise<Func<double, double, double, double[]>> Search { get; } = new("coarse-to-fine",
        "Write the search from coarse to fine: the rates of its runs, in order.",
        (best, start, runs) => CoarseToFine(best, start, runs))
    {
        Step = "run",
        Trials =
        [
            new("the search shown", f => f(0.02, 0.05, 9), new Input("best", 0.02), new("start", 0.05), new("runs", 9)),
            new("a start far too low", f => f(2.7, 0.001, 12)),
            new("a start far too high", f => f(3e-5, 0.01, 14)),
            new("a start that is nearly right", f => f(0.11, 0.1, 7)),
            new("a budget of three", f => f(1, 0.1, 3)),
        ],
        Slips =
        [
            new((best, start, runs) => CoarseToFine(best, start, runs, up: true), "Four times the start was worse, and it goes on up all the same. Turn round, and go down from the start."),
            new((best, start, runs) => CoarseToFine(best, start, runs, from: Centre.Start), "The fine steps go round the start. Put them round the best rate so far."),
            new((best, start, runs) => CoarseToFine(best, start, runs, from: Centre.Last), "The fine steps go round the last rate. The last coarse run is the one that was worse: put them round the best."),
            new((best, start, runs) => CoarseToFine(best, start, runs, shrink: false, fine: Coarse), "The step stays 4. Once a coarse step no longer helps it becomes 2, then √2, and so on."),
            new((best, start, runs) => CoarseToFine(best, start, runs, shrink: false), "After the step 2 it must shrink again: its root each time."),
            new((best, start, runs) => CoarseToFine(best, start, runs, one: true), "Only the upper neighbour is tried. The best may lie on either side."),
            new((best, start, runs) => CoarseToFine(best, start, runs, swapped: true), "The lower neighbour comes first. Try the upper one first."),
        ],
    };

    static double[] Bisect(double edge, double low, double high, Func<double, double, double> middle, bool swapped = false, bool difference = false, double nearness = Nearness)
    {
        var tried = new List<double>();
        while ((difference ? high - low > 0.02 : high / low > nearness) && tried.Count < 60)
        {
            double next = middle(low, high);
            tried.Add(next);
            if (next <= edge != swapped)
                low = next;
            else
                high = next;
        }
        return [.. tried];
    }

    enum Centre
    {
        Best,
        Start,
        Last,
    }

    static double[] CoarseToFine(double best, double start, double runs, bool up = false, Centre from = Centre.Best, bool shrink = true, double fine = 2, bool one = false, bool swapped = false)
    {
        List<double> tried = [start, Coarse * start];
        double Loss(double rate) => Math.Pow(Math.Log(rate / best), 2);
        double step = up || Loss(tried[1]) < Loss(start) ? Coarse : 1 / Coarse, least = tried.MinBy(Loss);
        for (bool falls = true; falls && tried.Count < runs;)
        {
            double next = (up ? tried[^1] : least) * step;
            tried.Add(next);
            falls = Loss(next) < Loss(least);
            least = tried.MinBy(Loss);
        }
        for (double factor = fine; tried.Count < runs; factor = shrink ? Math.Sqrt(factor) : factor)
        {
            double centre = from switch { Centre.Start => start, Centre.Last => tried[^1], _ => least };
            double[] sides = one ? [centre * factor] : swapped ? [centre / factor, centre * factor] : [centre * factor, centre / factor];
            tried.AddRange(sides);
            least = tried.MinBy(Loss);
        }
        return [.. tried.Take((int)runs)];
    }
}
