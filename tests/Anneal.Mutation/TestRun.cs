using System.Diagnostics;

namespace Anneal.Mutation;

/// <summary>The tests in a folder of their own, run as a process against whatever library lies beside them.</summary>
sealed class TestRun
{
    readonly string folder = Directory.CreateTempSubdirectory("mutation").FullName;
    readonly IReadOnlyList<string> classes;

    public TestRun(string built, IReadOnlyList<string> classes)
    {
        this.classes = classes;
        foreach (string file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Library => Path.Combine(folder, "Anneal.dll");

    /// <summary>Whether all tests pass; null when they take longer than the limit and are stopped.</summary>
    public bool? Passes(TimeSpan limit)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "Anneal.Tests"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (string argument in classes.SelectMany(name => new[] { "-class", $"*.{name}" }).Append("-stopOnFail"))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (process.WaitForExit(limit))
            return process.ExitCode == 0;
        process.Kill(entireProcessTree: true);
        return null;
    }

    public void Delete() => Directory.Delete(folder, recursive: true);
}
