using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Says on a console where a notebook failed, on what, and what now.</summary>
internal static class FailureText
{
    /// <summary>The first failure of a run, or null where there is none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="keepsGoing">Whether the cells after it were run and the page was written.</param>
    public static string? Of(NotebookRun run, bool keepsGoing = false)
    {
        int at = run.Cells.ToList().FindIndex(c => c.Failure is not null);
        if (at < 0)
            return null;
        var (cell, failure) = (run.Cells[at].Cell, run.Cells[at].Failure!);
        var repository = Repository.Above(run.Notebook.Path);
        string path = Shown(run.Notebook.Path);
        string place = failure.Line is { } line ? $", line {line}" : "";
        string file = failure.File is { } imported ? $", in {imported}" : "";
        var lines = new List<string> { $"{path}, cell {at + 1} of {run.Cells.Count} ({cell.Language}){file}{place}:" };
        if (failure.SourceLine is { } source)
            lines.Add($"    {source}");
        lines.AddRange(Message(failure).Split('\n').Select(l => $"    {l}"));
        if (failure.Trace.Count > 1)
            lines.AddRange(failure.Trace.Take(10).Select(frame => $"      at {frame}"));
        if (keepsGoing)
        {
            int more = run.Cells.Skip(at + 1).Count(c => c.Failure is not null);
            lines.Add($"{(more == 0 ? "" : more == 1 ? "Another cell failed as well. " : $"{more} more cells failed. ")}The page was written with the error in it.");
            return string.Join('\n', lines);
        }
        int last = run.Cells.Count;
        string rest = at + 1 == last ? "No page was written."
            : at + 2 == last ? $"Cell {last} was not run and no page was written."
            : $"Cells {at + 2} to {last} were not run and no page was written.";
        string command = repository is null ? "anneal" : "dotnet run -c Release --project src/Anneal.Cli --";
        lines.Add($"{rest} To run only this notebook: {command} render {NamedFile.Quoted(path)}");
        return string.Join('\n', lines);
    }

    /// <summary>A path as one would write it: from the repository's root, or whole.</summary>
    public static string Shown(string path) => Repository.Above(path)?.Relative(path) ?? path;

    static string Message(Failure failure)
    {
        // Argument exceptions come in two lines that read well as one.
        string message = failure.Message.ReplaceLineEndings("\n").Replace("\nActual value was", "  Actual value was").Trim();
        return failure.Name.EndsWith("Exception", StringComparison.Ordinal) && failure.Name is not ("ArgumentOutOfRangeException" or "ArgumentException" or "CheckFailedException")
            ? $"{failure.Name}: {message}"
            : char.IsLower(failure.Name[0]) && failure.Name != "compile error" ? $"{char.ToUpperInvariant(failure.Name[0])}{failure.Name[1..]}. {message}" : message;
    }
}
