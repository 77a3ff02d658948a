using System.Diagnostics;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Progress as lines, for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output) : IRenderProgress
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly Dictionary<string, long> _last = [];

    public void Started(string name)
    {
        lock (_last)
            _last[name] = Stopwatch.GetTimestamp();
    }

    /// <summary>Long notebooks say now and then where they are; every cell of every notebook would drown the rest.</summary>
    public void Cell(CellProgress progress)
    {
        string name = progress.Notebook.Name;
        lock (_last)
        {
            if (_last.TryGetValue(name, out long last) && Stopwatch.GetElapsedTime(last) < Pause)
                return;
            _last[name] = Stopwatch.GetTimestamp();
            output.WriteLine(Where(progress));
        }
    }

    public void Finished(PageResult result)
    {
        lock (_last)
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{result.Name}: {(result.Problem is null ? "page written" : "FAILED")}{(result.Ran is { } ran ? $" from the results of {ran.ToLocalTime():yyyy-MM-dd HH:mm}" : "")} ({result.Elapsed.TotalSeconds:0.0} s)"));
    }

    public void Checked(CheckResult result, string tried, TimeSpan elapsed)
    {
        lock (_last)
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{result.Name}: {tried}, {CheckSummary.Verdict(result.Count)} ({elapsed.TotalSeconds:0.0} s)"));
    }

    /// <summary>The place a running notebook has come to.</summary>
    public static string Where(CellProgress progress) =>
        $"{progress.Notebook.Name}: cell {progress.Cell + 1} of {progress.Notebook.Cells.Count} ({progress.Notebook.Cells[progress.Cell].Language})";
}
