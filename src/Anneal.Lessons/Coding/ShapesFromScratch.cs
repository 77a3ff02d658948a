namespace Anneal.Lessons;

/// <summary>Plans of three parts and plans that listen to the loss, written by the reader.</summary>
public static class ShapesFromScratch
{
    static readonly double[] planned = [50, 850, 1_000, 1_200, 500, 0, 100, 799, 801];
    static readonly double[] reported = [2.0, 2.0, 2.1, 2.05, 1.9, 1.95];
    static readonly double[] noisy = [3.0, 3.1, 2.5, 2.6, 2.3, 2.3, 2.31, 2.29, 2.3, 2.3, 2.3, 2.28, 2.29, 2.29, 2.29, 2.29, 2.29];
    static readonly double[] level = [.. Enumerable.Repeat(1.0, 20)];

    /// <summary>Warm-up, level, straight cooldown to 0: t, peak, warm-up steps, total, cooldown steps.</summary>
    public static CodingExercise<Func<double, double, double, double, double, double>> WarmupStableCooldown { get; } = new("wsd-from-scratch",
        "Write warm-up, level part and cooldown: from 0 to the peak over W updates, level, then straight down to 0 over the last D of T updates; 0 from T on.",
        (t, peak, warmup, total, cooldown) => new WarmupStableDecay(peak, total, warmup, cooldown).At(t))
    {
        Step = "row",
        Trials =
        [
            new("the steps shown", f => planned.Select(t => f(t, 0.002, 100, 1_000, 200)), new Input("t", planned), new("peak", 0.002), new("W", 100), new("T", 1_000), new("D", 200)),
            new("a long cooldown", f => planned.Select(t => f(t, 0.1, 10, 1_000, 900)), new Input("t", planned)),
            new("a longer run", f => planned.Select(t => f(t, 0.1, 100, 1_100, 300)), new Input("t", planned)),
        ],
        Slips =
        [
            new((t, p, w, n, d) => t < w ? p * t / w : t < n - d ? p : p * (n - t) / d, "The line falls on below 0 after T. Hold it at 0."),
            new((t, p, w, n, d) => t < w ? p * t / w : t < n - d ? p : p * Math.Max(0, 1 - t / n), "The cooldown reads the clock of the whole run, so the rate jumps at T − D. Give it its own: (t − (T − D))/D."),
            new((t, p, w, n, d) => t < w ? p * t / w : t < n - d ? p : p * Math.Max(0, 1 - (t - (n - d)) / n), "The cooldown is D updates long, not T: divide by D."),
            new((t, p, w, n, d) => t < w ? p * t / w : p * Math.Max(0, (n - t) / (n - w)), "There is no level part: the line starts where the warm-up ends, and it must wait until T − D."),
            new((t, p, w, n, d) => t < w ? p * t / w : t < w + d ? p : p * Math.Max(0, (n - t) / (n - w - d)), "D is the length of the cooldown, not of the level part."),
            new((t, p, w, n, d) => t < w ? p / w : t < n - d ? p : p * Math.Max(0, (n - t) / d), "The t is missing in the warm-up: peak/W is one stair, and the rate must climb W of them."),
            new((t, p, w, n, d) => t < w ? p * (t + 1) / w : t < n - d ? p : p * Math.Max(0, (n - t) / d), "(t + 1)/W reaches the peak one update early: t counts the updates already made, so the first one has t = 0."),
            new((t, p, w, n, d) => t < w ? p * t / w : t < n - d ? p : p * Math.Clamp((t - (n - d)) / d, 0, 1), "The cooldown climbs: what is left is 1 minus its progress."),
        ],
    };

    /// <summary>Reduce on plateau as the optimizer slides have it: losses, patience, factor, first rate, lowest rate.</summary>
    public static CodingExercise<Func<double[], double, double, double, double, double[]>> ReduceOnPlateau { get; } = new("plateau-from-scratch",
        "Write reduce on plateau: the rate after each reported loss. A cut comes as soon as patience reports in a row were no better than the best; the rate never falls below the lowest.",
        (losses, patience, factor, rate, lowest) => Plateau(losses, patience, factor, rate, lowest))
    {
        Step = "report",
        Trials =
        [
            new("the losses shown", f => f(reported, 1, 0.5, 0.1, 0.02), new Input("loss", reported), new("patience", 1), new("factor", 0.5), new("first rate", 0.1), new("lowest rate", 0.02)),
            new("a patience of 2", f => f(noisy, 2, 0.5, 0.1, 0), new Input("loss", noisy)),
            new("a loss that stands still", f => f(level, 3, 0.1, 1, 1e-4), new Input("loss", level)),
        ],
        Slips =
        [
            new((l, p, f, r, min) => Plateau(l, p + 1, f, r, min), "This waits for more than patience bad reports. Here that many are enough: bad ≥ patience."),
            new((l, p, f, r, min) => Plateau(l, p, f, r, min, (loss, best, _) => loss <= best), "An equal loss is not better: compare with <."),
            new((l, p, f, r, min) => Plateau(l, p, f, r, min, (loss, _, last) => loss < last), "Compare with the best loss so far, not with the last one."),
            new((l, p, f, r, min) => Plateau(l, p, f, r, 0), "The lowest rate is forgotten: max(rate · factor, lowest)."),
            new((l, p, f, r, min) => [.. Plateau(l, p, f, r, min).Select(cut => cut < r ? Math.Max(r * f, min) : r)], "Every cut starts from the first rate. Multiply the rate of now."),
            new((l, p, f, r, min) => Plateau(l, p, f, r, min, afterCut: false), "After a cut the count of bad reports starts again at 0."),
            new((l, p, f, r, min) => Plateau(l, p, f, r, min, afterBetter: false), "A better loss sets the count of bad reports to 0: they have to come in a row."),
            new((l, p, f, r, min) => Plateau(l, p, f, r, min, keepsBest: false), "The best loss is never replaced: remember the better one."),
        ],
    };

    static double[] Plateau(double[] losses, double patience, double factor, double rate, double lowest,
        Func<double, double, double, bool>? isBetter = null, bool afterCut = true, bool afterBetter = true, bool keepsBest = true)
    {
        isBetter ??= (loss, best, _) => loss < best;
        double best = double.PositiveInfinity, last = double.PositiveInfinity;
        int bad = 0;
        var rates = new List<double>();
        foreach (double loss in losses)
        {
            if (isBetter(loss, best, last))
            {
                best = keepsBest || double.IsInfinity(best) ? loss : best;
                bad = afterBetter ? 0 : bad;
            }
            else
                bad++;
            if (bad >= patience)
            {
                rate = Math.Max(rate * factor, lowest);
                bad = afterCut ? 0 : bad;
            }
            last = loss;
            rates.Add(rate);
        }
        return [.. rates];
    }
}
