using System.Numerics;

namespace Anneal.Models;

/// <summary>A transformer at work: loss, exact gradient and logits as functions of its weights.</summary>
/// <remarks>
/// Weights and gradients are flat arrays divided as <see cref="Transformer.Layout"/> says. Working room is kept from call to call, so that a call allocates
/// nothing once it has seen the largest batch; an instance serves one caller at a time. Sequences are shared out between threads, and every sum runs in an
/// order of its own whatever their number: the same call gives the same bits at any.
/// </remarks>
/// <typeparam name="T"><see cref="float"/>, or <see cref="double"/> for checks.</typeparam>
public sealed unsafe partial class TransformerNetwork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Rounding<T> rounding;
    readonly Norms<T> norms;
    readonly Block<T>[] blocks;
    readonly Linear<T> head;
    readonly int norm, normBias, positions, vNorm, vNormBias;
    readonly VectorPlaces places = new();
    readonly Phases phases;
    readonly AlignedArray<T>? rounded;

    /// <param name="model">Sizes and choices.</param>
    /// <param name="format">What weights and activations are rounded to; sums are kept in <typeparamref name="T"/>.</param>
    public TransformerNetwork(Transformer model, ComputeFormat format = ComputeFormat.Full)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Weights must be float or double, not {typeof(T).Name}.");
        if (format != ComputeFormat.Full && typeof(T) != typeof(float))
            throw new ArgumentException($"{format} goes with float weights.", nameof(format));
        (Model, Format, Layout, rounding, norms) = (model, format, model.Layout, new(format), new(model.Norm, model.NormEpsilon));
        var tensors = Layout.Tensors.ToDictionary(t => t.Name);
        Rotary = model.Positions == PositionKind.Rotary ? new(model.HeadWidth, model.Context, model.RotaryBase) : null;
        blocks = [.. Enumerable.Range(0, model.Layers).Select(l => new Block<T>(model, l, tensors, Rotary, format))];
        (norm, normBias, positions) = (At("norm.weight"), At("norm.bias"), At("positions.weight"));
        head = new(model.Width, model.Vocabulary, model.TiedWeights ? 0 : At("head.weight"), -1);
        (vNorm, vNormBias) = (places.Add(norm, model.Width), places.Add(normBias, model.Width));
        rounded = rounding.Any ? new(Layout.Count) : null;
        phases = new(this);

        int At(string name) => tensors.TryGetValue(name, out var tensor) ? tensor.Offset : -1;
    }

    /// <summary>Sizes and choices.</summary>
    public Transformer Model { get; }

    /// <summary>How the weights are divided.</summary>
    public Layout Layout { get; }

    /// <summary>What weights and activations are rounded to.</summary>
    public ComputeFormat Format { get; }

    /// <summary>The most threads to use; 0, as at the start, means as many as the machine has.</summary>
    public int Threads
    {
        get;
        set => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "Threads must be 0 or above.");
    }

    internal Rotary<T>? Rotary { get; }

    internal ReadOnlySpan<Block<T>> Blocks => blocks;

    /// <summary>The mean cross-entropy of a batch in nats per token asked for.</summary>
    public double Loss(ReadOnlySpan<T> weights, TokenBatch batch) => Run(weights, batch, default, 0) / Counted(batch);

    /// <summary>The mean cross-entropy of a batch; its gradient is written into <paramref name="gradient"/>.</summary>
    public double Loss(ReadOnlySpan<T> weights, TokenBatch batch, Span<T> gradient)
    {
        int counted = Counted(batch);
        gradient.Clear();
        return AddGradient(weights, batch, gradient, 1.0 / counted) / counted;
    }

    /// <summary>The sum of a batch's cross-entropies; its gradient times <paramref name="scale"/> is added to <paramref name="gradient"/>.</summary>
    /// <remarks>For a batch in parts: with 1/(tokens asked for in all parts) as scale, the parts add up to the gradient of the whole batch's mean.</remarks>
    public double AddGradient(ReadOnlySpan<T> weights, TokenBatch batch, Span<T> gradient, double scale) =>
        gradient.Length == Layout.Count ? Run(weights, batch, gradient, scale)
        : throw new ArgumentException($"The gradient must have {Layout.Count} numbers; it has {gradient.Length}.", nameof(gradient));

    /// <summary>The logits for the token that follows each of the batch's: a row of <see cref="Transformer.Vocabulary"/> numbers for each.</summary>
    public T[] Logits(ReadOnlySpan<T> weights, TokenBatch batch)
    {
        logitsOnly = true;
        try
        {
            Run(weights, batch, default, 0);
        }
        finally
        {
            logitsOnly = false;
        }
        return new ReadOnlySpan<T>(logits.At, batch.Inputs.Length * Model.Vocabulary).ToArray();
    }

    /// <summary>Whom the tokens of one sequence attend to, in one head: row i has the shares that token i takes from the values of tokens 0 to i.</summary>
    public T[][] AttentionWeights(ReadOnlySpan<T> weights, TokenBatch batch, int sequence, int layer, int head)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Within(sequence, batch.Sequences, nameof(sequence));
        Within(layer, Model.Layers, nameof(layer));
        Within(head, Model.Heads, nameof(head));
        Logits(weights, batch);
        T* first = saved[layer].AttentionWeights.At + ((nint)sequence * Model.Heads + head) * rows * rows;
        var all = new T[rows][];
        for (int i = 0; i < rows; i++)
            all[i] = new ReadOnlySpan<T>(first + (nint)i * rows, i + 1).ToArray();
        return all;

        static void Within(int value, int count, string name)
        {
            if (value < 0 || value >= count)
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to {count - 1}.");
        }
    }

    /// <summary>What attention and the residual stream do on a batch: for each block its heads, and the root mean square of what leaves it.</summary>
    public IReadOnlyList<BlockStatistics> Observe(ReadOnlySpan<T> weights, TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var sums = new AttentionSums[Model.Layers * Model.Heads * batch.Sequences];
        fixed (AttentionSums* seen = sums)
        {
            this.seen = seen;
            try
            {
                Loss(weights, batch);
            }
            finally
            {
                this.seen = null;
            }
        }
        var activity = new BlockStatistics[Model.Layers];
        for (int l = 0; l < Model.Layers; l++)
        {
            var heads = new HeadStatistics[Model.Heads];
            for (int h = 0; h < Model.Heads; h++)
            {
                var whole = new AttentionSums();
                for (int b = 0; b < batch.Sequences; b++)
                    whole.Add(sums[(b * Model.Layers + l) * Model.Heads + h]);
                heads[h] = new(whole.Max, whole.Entropy / whole.Rows);
            }
            var stream = new ReadOnlySpan<T>((l + 1 < saved.Length ? saved[l + 1].X : top).At, batch.Inputs.Length * Model.Width);
            double square = 0;
            foreach (T x in stream)
                square += double.CreateTruncating(x) * double.CreateTruncating(x);
            activity[l] = new(l, heads, Math.Sqrt(square / stream.Length));
        }
        return activity;
    }

    /// <summary>Bytes of working room for a token of the largest batch so far, without what depends on the weights alone and what each thread has.</summary>
    public double BytesPerToken
    {
        get
        {
            if (tokens == 0)
                return 0;
            long numbers = top.Count + logits.Count;
            foreach (var k in saved)
                numbers += k.X.Count + k.Middle.Count + k.Qkv.Count + k.RawQk.Count + k.AttentionWeights.Count + k.O.Count + k.PreActivation.Count;
            if (back is { } r)
                numbers += r.Above.Count + r.Middle.Count + r.Below.Count + r.Normed1.Count + r.Normed2.Count + r.Units.Count + r.DPreActivation.Count + r.DQkv.Count + r.Vectors.Count + r.HeadNormed.Count + r.HeadVectors.Count;
            return (double)numbers * sizeof(T) / tokens;
        }
    }

    static int Counted(TokenBatch batch) => batch.Counted is > 0 and int counted ? counted
        : throw new ArgumentException("The batch asks for no token: all targets are below 0.", nameof(batch));

    double Run(ReadOnlySpan<T> weights, TokenBatch batch, Span<T> gradient, double scale)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (weights.Length != Layout.Count)
            throw new ArgumentException($"There must be {Layout.Count} weights; there are {weights.Length}.", nameof(weights));
        Check(batch);
        Prepare(batch, gradient.Length > 0);
        fixed (T* w = weights, g = gradient)
        fixed (int* i = batch.Inputs, t = batch.Targets)
        {
            this.weights = w;
            this.gradient = g;
            inputs = i;
            targets = t;
            this.scale = T.CreateTruncating(scale);
            if (rounded is not null)
            {
                Lanes.Copy(w, rounded.At, Layout.Count);
                rounding.Apply(rounded.At, Layout.Count);
                this.weights = rounded.At;
            }
            int threads = Threads == 0 ? Environment.ProcessorCount : Threads;
            phases.Run(Phase.Pack, Model.Layers + 1, threads);
            phases.Run(Phase.Forward, batch.Sequences, threads);
            if (g is not null)
            {
                phases.Run(Phase.Head, HeadUnits, threads);
                for (layer = Model.Layers - 1; layer >= 0; layer--)
                {
                    phases.Run(Phase.Backward, batch.Sequences, threads);
                    phases.Run(Phase.Weights, WeightUnits, threads);
                    // What left the block below comes in above the next.
                    (back!.Above, back.Below) = (back.Below, back.Above);
                }
                phases.Run(Phase.Embeddings, 1, 1);
            }
        }
        double sum = 0;
        for (int b = 0; b < batch.Sequences; b++)
            sum += losses[b];
        return sum;
    }

    void Check(TokenBatch batch)
    {
        if (batch.Length > Model.Context)
            throw new ArgumentException($"The sequences have {batch.Length} tokens; the model's context is {Model.Context}.", nameof(batch));
        foreach (int token in batch.Inputs)
            if (token < 0 || token >= Model.Vocabulary)
                throw new ArgumentException($"There is no token {token}: the vocabulary has {Model.Vocabulary}, from 0.", nameof(batch));
        foreach (int token in batch.Targets)
            if (token >= Model.Vocabulary)
                throw new ArgumentException($"There is no token {token}: the vocabulary has {Model.Vocabulary}, from 0.", nameof(batch));
    }

    enum Phase { Pack, Forward, Head, Backward, Weights, Embeddings }

    /// <summary>One phase's units, taken by whoever is free: which thread computes one does not show in its bits.</summary>
    sealed class Phases(TransformerNetwork<T> network) : IJob
    {
        Phase phase;
        int units, taken;

        public void Run(Phase phase, int units, int threads)
        {
            (this.phase, this.units, taken) = (phase, units, 0);
            Workers.Run(this, Math.Min(units, threads));
        }

        public void Do(int part, int parts)
        {
            for (int unit; (unit = Interlocked.Increment(ref taken) - 1) < units;)
                switch (phase)
                {
                    case Phase.Pack: network.PackUnit(unit); break;
                    case Phase.Forward: network.ForwardUnit(unit, part); break;
                    case Phase.Head: network.HeadUnit(unit); break;
                    case Phase.Backward: network.BackwardUnit(unit, part); break;
                    case Phase.Weights: network.WeightUnit(unit); break;
                    default: network.EmbeddingUnit(); break;
                }
        }
    }
}

/// <summary>What one block does on a batch.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Heads">Its attention heads.</param>
/// <param name="StreamRms">Root mean square of the residual stream that leaves it.</param>
public sealed record BlockStatistics(int Layer, IReadOnlyList<HeadStatistics> Heads, double StreamRms);

/// <summary>What one attention head does on a batch.</summary>
/// <param name="LargestLogit">The largest q·k/√d: where it grows to some tens, the softmax saturates and training tends to diverge (Dehghani et al., <see href="https://arxiv.org/abs/2302.05442">2023</see>).</param>
/// <param name="Entropy">Mean entropy of a row's attention weights, in nats; 0 where every token looks at one other.</param>
public sealed record HeadStatistics(double LargestLogit, double Entropy);
