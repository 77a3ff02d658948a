namespace Anneal.Experiments;

/// <summary>A number that may warn of divergence, from the log so far: the larger, the more alarming.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Of">One number for each line of a log, from that line and those before it; NaN where there is none yet.</param>
public sealed record Signal(string Name, Func<TrialLog, double[]> Of)
{
    /// <summary>Lines that running medians look back on.</summary>
    const int Back = 10;

    /// <summary>The loss above its lowest so far: what one sees without any further diagnostic.</summary>
    public static Signal Loss { get; } = new("loss above its lowest", log =>
    {
        double lowest = double.PositiveInfinity;
        return [.. log.Lines.Select(line => line.Loss - (lowest = Math.Min(lowest, line.Loss)))];
    });

    /// <summary>The largest gradient norm of the line's updates.</summary>
    public static Signal GradientNorm { get; } = Each("gradient norm", line => line.GradientNorm);

    /// <summary>The gradient norm over the median of the ten lines before; from the fifth line on.</summary>
    public static Signal GradientJump { get; } = new("gradient norm over its median",
        log => [.. log.Lines.Select((line, i) => i < 4 ? double.NaN : line.GradientNorm / Median(log.Lines.Take(i).TakeLast(Back).Select(l => l.GradientNorm)))]);

    /// <summary>‖Δw‖/‖w‖ in the matrix where it is largest.</summary>
    public static Signal UpdateRatio { get; } = Each("update / weights", line => line.UpdateRatio);

    /// <summary>The largest attention logit.</summary>
    public static Signal LargestLogit { get; } = Each("largest attention logit", line => line.LargestLogit);

    /// <summary>The least entropy of a head, with the sign turned: low entropy is alarming.</summary>
    public static Signal Entropy { get; } = Each("least attention entropy", line => -line.Entropy);

    /// <summary>The size of the residual stream.</summary>
    public static Signal StreamRms { get; } = Each("size of the stream", line => line.StreamRms);

    /// <summary>The gradient noise scale, median of ten lines.</summary>
    public static Signal NoiseScale { get; } = new("gradient noise scale",
        log => [.. log.Lines.Select((_, i) => Median(log.Lines.Take(i + 1).TakeLast(Back).Select(l => l.NoiseScale).Where(double.IsFinite)))]);

    /// <summary>The sharpness last seen.</summary>
    public static Signal Sharpness { get; } = new("sharpness", log =>
    {
        double seen = double.NaN;
        return [.. log.Lines.Select(line => seen = line.Sharpness ?? seen)];
    });

    /// <summary>The learning rate: known before the run, so whatever warns no better than this has seen nothing of the run.</summary>
    public static Signal Rate { get; } = Each("the rate itself", line => line.Rate);

    /// <summary>All of them; the loss, which the others must beat, first.</summary>
    public static IReadOnlyList<Signal> All { get; } = [Loss, GradientNorm, GradientJump, UpdateRatio, LargestLogit, Entropy, StreamRms, NoiseScale, Sharpness, Rate];

    static Signal Each(string name, Func<LogLine, double> of) => new(name, log => [.. log.Lines.Select(of)]);

    static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
