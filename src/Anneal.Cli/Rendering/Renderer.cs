using System.Diagnostics;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Runs notebooks side by side and writes their pages.</summary>
internal sealed class Renderer(RenderSettings settings, IRenderProgress progress)
{
    /// <summary>Renders all files; one that fails does not keep the others from their pages.</summary>
    /// <returns>One result per file, in their order.</returns>
    public async Task<PageResult[]> RenderAsync(IReadOnlyList<string> files, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Out);
        using var pages = new PageMaker(settings.Limits);
        var results = new PageResult[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs, CancellationToken = cancel };
        var order = LongestFirst.Of(files, settings.Stated);
        await Parallel.ForAsync(0, files.Count, options, async (place, token) =>
        {
            int i = order[place];
            progress.Started(Path.GetFileNameWithoutExtension(files[i]));
            long start = Stopwatch.GetTimestamp();
            var result = await RenderAsync(files[i], pages, token);
            progress.Finished(results[i] = result with { Elapsed = Stopwatch.GetElapsedTime(start) });
        });
        return results;
    }

    /// <summary>Whatever a notebook does is its own failure and not that of the others.</summary>
    async Task<PageResult> RenderAsync(string path, PageMaker pages, CancellationToken cancel)
    {
        var result = new PageResult(path);
        string page = Path.Combine(settings.Out, Path.GetFileNameWithoutExtension(path) + ".html");
        try
        {
            if (!PageFile.MayWrite(page))
                return result with { Problem = $"{FailureText.Shown(path)}: {PageFile.Refusal(page)}" };
            var file = NotebookFile.Read(path);
            var kept = settings.Kept is null ? null : await settings.Kept.FindAsync(file.Notebook);
            using var job = pages.Begin(file.Notebook, runs: kept is null);
            var run = kept?.Run ?? await NotebookRunner.RunAsync(file.Notebook, settings.Limits, new CellReports(progress), cancel);
            if (kept is null && settings.Kept is not null)
                await settings.Kept.KeepAsync(run);
            result = result with { Ran = kept?.Ran, Checked = settings.Checker?.Look(path, run) };
            if (settings.Save && NotebookFile.KeepsOutputs(path))
                file.Save(path, run);
            string? failed = FailureText.Of(run, keepsGoing: settings.Limits.KeepGoing);
            if (failed is not null && !settings.Limits.KeepGoing)
                return result with { Problem = WithoutEarlier(page, failed) };
            return await job.WriteAsync(run, await settings.AroundAsync(path) with { Solutions = settings.Solutions }, page, cancel) is { } fault
                ? result with { Problem = WithoutEarlier(page, fault) } : result with { Problem = failed, Written = true };
        }
        catch (NotebookException e)
        {
            return result with { Problem = WithoutEarlier(page, e.Message) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return result with { Problem = $"{FailureText.Shown(path)}: {e.Message}" };
        }
    }

    /// <summary>Removes the page of an earlier run, which would pass for this one's, and says so.</summary>
    static string WithoutEarlier(string page, string problem)
    {
        if (!File.Exists(page))
            return problem;
        if (!PageFile.Delete(page))
            return $"{problem}\n{PageFile.Refusal(page)}";
        return $"{problem}\nThe page of an earlier run, {Path.GetFileName(page)}, was removed.";
    }
}
