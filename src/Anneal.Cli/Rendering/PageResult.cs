namespace Anneal.Cli;

/// <summary>What became of one notebook.</summary>
/// <param name="File">The notebook's file.</param>
internal sealed record PageResult(string File)
{
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>What went wrong; null where nothing did.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether there is a page: with a problem too where a run keeps going.</summary>
    public bool Written { get; init; }

    /// <summary>From reading the file to writing the page.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>When the results were computed that the page shows; null where they were just now.</summary>
    public DateTime? Ran { get; init; }

    /// <summary>What its check found; null where none was asked for, or nothing has run.</summary>
    public CheckResult? Checked { get; init; }
}
