namespace Anneal.Live.Figures;

/// <summary>Warm-up, level part and cooldown of 10,000 updates with the peak 3e-4.</summary>
static class TrapezoidFigure
{
    const double Peak = 3e-4, Last = 10_000, Spacing = 100;

    public static LiveFigure Figure { get; } = new("trapezoid",
        [new("cooldown, percent of the run", 0, 95, 5), new("warm-up, updates", 0, 2_000, 500, Whole: true)], values => At(values[0], values[1]));

    static LivePicture At(double percent, double warmup)
    {
        double cooldown = Last * percent / 100, up = Math.Min(warmup, Last - cooldown);
        var schedule = new WarmupStableDecay(Peak, Last, up, cooldown);
        double[] steps = [.. Enumerable.Range(0, (int)(Last / Spacing) + 1).Select(i => i * Spacing).Append(up).Append(Last - cooldown).Distinct().Order()];
        string shorter = up < warmup ? $" Only {LiveFigure.Number(up, 6)} updates are left to warm up." : "";
        return new([LiveLine.Of("rate", steps, schedule.At)],
            $"The cooldown begins at step {LiveFigure.Number(Last - cooldown, 6)}. The run spends {LiveFigure.Number(100 * schedule.Integral(0, Last) / (Peak * Last))} % of a constant rate's budget.{shorter}");
    }
}
