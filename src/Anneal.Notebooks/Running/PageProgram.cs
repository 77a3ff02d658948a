using System.IO.Pipes;

namespace Anneal.Notebooks;

/// <summary>The process that writes pages: whatever an output makes of the page's making, it is this process that takes the time and the memory.</summary>
internal static class PageProgram
{
    /// <summary>Compilers, markdown and formulas are followed into their depths on the stack.</summary>
    const int StackSize = 64 << 20;

    /// <param name="pipe">The runner's pipe.</param>
    public static int Run(string pipe)
    {
        ProcessGroup.Lead();
        var stream = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
        stream.Connect(TimeSpan.FromSeconds(10));
        var channel = new Channel(stream);
        while (channel.Receive() is { } order)
            new Thread(() => Do(order, channel), StackSize) { IsBackground = true }.Start();
        return 0; // the runner has gone, and nobody waits for the page
    }

    static void Do(Message order, Channel channel)
    {
        if (order is WarmUpPage warm)
        {
            Page.Prepare(warm.Notebook);
            // It waits now until the cells have run, and they want memory: what is free goes back to the machine.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        else if (order is MakePage make)
            channel.Send(new PageMade(Make(make)));
    }

    static string? Make(MakePage order)
    {
        try
        {
            PageFile.Write(order.Path, Page.Render(order.Run, order.Settings));
            return null;
        }
        catch (NotebookException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{order.Run.Notebook.Path}: {e.Message}";
        }
        catch (OutOfMemoryException)
        {
            return $"{order.Run.Notebook.Path}: {PageMaker.OutOfMemory}";
        }
        catch (Exception e)
        {
            return $"{order.Run.Notebook.Path}: Its page cannot be made. {e.Message}";
        }
    }
}
