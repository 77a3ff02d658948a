using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Anneal.Notebooks;

/// <summary>The process in which one notebook's cells run: this program again, as a child.</summary>
internal sealed class ChildProcess : IDisposable
{
    readonly Process _process;

    readonly bool _isGuarded;

    readonly Lock _ending = new();

    bool _isDisposed;

    ChildProcess(Process process, NamedPipeServerStream pipe, bool isGuarded) => (_process, Channel, _isGuarded) = (process, new(pipe), isGuarded);

    /// <summary>What the child writes to its standard streams after each cell.</summary>
    public static ReadOnlySpan<byte> EndMark => "\0\u0001anneal: end of cell\u0001\0"u8;

    public Channel Channel { get; }

    /// <summary>What the process itself, and what it starts, writes past the engine: native libraries, other programs, the runtime's last words.</summary>
    public Stream StandardOutput => _process.StandardOutput.BaseStream;

    /// <inheritdoc cref="StandardOutput"/>
    public Stream StandardError => _process.StandardError.BaseStream;

    /// <summary>Bytes of memory it holds now; on Linux together with all that it has started.</summary>
    /// <param name="limit">What matters is whether this is exceeded.</param>
    public long Memory(long limit)
    {
        try
        {
            if (_isGuarded)
                return ProcessTree.MemoryBelow(_process.Id, limit);
            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Starts a child and waits until it listens.</summary>
    /// <exception cref="IOException">It ended before it did.</exception>
    public static Task<ChildProcess> StartAsync(RunSettings settings, CancellationToken cancel) =>
        StartAsync(OperatingSystem.IsLinux() ? "guard" : "child", settings, cancel);

    /// <summary>Starts this program in the role its <c>Program.cs</c> knows by that name.</summary>
    /// <inheritdoc cref="StartAsync(RunSettings, CancellationToken)"/>
    public static async Task<ChildProcess> StartAsync(string role, RunSettings settings, CancellationToken cancel)
    {
        string name = $"anneal-{Guid.NewGuid().ToString("N")[..12]}"; // a socket's path must be short on macOS
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var start = new ProcessStartInfo(DotnetHost, Arguments(role, name))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["DOTNET_GCHeapHardLimit"] = settings.MemoryLimit.ToString("x", null),
                // Compilers make short-lived objects by the hundred megabytes; fewer collections of 64 MB each take a tenth less time.
                ["DOTNET_GCgen0size"] = "4000000",
                // F#'s compiler reads libraries into arrays that count as large, and their own budget is small: it brought fifteen collections of everything before the first cell.
                ["DOTNET_GCLOHThreshold"] = "1000000",
                // Most methods of compilers are called some dozens of times before the process ends; compiling again, to optimise it, only what is called 1,024 times takes a tenth less.
                ["DOTNET_TC_CallCountThreshold"] = "400",
                ["DOTNET_DbgEnableMiniDump"] = "0",
                ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = settings.Cultures && Cultures.AreInstalled ? "0" : "1",
                [PackageRestore.Switch] = settings.Restore ? "1" : "0",
            },
        };
        var process = Process.Start(start)!;
        bool isGuarded = role == "guard";
        if (!isGuarded)
            process.StandardInput.Close(); // a guard lives as long as it is open
        var child = new ChildProcess(process, pipe, isGuarded);
        try
        {
            var connected = pipe.WaitForConnectionAsync(cancel);
            await Task.WhenAny(connected, process.WaitForExitAsync(cancel));
            if (!connected.IsCompleted && process.HasExited)
                throw new IOException($"It ended with exit code {process.ExitCode} and said: {(await process.StandardError.ReadToEndAsync(cancel)).Trim()}");
            await connected;
            if (role == "page")
                child.Listen();
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>What a process that runs no cells has written to standard error.</summary>
    public LastWords Words { get; } = new();

    /// <summary>Done when nothing more comes.</summary>
    public Task WordsEnded { get; private set; } = Task.CompletedTask;

    void Listen()
    {
        _ = new StandardStream(StandardOutput, (_, _) => { });
        WordsEnded = new StandardStream(StandardError, (text, _) => Words.Add(text)).Ended;
    }

    /// <summary>The exit code, waiting a moment for a process that is ending; null where it goes on.</summary>
    public async Task<int?> ExitCodeAsync(TimeSpan patience)
    {
        try
        {
            using var limit = new CancellationTokenSource(patience);
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Ends the process, hard, with all that it has started. A timer may still ask for it when all is over: then nothing is left to end.</summary>
    public void Kill()
    {
        lock (_ending)
            if (!_isDisposed)
                ProcessGroup.Kill(_process);
    }

    public void Dispose()
    {
        lock (_ending)
        {
            Kill();
            _isDisposed = true;
        }
        Channel.Dispose();
        _process.Dispose();
    }

    /// <summary>What the dotnet program is given to run this program in a role.</summary>
    public static string[] Arguments(string role, string pipe) => [typeof(ChildProcess).Assembly.Location, role, pipe];

    /// <summary>The dotnet program whose runtime this process runs on.</summary>
    public static string DotnetHost
    {
        get
        {
            string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
            string host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
            return File.Exists(host) ? host : "dotnet";
        }
    }
}
