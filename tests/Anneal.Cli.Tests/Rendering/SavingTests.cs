using System.Diagnostics;

namespace Anneal.Cli.Tests;

/// <summary>What <c>render --save</c> may do to a notebook: add outputs, and nothing else.</summary>
public sealed class SavingTests : IDisposable
{
    const string Cells = """
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
         {"id": "a", "cell_type": "code", "metadata": {"polyglot_notebook": {"kernelName": "csharp"}}, "execution_count": null, "outputs": [], "source": "SOURCE"}]}
        """;

    readonly CommandLine _command = new();

    string File(string name) => Path.Combine(_command.Folder, name);

    CommandLine Notebook(string name, string source) => _command.Notebook(name, Cells.Replace("SOURCE", source.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")));

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task An_edit_made_while_the_notebook_runs_stays_and_the_outputs_are_refused()
    {
        // The cell itself stands for whoever edits the file meanwhile.
        Notebook("edited.ipynb", "System.IO.File.AppendAllText(\"edited.ipynb\", \"\\n\\n\");\n1 + 1");
        Notebook("calm.ipynb", "1 + 1");
        var (exit, output, error) = await _command.RenderAsync("--save");
        Assert.Equal(1, exit);
        Assert.Contains("edited.ipynb: It was changed while it ran, so its outputs were not saved", error);
        Assert.EndsWith("\n\n", System.IO.File.ReadAllText(File("edited.ipynb")));
        Assert.DoesNotContain("\"2\"", System.IO.File.ReadAllText(File("edited.ipynb")));
        Assert.Contains("\"2\"", System.IO.File.ReadAllText(File("calm.ipynb")));
        Assert.StartsWith("1 of 2 pages written", output.TrimEnd().Split('\n')[^1]);
        Assert.Empty(Directory.GetFiles(_command.Folder, "*.part"));
    }

    [Fact]
    public async Task A_notebook_that_was_removed_or_replaced_meanwhile_is_not_brought_back()
    {
        Notebook("gone.ipynb", "System.IO.File.Delete(\"gone.ipynb\");");
        var (exit, _, error) = await _command.RenderAsync("--save");
        Assert.Equal(1, exit);
        Assert.Contains("gone.ipynb", error);
        Assert.False(System.IO.File.Exists(File("gone.ipynb")));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Permissions_links_and_read_only_files_stay_as_they_are()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions of Unix");
        Notebook("mode.ipynb", "1 + 1");
        System.IO.File.SetUnixFileMode(File("mode.ipynb"), (UnixFileMode)0b110_100_001);
        Notebook("sealed.ipynb", "1 + 1");
        System.IO.File.SetUnixFileMode(File("sealed.ipynb"), (UnixFileMode)0b100_100_100);
        Directory.CreateDirectory(File("deep"));
        Notebook("deep/real.ipynb", "1 + 1");
        System.IO.File.CreateSymbolicLink(File("link.ipynb"), "deep/real.ipynb");
        Notebook("twin.ipynb", "1 + 1");
        Process.Start("ln", [File("twin.ipynb"), File("twin.txt")]).WaitForExit();

        var (exit, output, error) = await _command.RenderAsync("--save");
        Assert.Equal(1, exit);
        Assert.Contains("sealed.ipynb is read-only and was left as it is", error);
        Assert.StartsWith("3 of 4 pages written", output.TrimEnd().Split('\n')[^1]);
        Assert.Equal((UnixFileMode)0b110_100_001, System.IO.File.GetUnixFileMode(File("mode.ipynb")));
        Assert.Equal((UnixFileMode)0b100_100_100, System.IO.File.GetUnixFileMode(File("sealed.ipynb")));
        Assert.Equal("deep/real.ipynb", new FileInfo(File("link.ipynb")).LinkTarget);
        Assert.All(["mode.ipynb", "deep/real.ipynb", "twin.ipynb", "twin.txt"], name => Assert.Contains("\"2\"", System.IO.File.ReadAllText(File(name))));
        Assert.DoesNotContain("\"2\"", System.IO.File.ReadAllText(File("sealed.ipynb")));
    }

    [Fact]
    public async Task The_owner_stays_the_owner()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "only root may give files away");
        Notebook("theirs.ipynb", "1 + 1");
        Process.Start("chown", ["65534:65534", File("theirs.ipynb")]).WaitForExit();
        var (exit, _, error) = await _command.RenderAsync("--save");
        Assert.True(exit == 0, error);
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%u:%g", File("theirs.ipynb")]) { RedirectStandardOutput = true })!;
        Assert.Equal("65534:65534", (await stat.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
        Assert.Contains("\"2\"", System.IO.File.ReadAllText(File("theirs.ipynb")));
    }

    [Fact]
    public async Task Twenty_kills_at_any_moment_lose_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        string[] names = [.. Enumerable.Range(0, 3).Select(i => $"n{i}.ipynb")];
        foreach (string name in names)
            Notebook(name, $"Console.WriteLine(new string('x', 300_000));\n// {name}");
        string[] before = [.. names.Select(name => System.IO.File.ReadAllText(File(name)))];
        var (exit, _, error) = await _command.RenderAsync("--save", "--jobs", "3");
        Assert.True(exit == 0, error);
        string[] after = [.. names.Select(name => System.IO.File.ReadAllText(File(name)))];
        long whole = 0;
        for (int kill = 0; kill < 20; kill++)
        {
            foreach (var (name, text) in names.Zip(before))
                System.IO.File.WriteAllText(File(name), text);
            long start = Stopwatch.GetTimestamp();
            using var process = _command.Start("render", ".", "--out", "site", "--save", "--jobs", "3");
            // Once to its end, to know how long it takes; then killed all along the last half of that time, where files are written.
            var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            if (kill > 0)
            {
                await Task.WhenAny(process.WaitForExitAsync(cancel), Task.Delay(TimeSpan.FromMilliseconds(whole * (0.5 + 0.5 * kill / 20)), cancel));
                process.Kill();
            }
            await process.WaitForExitAsync(cancel);
            await reading;
            if (kill == 0)
                whole = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            foreach (var (i, name) in names.Index())
                Assert.Contains(System.IO.File.ReadAllText(File(name)), new[] { before[i], after[i] });
        }
        (exit, _, error) = await _command.RenderAsync("--save");
        Assert.True(exit == 0, error);
        Assert.Equal(after, names.Select(name => System.IO.File.ReadAllText(File(name))));
        Assert.Empty(Directory.GetFiles(_command.Folder, ".*.part"));
        Assert.Empty(Directory.GetFiles(_command.Site, ".*.part"));
    }
}
