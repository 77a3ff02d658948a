using Anneal.Diagnostics;

namespace Anneal.Experiments;

/// <summary>Two half batches of a run's data, drawn with another seed than the run's, and what gradients on them tell about its weights.</summary>
/// <remarks>Where a run rounds weights and activations, these gradients are of the same model without rounding: differences of rounded losses are mostly rounding.</remarks>
sealed class HalfBatches
{
    /// <summary>Keeps the batches that diagnostics look at apart from those of the run.</summary>
    const ulong Elsewhere = 0x8C5FB1E2D94A7036;

    readonly TransformerTraining run;
    readonly TokenSource data;
    readonly TransformerNetwork<float> network;
    readonly TokenBatch one, two;
    readonly float[] g1, g2;

    /// <param name="run">The run.</param>
    /// <param name="data">What is drawn from: the run's own data.</param>
    public HalfBatches(TransformerTraining run, TokenSource data)
    {
        (this.run, this.data) = (run, data);
        network = run.Recipe.Format == ComputeFormat.Full ? run.Network : new(run.Recipe.Model);
        (one, two) = (New(), New());
        (g1, g2) = (new float[run.Weights.Length], new float[run.Weights.Length]);

        TokenBatch New() => TokenSource.NewBatch(Math.Max(1, run.Recipe.BatchSize / 2), run.Recipe.SequenceLength);
    }

    /// <summary>Draws the batches that belong to a number.</summary>
    public void Draw(long number)
    {
        network.Threads = run.Threads;
        data.Fill(run.Recipe.Seed ^ Elsewhere, 2 * number, one);
        data.Fill(run.Recipe.Seed ^ Elsewhere, 2 * number + 1, two);
    }

    /// <summary>The gradient noise scale in sequences; NaN where it comes out negative.</summary>
    public double NoiseScale(CancellationToken cancel = default)
    {
        network.Loss(run.Weights, one, g1);
        cancel.ThrowIfCancellationRequested();
        network.Loss(run.Weights, two, g2);
        cancel.ThrowIfCancellationRequested();
        double small = 0, large = 0;
        for (int i = 0; i < g1.Length; i++)
        {
            double a = g1[i], b = g2[i];
            (small, large) = (small + (a * a + b * b) / 2, large + (a + b) * (a + b) / 4);
        }
        double scale = double.IsFinite(small + large) ? GradientNoise.Of(one.Sequences, small, 2 * one.Sequences, large).Scale : double.NaN;
        return scale >= 0 ? scale : double.NaN;
    }

    /// <summary>The largest eigenvalue of the Hessian that so many products with it find, on the first batch.</summary>
    public double Sharpness(int products, CancellationToken cancel = default) => Diagnostics.Sharpness.At<float>((weights, gradient) =>
    {
        cancel.ThrowIfCancellationRequested();
        return network.Loss(weights, one, gradient);
    }, run.Weights, products).Largest;
}
