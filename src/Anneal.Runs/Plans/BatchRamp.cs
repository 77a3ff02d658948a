namespace Anneal.Runs;

/// <summary>A batch that grows during the run, as Megatron's <c>--rampup-batch-size START INCREMENT SAMPLES</c> has it.</summary>
/// <remarks>
/// <code>batch = Start + Increment · ⌊s / (Length / k)⌋ up to Batch   with k = (Batch − Start) / Increment increments</code>
/// where s is the number of samples seen before the update. While the batch is the same, samples and updates are proportional.
/// </remarks>
public sealed class BatchRamp
{
    readonly List<(double Update, double Samples, double Batch)> parts = [];

    /// <summary>A ramp; <c>Batch − Start</c> is a whole number of increments.</summary>
    /// <param name="start">Samples of the first update.</param>
    /// <param name="increment">By how much the batch grows at a time.</param>
    /// <param name="length">Samples seen until it is full.</param>
    /// <param name="batch">Samples of an update from then on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers do not fit together.</exception>
    public BatchRamp(double start, double increment, double length, double batch)
    {
        if (!(start > 0 && increment > 0 && length > 0 && start < batch && (batch - start) % increment == 0))
            throw new ArgumentOutOfRangeException(nameof(increment), increment, "The batch must grow from start to batch by whole increments.");
        Length = length;
        double each = length / ((batch - start) / increment), update = 0, seen = 0;
        double Grown(double samples) => samples > length ? batch : Math.Min(batch, start + increment * Math.Floor(samples / each));
        for (double current = Grown(0); ; current = Grown(seen))
        {
            parts.Add((update, seen, current));
            if (current >= batch)
                return;
            // As many updates as leave the batch as it is, counted once and set right where the quotient was rounded.
            double count = Math.Max(1, Math.Ceiling(((Math.Floor(seen / each) + 1) * each - seen) / current));
            while (Grown(seen + count * current) == current)
                count++;
            while (count > 1 && Grown(seen + (count - 1) * current) != current)
                count--;
            (update, seen) = (update + count, seen + count * current);
        }
    }

    /// <summary>Samples of the first update.</summary>
    public double Start => parts[0].Batch;

    /// <summary>Samples of an update once the ramp is over.</summary>
    public double Batch => parts[^1].Batch;

    /// <summary>Samples seen until the ramp is over.</summary>
    public double Length { get; }

    /// <summary>The first update with the full batch.</summary>
    public double FullFrom => parts[^1].Update;

    /// <summary>Samples seen before an update.</summary>
    public double Samples(double update) => parts.FindLast(p => p.Update <= update) is var part ? part.Samples + (update - part.Update) * part.Batch : 0;

    /// <summary>Updates that so many samples make; need not be whole.</summary>
    public double Updates(double samples) => parts.FindLast(p => p.Samples <= samples) is var part ? part.Update + (samples - part.Samples) / part.Batch : 0;

    /// <summary>Whole updates that a run of so many samples has: every update that begins within the ramp, then as many full batches as are left.</summary>
    internal double UpdatesOfRun(double samples)
    {
        double ramped = Math.Floor(Updates(Math.Min(Length, samples))) + 1;
        return ramped + Math.Max(0, Math.Floor((samples - Samples(ramped)) / Batch));
    }
}
