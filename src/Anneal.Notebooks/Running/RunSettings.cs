namespace Anneal.Notebooks;

/// <summary>How much a notebook may take before it is stopped.</summary>
public sealed record RunSettings
{
    /// <summary>Time for the whole notebook, the start of its process included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of memory its process may hold.</summary>
    public long MemoryLimit { get; init; } = 4L << 30;

    /// <summary>Whether the cells after one that fails are run.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Whether cells find the cultures of the world by their names; without, they find the invariant one. Output is invariant either way.</summary>
    public bool Cultures { get; init; }

    /// <summary>Whether packages that cells ask for and the engine does not carry along are restored, which may download them.</summary>
    public bool Restore { get; init; } = true;

    /// <summary>Characters of standard output and error that are kept per cell; the rest is counted and dropped.</summary>
    public int TextLimit { get; init; } = 1_000_000;
}
