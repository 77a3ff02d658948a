using Anneal.Diagnostics;

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

    /// <summary>Keeps the batches that diagnostics look at apart from those of the run.</summary>
    const ulong Elsewhere = 0x8C5FB1E2D94A7036;

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
        var halves = new Halves(run, data);
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
            var (noise, sharpness) = halves.Look(lines.Count);
            lines.Add(new(run.State.Updates, points.Max(p => p.Rate), points.Average(p => p.Loss), points.Max(p => p.GradientNorm),
                matrices.Max(t => t.UpdateRatio), heads.Max(h => h.LargestLogit), heads.Min(h => h.Entropy), last.Blocks.Max(b => b.StreamRms), noise, sharpness));
        }
        return (new(lines), null);
    }

    /// <summary>Two half batches that the run does not train on, and what gradients on them tell.</summary>
    sealed class Halves(TransformerTraining run, TokenSource data)
    {
        readonly TokenBatch one = New(run), two = New(run);
        readonly float[] g1 = new float[run.Weights.Length], g2 = new float[run.Weights.Length];

        static TokenBatch New(TransformerTraining run) => TokenSource.NewBatch(Math.Max(1, run.Recipe.BatchSize / 2), run.Recipe.SequenceLength);

        public (double NoiseScale, double? Sharpness) Look(int line)
        {
            data.Fill(run.Recipe.Seed ^ Elsewhere, 2L * line, one);
            data.Fill(run.Recipe.Seed ^ Elsewhere, 2L * line + 1, two);
            run.Network.Loss(run.Weights, one, g1);
            run.Network.Loss(run.Weights, two, g2);
            double small = 0, large = 0;
            for (int i = 0; i < g1.Length; i++)
            {
                double a = g1[i], b = g2[i];
                (small, large) = (small + (a * a + b * b) / 2, large + (a + b) * (a + b) / 4);
            }
            double scale = double.IsFinite(small + large) ? GradientNoise.Of(one.Sequences, small, 2 * one.Sequences, large).Scale : double.NaN;
            double? sharpness = line % LinesPerSharpness == LinesPerSharpness - 1 ? Sharpness.At<float>(Gradient, run.Weights, LanczosSteps).Largest : null;
            return (scale >= 0 ? scale : double.NaN, sharpness);
        }

        double Gradient(ReadOnlySpan<float> weights, Span<float> gradient) => run.Network.Loss(weights, one, gradient);
    }
}
