using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Anneal.Notebooks;

/// <summary>A process together with all that it starts, so that nothing it leaves behind survives it.</summary>
internal static partial class ProcessGroup
{
    const int KillSignal = 9, SetChildSubreaper = 36;

    /// <summary>Makes this process the head of a group of its own. Keys pressed in the terminal no longer reach it; its runner decides.</summary>
    public static void Lead()
    {
        if (OperatingSystem.IsWindows())
            return;
        SetSession();
        // On Linux, processes whose parent has gone become children of this one, so that a walk over the tree finds them.
        if (OperatingSystem.IsLinux())
            ProcessControl(SetChildSubreaper, 1, 0, 0, 0);
    }

    /// <summary>Ends a process and everything it has started.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself; what it left is in its group.
        }
        if (!OperatingSystem.IsWindows())
            KillGroup(-process.Id, KillSignal);
    }

    /// <summary>Ends this process and everything it has started.</summary>
    public static void KillOwn()
    {
        using var own = Process.GetCurrentProcess();
        if (OperatingSystem.IsWindows())
            own.Kill();
        else
            KillGroup(-own.Id, KillSignal);
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillGroup(int process, int signal);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);
}
