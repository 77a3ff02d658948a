namespace Anneal.Experiments;

/// <summary>Trains a transformer and writes a line of its log after every few updates.</summary>
/// <remarks>
/// The run walks the same path as one that nobody watches. A line costs a forward pass (attention), and a gradient (noise scale);
/// every <see cref="LinesPerSharpness"/>-th costs <see cref="LanczosSteps"/> gradients more.
/// </remarks>
public static class WatchedRun
{
    /// <summary>Lines from one look at the sharpness to the next.</summary>
    public const int LinesPerSharpness = 4;

    /// <summary>Products with the Hessian, two gradients of half a batch each.</summary>
    public const int LanczosSteps = 5;

    /// <summary>Trains for so many updates, or until the loss or a gradient is not finite.</summary>
    /// <param name="run">Before its first update, or anywhere.</param>
    /// <param name="data">What diagnostics draw from: the run's own data.</param>
    /// <param name="steps">Updates.</param>
    /// <param name="updatesPerLine">Updates of a line, at least 2.</param>
    /// <returns>The log, and why the run ended early; null where it did not.</returns>
    public static (TrialLog Log, string? Stopped) Watch(TransformerTraining run, TokenSource data, long steps, int updatesPerLine)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(updatesPerLine, 2);
        var lines = new List<LogLine>();
        var halves = new HalfBatches(run, data);
        for (long made = 0; made < steps; made += updatesPerLine)
        {
            var trace = run.Run(updatesPerLine - 1);
            if (trace.Stopped is not null)
                return (new(lines), trace.Stopped);
            var last = run.RunObserved();
            if (last.Trace.Stopped is not null)
                return (new(lines), last.Trace.Stopped);
            TracePoint[] points = [.. trace.Points, .. last.Trace.Points];
            var matrices = last.Tensors.Where((_, i) => run.Recipe.Model.Layout.Tensors[i].IsMatrix);
            var heads = last.Blocks.SelectMany(block => block.Heads);
            halves.Draw(lines.Count);
            double noise = halves.NoiseScale();
            double? sharpness = lines.Count % LinesPerSharpness == LinesPerSharpness - 1 ? halves.Sharpness(LanczosSteps) : null;
            lines.Add(new(run.State.Updates, points.Max(p => p.Rate), points.Average(p => p.Loss), points.Max(p => p.GradientNorm),
                matrices.Max(t => t.UpdateRatio), heads.Max(h => h.LargestLogit), heads.Min(h => h.Entropy), last.Blocks.Max(b => b.StreamRms), noise, sharpness));
        }
        return (new(lines), null);
    }
}
