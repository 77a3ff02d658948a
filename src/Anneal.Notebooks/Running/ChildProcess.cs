using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Anneal.Notebooks;

/// <summary>The process in which one notebook's cells run: this program again, as a child.</summary>
internal sealed class ChildProcess : IDisposable
{
    readonly Process _process;

    ChildProcess(Process process, NamedPipeServerStream pipe) => (_process, Channel) = (process, new(pipe));

    /// <summary>What the child writes to its standard streams after each cell.</summary>
    public static ReadOnlySpan<byte> EndMark => "\0\u0001anneal: end of cell\u0001\0"u8;

    public Channel Channel { get; }

    /// <summary>What the process itself, and what it starts, writes past the engine: native libraries, other programs, the runtime's last words.</summary>
    public Stream StandardOutput => _process.StandardOutput.BaseStream;

    /// <inheritdoc cref="StandardOutput"/>
    public Stream StandardError => _process.StandardError.BaseStream;

    /// <summary>Bytes of memory it holds now.</summary>
    public long Memory
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Starts a child and waits until it listens.</summary>
    /// <exception cref="IOException">It ended before it did.</exception>
    public static async Task<ChildProcess> StartAsync(RunSettings settings, CancellationToken cancel)
    {
        string name = $"anneal-{Guid.NewGuid().ToString("N")[..12]}"; // a socket's path must be short on macOS
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var start = new ProcessStartInfo(DotnetHost, [typeof(ChildProcess).Assembly.Location, "child", name])
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
                ["DOTNET_DbgEnableMiniDump"] = "0",
            },
        };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        var child = new ChildProcess(process, pipe);
        try
        {
            var connected = pipe.WaitForConnectionAsync(cancel);
            await Task.WhenAny(connected, process.WaitForExitAsync(cancel));
            if (!connected.IsCompleted && process.HasExited)
                throw new IOException($"It ended with exit code {process.ExitCode} and said: {(await process.StandardError.ReadToEndAsync(cancel)).Trim()}");
            await connected;
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
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

    /// <summary>Ends the process, hard, with all that it has started.</summary>
    public void Kill() => ProcessGroup.Kill(_process);

    public void Dispose()
    {
        Kill();
        Channel.Dispose();
        _process.Dispose();
    }

    /// <summary>The dotnet program whose runtime this process runs on.</summary>
    static string DotnetHost
    {
        get
        {
            string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
            string host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
            return File.Exists(host) ? host : "dotnet";
        }
    }
}
