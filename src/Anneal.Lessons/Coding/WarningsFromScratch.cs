namespace Anneal.Lessons;

/// <summary>What watches a run, written by the reader: the onset of divergence in a log, a warm-up by the update-to-weight ratio, the sharpness.</summary>
public static class WarningsFromScratch
{
    static readonly double[] spike = [4, 3.25, 3, 3.75, 3, 2.75, 2.5], slow = [4, 3, 2.5, 2.75, 3, 3.25, 3.5], stuck = [4, 3.5, 3.5, 3.25, 3.25, 3.5, 3.25], broken = [4, 3, 2.5, 2.5, double.NaN, double.NaN, double.NaN], exact = [4, 3.5, 3, 2.5, 2.5, 2.5, 3];
    static readonly double[] aWeights = [2, 2, 2.1, 2.3, 2.5, 2.6, 2.8, 3], aSteps = [2.4, 3, 2.6, 2.2, 2.4, 1.8, 1.2, 1], bWeights = [20, 20, 20, 20.5, 21, 21, 22, 22], bSteps = [30, 22, 20, 35, 25, 16, 9, 8];
    static readonly double[] zero = [0, 0.1, 0.3, 0.5, 0.8, 1, 1.2, 1.4];
    static readonly double[] bends = [2, 5, -1], place = [0.5, -0.25, 1], direction = [3, 1, 2];

    /// <summary>When runs diverged: their losses, and the rise that counts; for each run the index of its onset, −1 where it did not diverge.</summary>
    public static CodingExercise<Func<double[][], double, double[]>> Onset { get; } = new("onset-from-log",
        "For each run: the index (from 0) of the first loss that lies the given rise or more above the lowest up to it, if the last loss does so too; otherwise −1. A loss that is no number counts as infinite.",
        (runs, rise) => Each(runs, run => First(run, rise)))
    {
        Step = "index",
        FirstStep = 0,
        Trials =
        [
            new("the logs shown", f => f([spike, slow, stuck, broken, exact], 0.5), new Input("run 0", spike), new Input("run 1", slow), new Input("run 2", stuck), new Input("run 3", broken), new Input("run 4", exact), new("rise", 0.5)),
            new("a smaller rise", f => f([spike, slow, stuck, exact], 0.25), new Input("run 0", spike), new Input("run 1", slow), new Input("run 2", stuck), new Input("run 3", exact)),
            new("a run that comes back twice and then does not", f => f([[5, 3, 4, 3, 4.5, 3, 2.5, 4, 4.25], [3, 3, 3]], 1)),
            new("an infinity in the middle", f => f([[3, 2, double.PositiveInfinity, 2, 1.5], [3, 2, 2, double.NaN, 9]], 0.5)),
        ],
        Slips =
        [
            new((runs, rise) => Each(runs, run => First(run, rise, comesBack: true)), "A spike that heals is no divergence: the last loss must be high too, or the answer is −1."),
            new((runs, rise) => Each(runs, run => First(run, rise, lowest: (l, i) => l[Math.Max(0, i - 1)])), "Each loss is compared with the one before it. A slow rise never shows that way: compare with the lowest so far."),
            new((runs, rise) => Each(runs, run => First(run, rise, lowest: (l, _) => l[0])), "The losses are compared with the first one. What counts is the lowest so far: a run can lose all it learned and still end below its start."),
            new((runs, rise) => Each(runs, run => First(run, rise, lowest: (l, _) => l.Where(double.IsFinite).Min())), "The lowest of the whole run lies in the future of its first losses. Take the lowest of the losses up to this one."),
            new((runs, rise) => Each(runs, run => First(run, rise, nan: x => x)), "Every comparison with NaN is false, so a run that broke looks healthy. Treat what is no number as infinite."),
            new((runs, rise) => Each(runs, run => First(run, rise) is >= 0 and var i ? i + 1 : -1), "The first loss has the index 0."),
            new((runs, rise) => Each(runs, run => First(run, rise + 1e-6)), "A rise of exactly the given size counts: at or above, not above."),
            new((runs, rise) => Each(runs, run => First(run, rise) is >= 0 ? Array.IndexOf(run, run.Where(double.IsFinite).Min()) : -1), "That is where the loss was lowest. The onset is where it has risen by the given amount."),
        ],
    };

    /// <summary>A warm-up that keeps every tensor's update-to-weight ratio below a limit: for each tensor the norms of its weights and those of the rule's step at rate 1, peak, limit; the rate of each update.</summary>
    public static CodingExercise<Func<double[][], double[][], double, double, double[]>> Climb { get; } = new("climb-from-log",
        "Write the highest warm-up that never falls, never exceeds the peak, and keeps rate · step / weights at or below the limit in every tensor: the rate at each update.",
        (weights, steps, peak, limit) => Rising(Bounds(weights, steps, peak, limit)))
    {
        Trials =
        [
            new("the log shown", f => f([aWeights, bWeights], [aSteps, bSteps], 0.002, 0.001), new Input("weights of A", aWeights), new Input("steps of A", aSteps), new Input("weights of B", bWeights), new Input("steps of B", bSteps), new("peak", 0.002), new("limit", 0.001)),
            new("a higher peak", f => f([aWeights, bWeights], [aSteps, bSteps], 0.01, 0.001), new Input("weights of A", aWeights), new Input("steps of A", aSteps), new Input("weights of B", bWeights), new Input("steps of B", bSteps)),
            new("a tensor that starts at 0", f => f([aWeights, zero, bWeights], [aSteps, bSteps, aSteps], 0.003, 0.002)),
            new("one tensor", f => f([bWeights], [aSteps], 0.05, 0.01)),
        ],
        Slips =
        [
            new((w, u, p, l) => Bounds(w, u, p, l), "These rates go up and down with the log. A warm-up never falls: no rate may exceed the limit of any later update."),
            new((w, u, p, l) => Rising(Bounds([Whole(w)], [Whole(u)], p, l)), "That is one ratio for all weights together, in which a small tensor does not show. Every tensor has a limit of its own; the smallest decides."),
            new((w, u, p, l) => Falling(Bounds(w, u, p, l)), "The smallest limit so far gives rates that fall. A rate must stay below the limits that come after it: go through the log from its end."),
            new((w, u, p, l) => [.. Bounds(w, u, p, l).Select((_, t) => Bounds(w, u, p, l).Take(t + 1).Max())], "The largest limit so far never falls, but it lies above later limits. Take the smallest from here on."),
            new((w, u, p, l) => Rising(Bounds(w, u, double.PositiveInfinity, l)), "The peak is missing: where the limit allows more, the rate stays at the peak."),
            new((w, u, p, l) => Rising(Bounds(u, w, p, l)), "The ratio is upside down: the step's norm goes over the weights' norm, so the limit on the rate is limit · weights / step."),
            new((w, u, p, l) => Rising([.. Enumerable.Range(0, w[0].Length).Select(t => Math.Min(p, w.Select((x, i) => l * x[t] / u[i][t]).Average()))]), "The mean over the tensors lets one of them exceed the limit. The smallest decides."),
            new((w, u, p, l) => [.. w[0].Select(_ => Bounds(w, u, p, l).Min())], "One rate for all updates is safe, but not the highest: the rate may rise once the strict updates are over."),
        ],
    };

    /// <summary>The sharpness by power iteration, for the gradient aᵢθᵢ + θᵢ³: a, the point, the first direction, the step of the difference quotient, rounds; the estimate of each round.</summary>
    public static CodingExercise<Func<Func<double[], double[]>, double[], double[], double, int, double[]>> Power { get; } = new("power-iteration-from-scratch",
        "Write power iteration on Hessian-vector products: v ← v/‖v‖, Hv ≈ (g(θ + hv) − g(θ − hv)) / 2h, estimate vᵀHv, then v ← Hv. One estimate for each round.",
        (g, at, start, h, rounds) => Iterate(g, at, start, h, rounds))
    {
        Step = "round",
        Trials =
        [
            new("the gradient shown", f => f(Cubic(bends), place, direction, 0.1, 6), new Input("a", bends), new Input("θ", place), new Input("first v", direction), new("h", 0.1), new("rounds", 6)),
            new("a saddle, where the largest eigenvalue is negative", f => f(Cubic([1, -6, 2]), [0.1, 0.2, -0.1], direction, 0.05, 8)),
            new("weights that act on each other", f => f(Coupled, [0.3, -0.4, 0.2], [1, 1, -1], 0.02, 10)),
        ],
        Slips =
        [
            new((g, at, v, h, n) => Iterate(g, at, v, h, n, normalise: false), "v is not divided by its length. It grows with every round, and the difference quotient leaves the neighbourhood of θ."),
            new((g, at, v, h, n) => Iterate(g, at, v, h, n, behind: false), "That difference has one side: its error is h, not h². Go h ahead and h back."),
            new((g, at, v, h, n) => [.. Iterate(g, at, v, h, n).Select(x => 2 * x)], "From h behind to h ahead it is 2h: divide by that."),
            new((g, at, v, h, n) => Iterate(g, at, v, h, n, length: true), "‖Hv‖ has no sign, and at first it is too large. The estimate is vᵀHv, with v of length 1."),
            new((g, at, v, h, n) => Iterate(g, [.. at.Select(_ => 0.0)], v, h, n), "These are the curvatures at 0. Go from θ."),
            new((g, at, v, h, n) => Iterate(g, at, v, h, n, turns: false), "v stays where it was. After each round it becomes Hv."),
            new((g, at, v, h, n) => Iterate(g, at, v, h, n, largest: true), "v is divided by its largest entry, so its length is not 1, and vᵀHv is too large. Divide by the length."),
            new((g, at, v, h, n) => [.. Iterate(g, at, v, h, n).Select(x => x * 2 * h)], "The difference of the gradients is not divided by 2h."),
        ],
    };

    static double[] Each(double[][] runs, Func<double[], int> onset) => [.. runs.Select(run => (double)onset(run))];

    static int First(double[] losses, double rise, bool comesBack = false, Func<double[], int, double>? lowest = null, Func<double, double>? nan = null)
    {
        double[] seen = [.. losses.Select(nan ?? (x => double.IsFinite(x) ? x : double.PositiveInfinity))];
        lowest ??= (l, i) => l.Take(i + 1).Min();
        int onset = Enumerable.Range(0, seen.Length).FirstOrDefault(i => seen[i] >= lowest(seen, i) + rise, -1);
        return onset >= 0 && (comesBack || seen[^1] >= lowest(seen, seen.Length - 1) + rise) ? onset : -1;
    }

    /// <summary>The highest rate that each update allows by itself.</summary>
    static double[] Bounds(double[][] weights, double[][] steps, double peak, double limit) =>
        [.. Enumerable.Range(0, weights[0].Length).Select(t => Math.Min(peak, weights.Select((w, i) => limit * w[t] / steps[i][t]).Min()))];

    static double[] Rising(double[] bounds) => [.. bounds.Select((_, t) => bounds.Skip(t).Min())];

    static double[] Falling(double[] bounds) => [.. bounds.Select((_, t) => bounds.Take(t + 1).Min())];

    static double[] Whole(double[][] norms) => [.. Enumerable.Range(0, norms[0].Length).Select(t => Math.Sqrt(norms.Sum(n => n[t] * n[t])))];

    static Func<double[], double[]> Cubic(double[] a) => θ => [.. θ.Select((x, i) => a[i] * x + x * x * x)];

    static double[] Coupled(double[] θ) => [4 * θ[0] + θ[1] + θ[2] * θ[2], θ[0] + 3 * θ[1] - θ[2], 2 * θ[0] * θ[2] - θ[1] + θ[2]];

    static double[] Iterate(Func<double[], double[]> g, double[] at, double[] v, double h, int rounds, bool normalise = true, bool behind = true, bool length = false, bool turns = true, bool largest = false)
    {
        var estimates = new double[rounds];
        v = [.. v];
        for (int k = 0; k < rounds; k++)
        {
            double norm = largest ? v.Max(Math.Abs) : Math.Sqrt(v.Sum(x => x * x));
            if (normalise)
                v = [.. v.Select(x => x / norm)];
            double[] ahead = g([.. at.Select((x, i) => x + h * v[i])]), back = g([.. at.Select((x, i) => behind ? x - h * v[i] : x)]);
            double[] product = [.. ahead.Zip(back, (a, b) => (a - b) / (behind ? 2 * h : h))];
            estimates[k] = length ? Math.Sqrt(product.Sum(x => x * x)) : v.Zip(product, (a, b) => a * b).Sum();
            if (turns)
                v = product;
        }
        return estimates;
    }
}
