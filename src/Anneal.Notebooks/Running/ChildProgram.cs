using System.IO.Pipes;

namespace Anneal.Notebooks;

/// <summary>The child process: runs one notebook's cells and reports what comes of them.</summary>
internal static class ChildProgram
{
    /// <summary>F#'s compiler goes deep on long lists and nested expressions; more than the usual 1.5 MB on Linux and 1 MB on Windows.</summary>
    public const int StackSize = 16 << 20;

    /// <param name="pipe">The runner's pipe.</param>
    public static int Run(string pipe)
    {
        ProcessGroup.Lead();
        var stream = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
        stream.Connect(TimeSpan.FromSeconds(10));
        var channel = new Channel(stream);
        return channel.Receive() switch
        {
            RunNotebook order => Run(order, channel),
            OpenSession session => LiveChild.Run(session, channel),
            _ => 0,
        };
    }

    static int Run(RunNotebook order, Channel channel)
    {
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
        var sources = new Sources(Path.GetDirectoryName(order.Notebook.Path)!);
        var output = new CellOutput(channel.Send, order.TextLimit);
        using var console = new ChildConsole(channel, output, sources);
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
                console.Mark();
                if (failure is not null && !order.KeepGoing)
                    break;
            }
        console.HasEnded = true;
        channel.Send(new NotebookEnded());
    }
}
