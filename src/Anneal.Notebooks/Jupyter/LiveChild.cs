using System.Collections.Concurrent;
using System.Runtime;

namespace Anneal.Notebooks;

/// <summary>The child process behind a front end: runs cells as they come, answers questions about code, and lets itself be interrupted.</summary>
internal sealed class LiveChild
{
    readonly Channel _channel;
    readonly CellOutput _output;
    readonly ChildConsole _console;
    readonly Sources _sources;
    readonly CellSession _session;
    readonly CodeAssistant _assistant;
    readonly BlockingCollection<Message> _work = [];
    readonly Lock _lock = new();
    CancellationTokenSource? _running;

    LiveChild(OpenSession open, Channel channel)
    {
        _channel = channel;
        _sources = new(open.Folder);
        _output = new(channel.Send, open.TextLimit) { ForPage = false };
        _console = new(channel, _output, _sources);
        Directory.SetCurrentDirectory(open.Folder);
        var kernels = new KernelPool();
        _session = CellSession.ForFrontEnd(open.Folder, open.Language, _output, kernels, _sources);
        _assistant = new(_session, kernels);
        // Both compilers are wanted sooner or later, but the first cell must not wait for the second compiler.
        kernels.Warm(open.Language);
        _ = Task.Run(() =>
        {
            _ = kernels[open.Language];
            kernels.Warm(open.Language == CellLanguages.CSharp ? CellLanguages.FSharp : CellLanguages.CSharp);
        });
    }

    public static int Run(OpenSession open, Channel channel)
    {
        var child = new LiveChild(open, channel);
        new Thread(child.Work, ChildProgram.StackSize) { IsBackground = true }.Start();
        while (channel.Receive() is { } message)
            if (message is InterruptCell)
                child.Interrupt();
            else
                child._work.Add(message);
        // The front has gone: nobody waits for the cells.
        ProcessGroup.KillOwn();
        return 0;
    }

    void Work()
    {
        foreach (var message in _work.GetConsumingEnumerable())
            if (message is RunCell cell)
                Run(cell);
            else if (message is AskAboutCode question)
                _channel.Send(_assistant.Answer(question));
    }

    void Run(RunCell cell)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var interrupt = new CancellationTokenSource();
        lock (_lock)
            _running = interrupt;
        Failure? failure = null;
        try
        {
            // It aborts the thread where it stands, which is what an endless loop needs. Where that fails, the front ends the process.
            ControlledExecution.Run(() => failure = _session.Run(cell.Number, cell.Code, cell.Language), interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            failure = new("interrupted", "The cell was interrupted. What cells before it declared is still there.", null, null, []);
        }
        finally
        {
            lock (_lock)
                _running = null;
        }
        _output.EndCell();
        if (failure is not null)
            _output.Add(failure);
        _channel.Send(new CellEnded(System.Diagnostics.Stopwatch.GetElapsedTime(start)));
        _console.Mark();
    }

    void Interrupt()
    {
        CancellationTokenSource? running;
        lock (_lock)
            running = _running;
        try
        {
            // Cancel waits until the thread has been aborted, and this thread must go on listening.
            _ = running?.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The cell has just ended.
        }
    }
}
