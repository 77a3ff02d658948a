namespace Anneal.Notebooks;

/// <summary>The front's side of a child process that runs cells one by one. When the child dies, the next cell gets a new one.</summary>
/// <param name="open">What the child is told first.</param>
/// <param name="settings">Its limits; the time is not limited.</param>
/// <param name="output">Called with outputs, also between cells: a thread that a cell has started may still write.</param>
internal sealed class LiveSession(OpenSession open, RunSettings settings, Action<Message> output) : IDisposable
{
    static readonly TimeSpan StreamPatience = TimeSpan.FromSeconds(1);

    readonly Lock _lock = new();
    Child? _child;

    /// <summary>How long an interrupted cell may take to stop before its process is ended.</summary>
    public TimeSpan InterruptPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>One process and what is awaited from it.</summary>
    sealed class Child(ChildProcess process)
    {
        public ChildProcess Process => process;
        public LastWords LastWords { get; } = new();
        public required StandardStream Output { get; init; }
        public required StandardStream Error { get; init; }
        public TaskCompletionSource<Message?>? Awaited { get; set; }
        public int Ended { get; set; }
        public int? ExitCode { get; set; }
        public bool WasStopped { get; set; }
        public bool HasDied { get; set; }
    }

    /// <summary>Starts the process without waiting for it.</summary>
    public void Warm() => _ = StartAsync();

    /// <summary>Runs a cell; its outputs have all been handed on when this ends.</summary>
    /// <returns>Null, or why the process ended in the middle of it.</returns>
    public async Task<Failure?> RunAsync(RunCell cell)
    {
        var (child, answer) = await SendAsync(cell);
        if (answer is CellEnded)
        {
            child!.Ended++;
            await Task.WhenAll(child.Output.MarkAsync(child.Ended, StreamPatience), child.Error.MarkAsync(child.Ended, StreamPatience));
            return null;
        }
        return child is null ? Ended.BeforeItBegan("", settings) : await DeathAsync(child);
    }

    /// <summary>Asks about code; null where the process has ended over it.</summary>
    public async Task<CodeAnswer?> AskAsync(AskAboutCode question) => (await SendAsync(question)).Answer as CodeAnswer;

    /// <summary>Stops the cell that runs: by itself, or after a while together with its process.</summary>
    public void Interrupt()
    {
        Child? child;
        TaskCompletionSource<Message?>? awaited;
        lock (_lock)
            (child, awaited) = (_child, _child?.Awaited);
        if (child is null || awaited is null)
            return;
        child.Process.Channel.Send(new InterruptCell());
        _ = Task.Delay(InterruptPatience).ContinueWith(_ =>
        {
            lock (_lock)
                if (_child == child && !awaited.Task.IsCompleted)
                {
                    child.WasStopped = true;
                    child.Process.Kill();
                }
        }, TaskScheduler.Default);
    }

    async Task<(Child? Child, Message? Answer)> SendAsync(Message message)
    {
        Child child;
        try
        {
            child = await StartAsync();
        }
        catch (IOException)
        {
            return (null, null);
        }
        var awaited = new TaskCompletionSource<Message?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            child.Awaited = awaited;
            if (child.HasDied)
                awaited.TrySetResult(null);
        }
        child.Process.Channel.Send(message);
        var answer = await awaited.Task;
        lock (_lock)
            child.Awaited = null;
        return (child, answer);
    }

    readonly SemaphoreSlim _starting = new(1);

    async Task<Child> StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            lock (_lock)
                if (_child is { HasDied: false } alive)
                    return alive;
            var process = await ChildProcess.StartAsync(settings, CancellationToken.None);
            Child? child = null;
            child = new(process)
            {
                Output = new(process.StandardOutput, (text, _) => output(new OutputAdded(new StreamText(false, text), 0))),
                Error = new(process.StandardError, (text, _) =>
                {
                    var words = child?.LastWords;
                    words?.Add(text);
                    if (words?.AreTheRuntimes != true)
                        output(new OutputAdded(new StreamText(true, text), 0));
                }),
            };
            process.Channel.Send(open);
            lock (_lock)
                _child = child;
            _ = Task.Factory.StartNew(() => Listen(child), TaskCreationOptions.LongRunning);
            return child;
        }
        finally
        {
            _starting.Release();
        }
    }

    void Listen(Child child)
    {
        try
        {
            while (child.Process.Channel.Receive() is { } message)
                switch (message)
                {
                    case CellEnded or CodeAnswer:
                        lock (_lock)
                            child.Awaited?.TrySetResult(message);
                        break;
                    case Exiting exiting:
                        child.ExitCode = exiting.ExitCode;
                        break;
                    default:
                        output(message);
                        break;
                }
        }
        catch (InvalidDataException)
        {
            // A cell has written into the channel: nothing that follows can be understood.
            child.Process.Kill();
        }
        lock (_lock)
        {
            child.HasDied = true;
            child.Awaited?.TrySetResult(null);
        }
    }

    async Task<Failure> DeathAsync(Child child)
    {
        var code = await child.Process.ExitCodeAsync(StreamPatience);
        child.Process.Kill();
        await Task.WhenAny(child.Error.Ended, Task.Delay(StreamPatience));
        var why = child.WasStopped
            ? new("interrupted", $"The cell did not stop within {InterruptPatience.TotalSeconds:0.#} seconds, so its process was ended.", null, null, [])
            : Ended.ByItself(child.ExitCode ?? code, child.ExitCode is not null, child.LastWords, settings);
        lock (_lock)
            _child = _child == child ? null : _child;
        child.Process.Dispose();
        Warm();
        return why with { Message = $"{why.Message}\nAll values are gone with it. Run the notebook again from its first cell." };
    }

    public void Dispose()
    {
        lock (_lock)
            _child?.Process.Dispose();
        _starting.Dispose();
    }
}
