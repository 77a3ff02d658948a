namespace Anneal.Runs;

/// <summary>What a key decides about the rates.</summary>
public enum Role
{
    /// <summary>The rate itself.</summary>
    Rate,

    /// <summary>Which schedule it follows.</summary>
    Scheduler,

    /// <summary>How long it climbs.</summary>
    Warmup,

    /// <summary>How long the run, or the schedule, is.</summary>
    Total,

    /// <summary>Passes over the data set.</summary>
    Epochs,

    /// <summary>Samples in a batch.</summary>
    Batch,

    /// <summary>Batches before an update.</summary>
    Accumulation,

    /// <summary>The lowest rate it comes down to.</summary>
    Floor,

    /// <summary>How long, or where, it decays.</summary>
    Decay,
}

/// <summary>A key that decides something about the rates.</summary>
/// <param name="Role">What it decides.</param>
/// <param name="Key">The file's own name for it, with its section.</param>
/// <param name="Text">As it is written; empty where the framework's default holds.</param>
/// <param name="Value">The number that it means, if it is one.</param>
/// <param name="Place">Where it stands; none for a default.</param>
public sealed record Setting(Role Role, string Key, string Text, double? Value, Place Place);
