namespace Anneal.Notebooks;

/// <summary>How much a notebook may take before it is stopped.</summary>
public sealed record RunSettings
{
    /// <summary>Time for the whole notebook, the start of its process included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of memory its process may hold.</summary>
    public long MemoryLimit { get; init; } = 4L << 30;

    /// <summary>Characters of standard output and error that are kept per cell; the rest is counted and dropped.</summary>
    public int TextLimit { get; init; } = 1_000_000;
}
