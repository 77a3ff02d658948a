using System.Collections.Concurrent;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Results of notebooks that have not changed since they ran, in the folder artifacts/runs of their clone.</summary>
/// <param name="limits">What a notebook may take.</param>
/// <param name="engine">The folder of the programs that run notebooks.</param>
/// <param name="environment">The machine.</param>
internal sealed class KeptRuns(RunSettings limits, string engine, RunEnvironment environment)
{
    readonly ConcurrentDictionary<string, Lazy<Task<RunKey?>>> keys = new();

    /// <summary>Results that this process's own engine computes.</summary>
    public KeptRuns(RunSettings limits) : this(limits, AppContext.BaseDirectory, RunEnvironment.Current())
    {
    }

    /// <summary>Whether results are written but never reused: every notebook runs.</summary>
    public bool OnlyKeeps { get; init; }

    /// <summary>The results of a notebook that would come out the same; null where it must run.</summary>
    /// <remarks>Files are hashed from here on, even if no result can be reused: results kept later belong to the files as they were before the notebook ran.</remarks>
    public async Task<RunFile?> FindAsync(Notebook notebook)
    {
        if (Place(notebook.Path) is not { } place || !Repeatable.Is(notebook))
            return null;
        var reading = KeyAsync(notebook);
        return !OnlyKeeps && File.Exists(place) && await reading is { } key ? RunFile.Read(place, key.For(notebook, limits), notebook) : null;
    }

    /// <summary>Keeps the results of a notebook in which nothing failed, unless something it may have read was written meanwhile.</summary>
    public async Task KeepAsync(NotebookRun run)
    {
        var notebook = run.Notebook;
        if (Place(notebook.Path) is not { } place || run.Cells.Any(cell => cell.Failure is not null) || !Repeatable.Is(notebook) || await KeyAsync(notebook) is not { StillHolds: true } key)
            return;
        try
        {
            RunFile.Write(place, key.For(notebook, limits), run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The page is written all the same; next time the notebook runs.
        }
    }

    /// <summary>Where a notebook's results are kept: one file for each, so that the folder grows no larger than the course.</summary>
    public static string? Place(string notebook) => Repository.Above(notebook) is { } repository
        ? Path.Combine(repository.Root, "artifacts", "runs", repository.Relative(notebook).Replace('/', '+') + ".run") : null;

    Task<RunKey?> KeyAsync(Notebook notebook) => keys.GetOrAdd(Path.GetDirectoryName(notebook.Path)!, folder => new(() => Task.Run(() =>
    {
        try
        {
            return Repository.Above(folder) is { } repository ? RunKey.Of(repository, folder, engine, environment) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AggregateException { InnerException: IOException or UnauthorizedAccessException })
        {
            return null; // a file that cannot be read cannot be compared either
        }
    }))).Value;
}
