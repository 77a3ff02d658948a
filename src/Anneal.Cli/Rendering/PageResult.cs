namespace Anneal.Cli;

/// <summary>What became of one notebook.</summary>
/// <param name="File">The notebook's file.</param>
/// <param name="Problem">Why no page was written; null where it was.</param>
/// <param name="Elapsed">From reading the file to writing the page.</param>
internal sealed record PageResult(string File, string? Problem, TimeSpan Elapsed)
{
    public string Name => Path.GetFileNameWithoutExtension(File);
}
