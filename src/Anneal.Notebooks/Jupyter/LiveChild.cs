using System.Collections.Concurrent;
using System.Runtime;

namespace Anneal.Notebooks;

/// <summary>The child process behind a front end: runs cells as they come, answers questions about code, and lets itself be interrupted.</summary>
internal sealed class LiveChild
{
    static readonly TimeSpan AbortPatience = TimeSpan.FromMilliseconds(50), WakePatience = TimeSpan.FromMilliseconds(200);

    readonly Channel _channel;
    readonly CellOutput _output;
    readonly ChildConsole _console;
    readonly Sources _sources;
    readonly CellSession _session;
    readonly CodeAssistant _assistant;
    readonly BlockingCollection<Message> _work = [];
    readonly Lock _lock = new();
    (Thread Thread, CancellationTokenSource Interrupt)? _running;

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

    /// <remarks>Each cell has a thread of its own: a thread can be aborted only once, and what interrupts it must not reach the next cell.</remarks>
    void Run(RunCell cell)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var interrupt = new CancellationTokenSource();
        Failure? failure = null;
        var thread = new Thread(() => failure = Run(cell, interrupt.Token), ChildProgram.StackSize) { IsBackground = true };
        lock (_lock)
            _running = (thread, interrupt);
        thread.Start();
        thread.Join();
        bool wasInterrupted = _output.Interrupted == thread;
        lock (_lock)
            (_running, _output.Interrupted) = (null, null);
        if (wasInterrupted)
            _console.Connect();
        _output.EndCell();
        if (failure is not null)
            _output.Add(failure);
        _channel.Send(new CellEnded(System.Diagnostics.Stopwatch.GetElapsedTime(start)));
        _console.Mark();
    }

    Failure? Run(RunCell cell, CancellationToken interrupt)
    {
        try
        {
            // It aborts the thread where it stands, which is what an endless loop needs, unless printing has stopped it before: a thread that is
            // aborted inside the runtime can take the process with it. Where that fails, the front ends the process.
            Failure? failure = null;
            ControlledExecution.Run(() => failure = _session.Run(cell.Number, cell.Code, cell.Language), interrupt);
            return _output.Interrupted == Thread.CurrentThread && failure is not null ? Interrupted : failure;
        }
        catch (Exception e) when (e is OperationCanceledException or ThreadInterruptedException)
        {
            return Interrupted;
        }
    }

    static Failure Interrupted => new("interrupted", "The cell was interrupted. What cells before it declared is still there.", null, null, []);

    /// <summary>Stops a thread that does not stop by itself at the next thing it prints.</summary>
    async Task StopAsync(Thread thread, CancellationTokenSource interrupt)
    {
        await Task.Delay(AbortPatience);
        lock (_lock)
            if (_running?.Thread == thread)
                // Cancel waits until the thread has been aborted, and it must not be waited for in the lock.
                _ = interrupt.CancelAsync();
        await Task.Delay(WakePatience);
        lock (_lock)
            if (_running?.Thread == thread)
                // A thread that waits is not aborted before it wakes up.
                thread.Interrupt();
    }

    void Interrupt()
    {
        lock (_lock)
            if (_running is var (thread, interrupt))
            {
                _output.Interrupted = thread;
                _ = StopAsync(thread, interrupt);
            }
    }
}
