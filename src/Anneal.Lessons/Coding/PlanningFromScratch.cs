namespace Anneal.Lessons;

/// <summary>What a plan is computed from, written by the reader: updates from samples, and a warm-up from a log.</summary>
public static class PlanningFromScratch
{
    static readonly double[] at = [0, 1, 2, 3, 5, 8, 12, 20, 40, 80], weights = [10, 10, 10, 10.1, 10.2, 10.5, 11, 12, 14, 16], steps = [8, 6.9, 7.5, 6, 4, 1.6, 1.3, 1.1, 1.2, 1.3];
    static readonly double[] laterWeights = [4, 4, 4.1, 4.3, 4.4, 4.6, 5, 6, 7, 8], laterSteps = [1, 1, 1.5, 2.4, 2.21, 1.4, 0.9, 0.4, 0.3, 0.3];

    /// <summary>Updates of an epoch, of the run, and of the warm-up: samples, batch of a device, devices, accumulation, epochs, the warm-up's share.</summary>
    public static CodingExercise<Func<double, double, double, double, double, double, double[]>> Updates { get; } = new("updates-from-scratch",
        "Write the count of updates as Transformers' Trainer rounds it: an array of updates per epoch, updates of the run, updates of the warm-up.",
        (samples, batch, devices, accumulation, epochs, share) => Count(samples, batch, devices, accumulation, epochs, share))
    {
        Step = "number",
        Trials =
        [
            new("the run shown", f => f(10_000, 4, 8, 4, 3, 0.03), new Input("samples", 10_000), new("batch of a device", 4), new("devices", 8), new("accumulation", 4), new("epochs", 3), new("share of the warm-up", 0.03)),
            new("a run that divides without a rest", f => f(4_096, 8, 4, 2, 2, 0.125)),
            new("fewer samples than one update takes", f => f(20, 8, 8, 4, 5, 0.1)),
            new("one device, half an epoch more", f => f(52_002, 3, 1, 8, 2.5, 0.05)),
        ],
        Slips =
        [
            new((n, b, d, a, e, s) => Count(n, b, d, 1, e, s), "Accumulation is missing: so many batches make one update."),
            new((n, b, d, a, e, s) => Count(n, b, 1, a, e, s), "The devices are missing: each one takes its part of the batches."),
            new((n, b, d, a, e, s) => Last(Math.Ceiling(n / (b * d * a)), Math.Ceiling(e * n / (b * d * a)), s), "The run is rounded once, at its end. An epoch ends with an update of its own: round up the updates of an epoch, then multiply."),
            new((n, b, d, a, e, s) => Last(n / (b * d * a), Math.Ceiling(e * n / (b * d * a)), s), "Updates of an epoch are whole: round up wherever something is left over."),
            new((n, b, d, a, e, s) => Last(Math.Floor(n / (b * d * a)), Math.Floor(e * Math.Floor(n / (b * d * a))), s), "Rounded down: the last batches, smaller than the others, still make an update. Round up."),
            new((n, b, d, a, e, s) => [.. Count(n, b, d, a, e, s)[..2], Math.Floor(s * Count(n, b, d, a, e, s)[1])], "The warm-up is rounded up, like everything else here."),
            new((n, b, d, a, e, s) => [.. Count(n, b, d, a, e, s)[..2], Math.Ceiling(s * Count(n, b, d, a, e, s)[0])], "The warm-up is a share of the whole run, not of one epoch."),
            new((n, b, d, a, e, s) => [.. Count(n, b, d, a, e, s)[..2], s * Count(n, b, d, a, e, s)[1]], "The warm-up is a whole number of updates: round it up."),
        ],
    };

    /// <summary>A warm-up that keeps the update-to-weight ratio below a limit: numbers of the updates in the log, norms of weights, norms of the rule's step at rate 1, peak, limit; the rates at those updates.</summary>
    public static CodingExercise<Func<double[], double[], double[], double, double, double[]>> Warmup { get; } = new("warmup-from-log",
        "Write the shortest straight warm-up, of a whole number of updates, that keeps rate · step / weights at or below the limit: the rate at each logged update.",
        (t, weights, steps, peak, limit) => Climb(t, peak, Math.Ceiling(Longest(t, weights, steps, peak, limit))))
    {
        Step = "row",
        Trials =
        [
            new("the log shown", f => f(at, weights, steps, 0.01, 0.0015), new Input("t", at), new Input("norm of the weights", weights), new Input("norm of the step at rate 1", steps), new("peak", 0.01), new("limit", 0.0015)),
            new("steps that are largest later", f => f(at, laterWeights, laterSteps, 0.004, 0.001), new Input("t", at), new Input("norm of the weights", laterWeights), new Input("norm of the step at rate 1", laterSteps)),
            new("a lower peak", f => f(at, weights, steps, 0.003, 0.001), new Input("t", at), new Input("norm of the weights", weights), new Input("norm of the step at rate 1", steps)),
        ],
        Slips =
        [
            new((t, w, u, p, l) => Climb(t, p, Math.Ceiling(t.Select((x, i) => x * p * u[i] / (l * w[i])).Max())), "Too long: an update whose ratio is below the limit even at the peak asks for nothing. Leave it out of the maximum."),
            new((t, w, u, p, l) => [.. t.Select((x, i) => Math.Min(p, l * w[i] / u[i]))], "That is the limit itself, update by update: a rate that jumps about with the log. Asked for is one straight line below it."),
            new((t, w, u, p, l) => Climb(t, p, Math.Ceiling(t.Where((x, i) => x > 0 && p * u[i] > l * w[i]).Select(x => x * p * u[Array.IndexOf(t, x)] / (l * w[Array.IndexOf(t, x)])).FirstOrDefault(1))),
                "Only the first update is kept below the limit. A later one may ask for a longer warm-up: take the largest of all."),
            new((t, w, u, p, l) => Climb(t, p, t.Where((x, i) => p * u[i] > l * w[i]).DefaultIfEmpty(1).Max()), "This reaches the peak at the last update that cannot take it. On the way up the rate is too high already: W must be larger than that."),
            new((t, w, u, p, l) => Climb(t, p, Longest(t, w, u, p, l)), "W is a whole number of updates: round it up."),
            new((t, w, u, p, l) => Climb(t, p, Math.Ceiling(t.Select((x, i) => p * u[i] > l * w[i] ? (x + 1) * p * u[i] / (l * w[i]) : 1).Max()), 1), "t counts the updates already made: the first update has the rate 0, and update t the rate peak · t/W."),
            new((t, w, u, p, l) => Climb(t, p, Math.Max(1, Math.Ceiling(t.Select((x, i) => p * w[i] > l * u[i] ? x * p * w[i] / (l * u[i]) : 1).Max()))), "The ratio is upside down: the step's norm goes over the weights' norm."),
            new((t, w, u, p, l) => Climb(t, p, Math.Max(1, Math.Ceiling(p * u[0] / (l * w[0])))), "p·u/(l·w) says how many times too high the peak is. Multiply it by t: at update t the line has come t/W of the way."),
        ],
    };

    static double[] Count(double samples, double batch, double devices, double accumulation, double epochs, double share)
    {
        double batches = Math.Ceiling(Math.Ceiling(samples / batch) / devices), perEpoch = Math.Ceiling(batches / accumulation);
        return Last(perEpoch, Math.Ceiling(epochs * perEpoch), share);
    }

    static double[] Last(double perEpoch, double updates, double share) => [perEpoch, updates, Math.Ceiling(share * updates)];

    static double Longest(double[] t, double[] weights, double[] steps, double peak, double limit) =>
        Math.Max(1, t.Select((x, i) => peak * steps[i] > limit * weights[i] ? x * peak * steps[i] / (limit * weights[i]) : 1).Max());

    static double[] Climb(double[] t, double peak, double length, double ahead = 0) => [.. t.Select(x => peak * Math.Min(1, (x + ahead) / length))];
}
