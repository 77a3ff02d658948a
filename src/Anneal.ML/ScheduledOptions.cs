namespace Anneal.ML;

/// <summary>What a scheduled trainer does beside following its rule and its schedule.</summary>
public sealed record ScheduledOptions
{
    /// <summary>Rows in a batch; the update follows the mean of their gradients.</summary>
    public int BatchSize
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, "BatchSize must be above 0.");
    } = 1;

    /// <summary>Each pass takes the rows in an order of its own; otherwise in the order of the data.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Where the draws of the orders start (<see cref="SeededRandom"/>).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The schedule is written for a run of length 1, its step is the share of the run that is done, and it is stretched over the updates of the run.</summary>
    /// <remarks>Then its end is the end of the run, however many rows there are: in each fold of a cross-validation, for instance.</remarks>
    public bool Stretched { get; init; }

    /// <summary>The error |z − y| instead of ½(z − y)²; for a regression.</summary>
    public bool Absolute { get; init; }

    /// <summary>Told of every <see cref="Every"/>th update: rate, loss of its batch, norms.</summary>
    public IProgress<TracePoint>? Progress { get; init; }

    /// <summary>Updates from one report to the next.</summary>
    public long Every
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Every), value, "Every must be above 0.");
    } = 1;

    /// <summary>Ends the training with an OperationCanceledException, as a cancelled MLContext does (AutoML cancels so).</summary>
    public CancellationToken Cancellation { get; init; }
}
