using System.IO.Pipes;

namespace Anneal.Notebooks;

/// <summary>The child process: runs one notebook's cells and reports what comes of them.</summary>
internal static class ChildProgram
{
    /// <summary>F#'s compiler goes deep on long lists and nested expressions; more than the usual 1.5 MB on Linux and 1 MB on Windows.</summary>
    const int StackSize = 16 << 20;

    /// <param name="pipe">The runner's pipe.</param>
    public static int Run(string pipe)
    {
        ProcessGroup.Lead();
        var stream = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
        stream.Connect(TimeSpan.FromSeconds(10));
        var channel = new Channel(stream);
        if (channel.Receive() is not RunNotebook order)
            return 0;

        var cells = new Thread(() => RunCells(order, channel), StackSize);
        cells.Start();

        // The runner says nothing more: when the pipe ends, it has gone, and nobody waits for the cells.
        var watch = new Thread(() =>
        {
            while (channel.Receive() is not null)
            {
            }
            ProcessGroup.KillOwn();
        })
        { IsBackground = true };
        watch.Start();
        cells.Join();
        // Threads that cells have left running do not keep the process.
        Environment.Exit(0);
        return 0;
    }

    static void RunCells(RunNotebook order, Channel channel)
    {
        var output = new CellOutput(channel.Send, order.TextLimit);
        CellOutput.Current = output;
        var (realOut, realError) = (Console.OpenStandardOutput(), Console.OpenStandardError());
        Console.SetOut(new CellWriter(output, isError: false));
        Console.SetError(new CellWriter(output, isError: true));
        bool ended = false;
        var sources = new Sources(Path.GetDirectoryName(order.Notebook.Path)!);
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
            output.Add(FailureReport.Of(e.ExceptionObject as Exception ?? new InvalidOperationException("Something that is no exception was thrown."), sources));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            output.Flush();
            if (!ended)
                channel.Send(new Exiting(Environment.ExitCode));
        };
        using var flush = new Timer(_ => output.Flush(), null, FlushPeriod, FlushPeriod);

        Directory.SetCurrentDirectory(Path.GetDirectoryName(order.Notebook.Path)!);
        var kernels = new KernelPool();
        foreach (string language in NotebookLanguages.Of(order.Notebook))
            kernels.Warm(language);
        var session = new CellSession(order.Notebook, output, kernels, sources);
        for (int i = 0; i < order.Notebook.Cells.Count; i++)
            if (order.Notebook.Cells[i].Kind == CellKind.Code)
            {
                channel.Send(new CellBegun(i));
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                var failure = session.Run(i);
                output.EndCell();
                if (failure is not null)
                    output.Add(failure);
                channel.Send(new CellEnded(System.Diagnostics.Stopwatch.GetElapsedTime(start)));
                Mark(realOut);
                Mark(realError);
                if (failure is not null)
                    break;
            }
        ended = true;
        channel.Send(new NotebookEnded());
    }

    static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>Marks the end of a cell in a standard stream, whose bytes take another way to the runner than messages do.</summary>
    static void Mark(Stream stream)
    {
        try
        {
            stream.Write(ChildProcess.EndMark);
            stream.Flush();
        }
        catch (IOException)
        {
            // A cell has closed the stream; the runner does not wait long.
        }
    }
}
