using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Anneal.Notebooks;

/// <summary>A process together with all that it starts, so that nothing it leaves behind survives it.</summary>
internal static partial class ProcessGroup
{
    public const int KillSignal = 9, StopSignal = 19;

    const int SetChildSubreaper = 36, WithoutWaiting = 1;

    /// <summary>Makes this process the head of a group of its own. Keys pressed in the terminal no longer reach it; its runner decides.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows())
            SetSession();
    }

    /// <summary>From now on, processes below this one whose parent has gone become children of this one. Linux only.</summary>
    public static void Adopt() => ProcessControl(SetChildSubreaper, 1, 0, 0, 0);

    /// <summary>Lets go of adopted processes that have ended; they would keep their numbers otherwise.</summary>
    /// <param name="except">A process that .NET itself will ask for its exit code.</param>
    public static void Reap(int except)
    {
        foreach (int id in ProcessTree.EndedBelow(Environment.ProcessId).Where(id => id != except))
            Wait(id, 0, WithoutWaiting);
    }

    /// <summary>Ends a process and everything it has started.</summary>
    public static void Kill(Process process)
    {
        if (OperatingSystem.IsLinux())
            ProcessTree.KillBelow(process.Id);
        try
        {
            process.Kill(entireProcessTree: !OperatingSystem.IsLinux());
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself; what it left is in its group.
        }
        if (!OperatingSystem.IsWindows())
            Send(-process.Id, KillSignal);
    }

    /// <summary>Ends this process and everything in its group.</summary>
    public static void KillOwn()
    {
        using var own = Process.GetCurrentProcess();
        if (OperatingSystem.IsWindows())
            own.Kill();
        else
            Send(-own.Id, KillSignal);
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();

    /// <summary>Sends a signal to a process, or to a group where the number is negative.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Send(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int Wait(int process, nint status, int options);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);
}
