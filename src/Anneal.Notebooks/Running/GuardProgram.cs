using System.Diagnostics;

namespace Anneal.Notebooks;

/// <summary>Stands between the runner and a notebook's process on Linux: whatever cells start stays below it, and goes with it.</summary>
/// <remarks>
/// A process whose parent has ended becomes a child of the guard, also one in a session of its own; so even when the notebook's process has
/// died at once, all that it has left can be found. The guard lives as long as the runner holds its standard input open.
/// </remarks>
internal static class GuardProgram
{
    /// <param name="pipe">The runner's pipe, for the notebook's process.</param>
    public static int Run(string pipe)
    {
        ProcessGroup.Lead();
        ProcessGroup.Adopt();
        using var notebook = Process.Start(new ProcessStartInfo(ChildProcess.DotnetHost, ChildProcess.Arguments("child", pipe)) { RedirectStandardInput = true })!;
        notebook.StandardInput.Close();
        new Thread(() =>
        {
            try
            {
                Console.OpenStandardInput().CopyTo(Stream.Null);
            }
            catch (IOException)
            {
            }
            ProcessTree.KillBelow(Environment.ProcessId);
            Environment.Exit(1);
        })
        { IsBackground = true }.Start();
        while (!notebook.WaitForExit(ReapPeriod))
            ProcessGroup.Reap(except: notebook.Id);
        ProcessTree.KillBelow(Environment.ProcessId);
        return notebook.ExitCode;
    }

    static readonly TimeSpan ReapPeriod = TimeSpan.FromSeconds(1);
}
