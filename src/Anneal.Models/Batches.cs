using System.Text.Json.Serialization;

namespace Anneal.Models;

/// <summary>Which samples each update sees. A value; <see cref="Over"/> starts its sequence of batches.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WithReplacement), "withReplacement")]
[JsonDerivedType(typeof(Shuffled), "shuffled")]
[JsonDerivedType(typeof(FullBatch), "full")]
public abstract record Batches
{
    /// <summary>The first batch, and those that follow, for so many samples.</summary>
    public abstract BatchStream Over(int samples);

    /// <summary>The same way of drawing from another seed; without draws, the same value.</summary>
    public abstract Batches WithSeed(ulong seed);

    internal static int Positive(int size) => size > 0 ? size
        : throw new ArgumentOutOfRangeException(nameof(size), size, "Size must be above 0.");
}

/// <summary>Every place in every batch is drawn anew from all samples, as the theory of SGD assumes: the batch gradient is unbiased at every step.</summary>
/// <param name="Size">Samples in a batch.</param>
/// <param name="Seed">Where the draws start (<see cref="SeededRandom"/>).</param>
public sealed record WithReplacement(int Size, ulong Seed) : Batches
{
    /// <summary>Samples in a batch.</summary>
    public int Size { get; } = Positive(Size);

    public override BatchStream Over(int samples) => new Drawn(samples, Size, Seed);

    public override Batches WithSeed(ulong seed) => new WithReplacement(Size, seed);

    sealed class Drawn(int samples, int size, ulong seed) : BatchStream
    {
        readonly SeededRandom draws = new(seed);
        readonly int[] batch = new int[size];

        public override ReadOnlySpan<int> Next()
        {
            for (int i = 0; i < batch.Length; i++)
                batch[i] = draws.Below(samples);
            return batch;
        }
    }
}

/// <summary>Passes over the data, each in an order of its own: every sample once per pass. The last batch of a pass is smaller where it does not come out even.</summary>
/// <param name="Size">Samples in a batch.</param>
/// <param name="Seed">Where the draws start (<see cref="SeededRandom"/>).</param>
public sealed record Shuffled(int Size, ulong Seed) : Batches
{
    /// <summary>Samples in a batch.</summary>
    public int Size { get; } = Positive(Size);

    public override BatchStream Over(int samples) => new Passes(samples, Size, Seed);

    public override Batches WithSeed(ulong seed) => new Shuffled(Size, seed);

    sealed class Passes(int samples, int size, ulong seed) : BatchStream
    {
        readonly SeededRandom draws = new(seed);
        readonly int[] order = [.. Enumerable.Range(0, samples)];
        int at = samples;

        public override ReadOnlySpan<int> Next()
        {
            if (at >= order.Length)
            {
                draws.Shuffle(order.AsSpan());
                at = 0;
            }
            var batch = order.AsSpan(at, Math.Min(size, order.Length - at));
            at += batch.Length;
            return batch;
        }
    }
}

/// <summary>All samples at every update: gradient descent.</summary>
public sealed record FullBatch : Batches
{
    public override BatchStream Over(int samples) => new All([.. Enumerable.Range(0, samples)]);

    public override Batches WithSeed(ulong seed) => this;

    sealed class All(int[] order) : BatchStream
    {
        public override ReadOnlySpan<int> Next() => order;
    }
}

/// <summary>A sequence of batches under way.</summary>
public abstract class BatchStream
{
    /// <summary>The numbers of the next batch's samples; the span holds them until the next call.</summary>
    public abstract ReadOnlySpan<int> Next();
}
