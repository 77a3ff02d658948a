namespace Anneal.Notebooks;

/// <summary>Runs notebooks, each in a process of its own that cannot outlive its time, its memory or its notebook.</summary>
public static class NotebookRunner
{
    static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(100), StreamPatience = TimeSpan.FromSeconds(1);

    /// <summary>Runs the code cells in order and stops at the first that fails.</summary>
    /// <param name="notebook">What to run; cells see its folder as the working directory.</param>
    /// <param name="settings">Its limits.</param>
    /// <param name="progress">Told when a cell begins.</param>
    /// <param name="cancel">Ends the process at once; the call then throws.</param>
    public static async Task<NotebookRun> RunAsync(
        Notebook notebook, RunSettings settings, IProgress<CellProgress>? progress = null, CancellationToken cancel = default)
    {
        settings = settings with { Cultures = settings.Cultures || Cultures.AreNamedIn(notebook) };
        var record = new RunRecord(notebook, settings);
        if (notebook.Cells.All(c => c.Kind != CellKind.Code))
            return record.ToRun();

        using var timeout = new CancellationTokenSource(settings.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        ChildProcess child;
        try
        {
            child = await ChildProcess.StartAsync(settings, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            record.Fail(Ended.TimedOut(settings));
            return record.ToRun();
        }
        catch (IOException e)
        {
            record.Fail(Ended.BeforeItBegan(e.Message, settings));
            return record.ToRun();
        }
        using (child)
        {
            var lastWords = new LastWords();
            var standardOutput = new StandardStream(child.StandardOutput, (text, after) => record.AddNative(false, text, after));
            var standardError = new StandardStream(child.StandardError, (text, after) =>
            {
                lastWords.Add(text);
                if (!lastWords.AreTheRuntimes)
                    record.AddNative(true, text, after);
            });

            Failure? stopped = null;
            using var watch = new Timer(_ =>
            {
                if (child.Memory(settings.MemoryLimit) > settings.MemoryLimit)
                {
                    stopped = Ended.OutOfMemory(settings);
                    child.Kill();
                }
            }, null, WatchPeriod, WatchPeriod);
            using var kill = either.Token.Register(() =>
            {
                stopped ??= Ended.TimedOut(settings);
                child.Kill();
            });

            int? exiting = null;
            bool done;
            try
            {
                done = await Task.Run(() => Listen(child, notebook, settings, record, progress, standardOutput, standardError, code => exiting = code), CancellationToken.None);
            }
            catch (InvalidDataException)
            {
                child.Kill();
                stopped ??= Ended.BrokenChannel;
                done = false;
            }
            cancel.ThrowIfCancellationRequested();
            if (!done)
            {
                var code = await child.ExitCodeAsync(StreamPatience);
                child.Kill();
                await Task.WhenAny(standardError.Ended, Task.Delay(StreamPatience, CancellationToken.None));
                record.Fail(stopped ?? Ended.ByItself(exiting ?? code, exiting is not null, lastWords, settings));
            }
            return record.ToRun();
        }
    }

    /// <summary>Takes the child's messages in until it says that it has ended, or its pipe does.</summary>
    /// <returns>Whether it said so.</returns>
    static bool Listen(ChildProcess child, Notebook notebook, RunSettings settings, RunRecord record, IProgress<CellProgress>? progress,
        StandardStream standardOutput, StandardStream standardError, Action<int> exiting)
    {
        int ended = 0;
        child.Channel.Send(new RunNotebook(notebook, settings.TextLimit, settings.KeepGoing));
        while (child.Channel.Receive() is { } message)
            switch (message)
            {
                case CellBegun begun:
                    record.Begin(begun.Cell);
                    progress?.Report(new(notebook, begun.Cell));
                    break;
                case OutputAdded added:
                    record.Add(added.Output, added.Id);
                    break;
                case OutputReplaced replaced:
                    record.Replace(replaced.Output, replaced.Id);
                    break;
                case CellEnded cell:
                    ended++;
                    Task.WaitAll(standardOutput.MarkAsync(ended, StreamPatience), standardError.MarkAsync(ended, StreamPatience));
                    record.End(cell.Elapsed);
                    break;
                case Exiting exit:
                    exiting(exit.ExitCode);
                    break;
                case NotebookEnded:
                    return record.IsDone ? true : throw new InvalidDataException("Not all cells have run.");
                default:
                    throw new InvalidDataException($"{message.GetType().Name} is nothing that a notebook's process says.");
            }
        return false;
    }
}
