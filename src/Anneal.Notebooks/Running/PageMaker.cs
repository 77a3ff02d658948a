using System.Collections.Concurrent;
using System.Diagnostics;

namespace Anneal.Notebooks;

/// <summary>Makes the pages of notebooks, in processes that keep to the same limits as those that run the cells.</summary>
/// <param name="limits">The time for a notebook is that for its cells and its page together.</param>
public sealed class PageMaker(RunSettings limits) : IDisposable
{
    internal const string OutOfMemory = "Its page takes more memory than --memory allows, and was not made. Show less, or allow more.";

    readonly ConcurrentBag<ChildProcess> _idle = [];

    /// <summary>Gets what a notebook's page will need ready while its cells are still running.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="runs">Whether its cells run now; where they do not, its page comes at once, and what could be got ready would be made twice.</param>
    public PageJob Begin(Notebook notebook, bool runs = true)
    {
        var process = _idle.TryTake(out var idle) ? Task.FromResult(idle) : ChildProcess.StartAsync("page", limits, CancellationToken.None);
        return new(this, notebook, process, limits, runs);
    }

    internal void Return(ChildProcess process) => _idle.Add(process);

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var process))
            process.Dispose();
    }
}

/// <summary>One notebook's page in the making.</summary>
public sealed class PageJob : IDisposable
{
    static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(1);

    readonly PageMaker _maker;
    readonly Notebook _notebook;
    readonly RunSettings _limits;
    readonly long _started = Stopwatch.GetTimestamp();
    readonly Task<ChildProcess> _process;
    bool _reusable;

    internal PageJob(PageMaker maker, Notebook notebook, Task<ChildProcess> process, RunSettings limits, bool runs)
    {
        (_maker, _notebook, _limits) = (maker, notebook, limits);
        _process = runs ? Ready(process) : process;
    }

    async Task<ChildProcess> Ready(Task<ChildProcess> starting)
    {
        var process = await starting;
        await Task.Run(() => process.Channel.Send(new WarmUpPage(_notebook)));
        return process;
    }

    /// <summary>Writes the page of a run; its time counts from when this job began.</summary>
    /// <param name="run">The notebook and its outputs.</param>
    /// <param name="settings">The page's surroundings.</param>
    /// <param name="path">Where to; only an earlier page is overwritten.</param>
    /// <param name="cancel">Ends the making at once; the call then throws.</param>
    /// <returns>Null, or why there is no page.</returns>
    public async Task<string?> WriteAsync(NotebookRun run, PageSettings settings, string path, CancellationToken cancel)
    {
        ChildProcess process;
        try
        {
            process = await _process;
        }
        catch (IOException e)
        {
            return $"{_notebook.Path}: The process that makes its page, with the memory that --memory allows, could not be started. {e.Message}";
        }
        string? stopped = null;
        var rest = _limits.Timeout - Stopwatch.GetElapsedTime(_started);
        using var timeout = new CancellationTokenSource(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        using var kill = either.Token.Register(() =>
        {
            stopped ??= $"Its page was not finished {_limits.Timeout.TotalSeconds:0.#} seconds after the notebook began, and was stopped. Show less, or allow it more time with --timeout.";
            process.Kill();
        });
        using var watch = new Timer(_ =>
        {
            if (process.Memory(_limits.MemoryLimit) > _limits.MemoryLimit)
            {
                stopped ??= PageMaker.OutOfMemory;
                process.Kill();
            }
        }, null, WatchPeriod, WatchPeriod);
        var made = await Task.Run(() =>
        {
            process.Channel.Send(new MakePage(run, settings, path));
            return Answer(process);
        }, CancellationToken.None);
        if (made is not null)
        {
            _reusable = made.Problem is null;
            return made.Problem;
        }
        await process.ExitCodeAsync(Patience);
        RemoveHalf(path, process.Id);
        cancel.ThrowIfCancellationRequested();
        await Task.WhenAny(process.WordsEnded, Task.Delay(Patience, CancellationToken.None));
        stopped ??= process.Words.Contains("Stack overflow.") ? "Something in it is nested too deeply to be made a page of."
            : process.Words.Contains("Out of memory") ? PageMaker.OutOfMemory
            : $"The process that makes its page ended unexpectedly. It said last:\n{process.Words.Lines(5)}";
        return $"{_notebook.Path}: {stopped}";
    }

    static PageMade? Answer(ChildProcess process)
    {
        try
        {
            return process.Channel.Receive() as PageMade;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What a process that was killed had written of a page.</summary>
    static void RemoveHalf(string path, int process)
    {
        foreach (string half in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{process}-*.part"))
            File.Delete(half);
    }

    /// <summary>Lets the process go on to another page, or ends it where it did not finish this one.</summary>
    public void Dispose()
    {
        if (_reusable)
            _maker.Return(_process.Result);
        else
            _process.ContinueWith(process =>
            {
                if (process.IsCompletedSuccessfully)
                    process.Result.Dispose();
            }, TaskScheduler.Default);
    }
}
