namespace Anneal.Lessons;

/// <summary>Schedules that the reader writes: the rate of the update that follows t updates.</summary>
public static class SchedulesFromScratch
{
    static readonly double[] shown = [0, 100, 250, 500, 750, 999, 1_000, 1_200];

    /// <summary>Cosine decay: t, peak, floor, length.</summary>
    public static CodingExercise<Func<double, double, double, double, double>> Cosine { get; } = new("cosine-from-scratch",
        "Write the cosine decay from peak to floor over T updates: the rate after t updates; after T it stays at the floor.",
        (t, peak, floor, length) => new CosineDecay(peak, length, floor).At(t))
    {
        Step = "row",
        Trials =
        [
            new("the steps shown", f => shown.Select(t => f(t, 0.002, 0.0001, 1_000)), new Input("t", shown), new("peak", 0.002), new("floor", 0.0001), new("T", 1_000)),
            new("a floor of 0", f => shown.Select(t => f(t, 0.1, 0, 1_000)), new Input("t", shown)),
            new("a length that is not the last step", f => shown.Select(t => f(t, 0.5, 0.05, 600)), new Input("t", shown)),
        ],
        Slips =
        [
            new((t, peak, floor, length) => floor + (peak - floor) * Wave(t / length), "The curve rises again after T. Hold it: use min(t, T)."),
            new((t, peak, floor, length) => floor + (peak - floor) * (1 + Math.Cos(Math.PI * Math.Min(t, length) / length)), "The ½ is missing: 1 + cos runs from 2 to 0."),
            new((t, peak, floor, length) => (peak - floor) * Wave(Math.Min(t / length, 1)), "The floor is not added back: the cosine scales peak − floor, and the result stands on the floor."),
            new((t, peak, floor, length) => floor + peak * Wave(Math.Min(t / length, 1)), "The cosine scales peak − floor, not the peak: this curve starts above the peak."),
            new((t, peak, floor, length) => floor + (peak - floor) * Wave(2 * Math.Min(t / length, 1)), "That is a whole wave, down and up again: the angle is π·t/T."),
            new((t, peak, floor, length) => peak - (peak - floor) * Wave(Math.Min(t / length, 1)), "Peak and floor are swapped: this curve rises."),
            new((t, peak, floor, length) => floor + (peak - floor) * (1 + Math.Cos(Math.Min(t / length, 1))) / 2, "The π is missing from the angle: it runs from 0 to π."),
            new((t, peak, floor, length) => floor + (peak - floor) * (1 - Math.Min(t / length, 1)), "That is the straight line from peak to floor."),
            new((t, peak, floor, length) => floor + (peak - floor) * (1 + Math.Cos(Math.PI * Math.Floor(Math.Min(t / length, 1)))) / 2, "t/T was divided as whole numbers, which gives 0 before T. Divide as real numbers."),
        ],
    };

    /// <summary>Linear warm-up, then cosine decay to 0: t, peak, warm-up steps, total.</summary>
    public static CodingExercise<Func<double, double, double, double, double>> WarmupCosine { get; } = new("warmup-cosine-from-scratch",
        "Write a warm-up from 0 to the peak over W updates and a cosine decay to 0 at update T: the rate after t updates.",
        (t, peak, warmup, total) => new Warmup(peak, warmup).Then(new CosineDecay(peak, total - warmup)).At(t))
    {
        Step = "row",
        Trials =
        [
            new("the steps shown", f => shown.Select(t => f(t, 0.002, 200, 1_000)), new Input("t", shown), new("peak", 0.002), new("W", 200), new("T", 1_000)),
            new("a short warm-up", f => shown.Select(t => f(t, 0.1, 10, 1_000)), new Input("t", shown)),
            new("a warm-up of half the run", f => shown.Select(t => f(t, 0.1, 500, 1_000)), new Input("t", shown)),
        ],
        Slips =
        [
            new((t, peak, warmup, total) => t < warmup ? peak * t / warmup : peak * Wave(Math.Min(t / total, 1)), "The decay does not know of the warm-up: it must start at W with t − W, or the rate jumps there."),
            new((t, peak, warmup, total) => t < warmup ? peak * t / warmup : peak * Wave(Math.Min((t - warmup) / total, 1)), "The decay takes T updates more: it has only T − W of them."),
            new((t, peak, warmup, total) => t < warmup ? peak / warmup : peak * Wave(Math.Min((t - warmup) / (total - warmup), 1)), "The t is missing in the warm-up: peak/W is one stair, and the rate must climb W of them."),
            new((t, peak, warmup, total) => t < warmup ? peak * (t + 1) / warmup : peak * Wave(Math.Min((t - warmup) / (total - warmup), 1)), "(t + 1)/W reaches the peak one update early: t counts the updates already made, so the first one has t = 0."),
            new((t, peak, warmup, total) => t < warmup ? peak * t / warmup : peak * Wave((t - warmup) / (total - warmup)), "The curve rises again after T. Hold it at 0."),
            new((t, peak, warmup, total) => Math.Min(1, t / warmup) * peak * Wave(Math.Min(t / total, 1)), "Warm-up and decay are multiplied. One follows the other."),
        ],
    };

    static double Wave(double share) => (1 + Math.Cos(Math.PI * share)) / 2;
}
