using System.Diagnostics;

namespace Anneal.Mutation;

/// <summary>A child process that runs tests against the planted library.</summary>
sealed class WorkerProcess : IDisposable
{
    readonly Process process;

    string? complaint;

    WorkerProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("worker");
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // A mistake may ask for endless memory, and none needs a dump.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0xA0000000";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => complaint ??= line.Data;
        process.BeginErrorReadLine();
    }

    /// <summary>Records what the tests reach. Where a test ends the process, another process goes on behind it.</summary>
    public static void Record(Run run)
    {
        while (true)
        {
            using var worker = new WorkerProcess("record", run.Built, run.Planted, run.CoverageFile, run.Count.ToString(), run.Tests);
            worker.process.WaitForExit();
            if (worker.process.ExitCode == 0)
                return;
            if (RecordingJournal.Unfinished(run.CoverageFile) is null)
                throw new InvalidOperationException($"The tests of the planted library cannot be loaded (exit code {worker.process.ExitCode}): {worker.complaint}");
        }
    }

    public static WorkerProcess Start(Run run) => new("try", run.Built, run.Planted, run.CoverageFile, run.Count.ToString(), run.Tests);

    public static string Once(Run run, int mistake)
    {
        using var worker = new WorkerProcess("once", run.Built, run.Planted, run.CoverageFile, mistake.ToString(), run.Tests);
        return worker.Answer(run.Patience);
    }

    /// <summary>What became of a mistake; a process that ends or says nothing for too long is of no further use.</summary>
    public string Try(int mistake, TimeSpan patience)
    {
        process.StandardInput.WriteLine(mistake);
        process.StandardInput.Flush();
        return Answer(patience);
    }

    public bool IsOver { get; private set; }

    string Answer(TimeSpan patience)
    {
        var line = process.StandardOutput.ReadLineAsync();
        bool inTime = line.Wait(patience);
        string? answer = inTime ? line.Result : null;
        IsOver = answer is null or "spoilt";
        return answer ?? (inTime ? "killed by the end of the process" : "killed by the clock");
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
