namespace Anneal.Cli;

/// <summary>What became of one notebook.</summary>
/// <param name="File">The notebook's file.</param>
/// <param name="Problem">What went wrong; null where nothing did.</param>
/// <param name="Written">Whether there is a page: with a problem too where a run keeps going.</param>
/// <param name="Elapsed">From reading the file to writing the page.</param>
internal sealed record PageResult(string File, string? Problem, bool Written, TimeSpan Elapsed)
{
    public string Name => Path.GetFileNameWithoutExtension(File);
}
