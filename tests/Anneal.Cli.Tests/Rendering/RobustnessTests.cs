using System.Diagnostics;

namespace Anneal.Cli.Tests;

/// <summary>Whatever a cell does, its notebook ends with a message and the other notebooks get their pages.</summary>
public sealed class RobustnessTests(BadNotebooks bad) : IClassFixture<BadNotebooks>, IDisposable
{
    readonly CommandLine _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("loop", "cell 2 of 2 (csharp)", "after 8 seconds")]
    [InlineData("finally", "cell 1 of 1 (csharp)", "after 8 seconds")]
    [InlineData("overflow", "cell 1 of 1 (csharp)", "Stack overflow")]
    [InlineData("exit", "cell 1 of 1 (csharp)", "exit code 3")]
    [InlineData("thread", "cell 1 of 1 (csharp), line 1", "InvalidOperationException: thrown behind")]
    [InlineData("managed", "cell 1 of 1 (csharp)", "memory")]
    [InlineData("native", "cell 1 of 1 (csharp)", "more than 0.6 GB")]
    public void A_bad_notebook_gets_a_message_and_no_page(string name, string place, string cause)
    {
        string message = Assert.Single(bad.Error.Split("\n\n"), block => block.Contains($"{name}.dib, cell"));
        Assert.Contains($"{name}.dib, {place}", message);
        Assert.Contains(cause, message);
        Assert.False(bad.Command.HasPage(name));
    }

    [Fact]
    public void The_good_notebook_among_bad_ones_gets_its_page()
    {
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("the good page", bad.Command.Page("good"));
        Assert.StartsWith("1 of 8 pages written", bad.Output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task A_hundred_megabytes_of_text_are_cut_with_a_note()
    {
        _command.Notebook("loud.dib", "#!csharp\nvar line = new string('x', 999);\nfor (int i = 0; i < 100_000; i++) Console.WriteLine(line);\n");
        var (exit, output, _) = await _command.RenderAsync();
        Assert.Equal(0, exit);
        Assert.Contains("1 page written", output);
        Assert.Contains("the cell wrote 100,000,000 characters, of which 1,000,000 are kept", _command.Page("loud"));
        Assert.InRange(new FileInfo(Path.Combine(_command.Site, "loud.html")).Length, 1_000_000, 8_000_000);
    }

    [Fact]
    public async Task A_process_that_a_cell_leaves_behind_is_ended_with_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sh is needed");
        _command.Notebook("leaves.dib", """
            #!csharp
            using System.Diagnostics;
            var sleeper = Process.Start("sleep", "1234");
            Process.Start("sh", ["-c", "sleep 1234 & echo $! > orphan"]).WaitForExit();
            System.IO.File.WriteAllText("child", sleeper.Id.ToString());
            """);
        var (exit, _, error) = await _command.RenderAsync();
        Assert.True(exit == 0, error);
        foreach (string file in (string[])["child", "orphan"])
            Assert.False(IsAlive(int.Parse(File.ReadAllText(Path.Combine(_command.Folder, file)))), $"the {file} process still runs");
    }

    [Fact]
    public async Task An_interrupt_stops_children_and_leaves_no_half_page()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill is needed");
        _command.Notebook("long.dib", "#!csharp\nSystem.IO.File.WriteAllText(\"pid\", Environment.ProcessId.ToString());\nwhile (true) { }\n");
        using var process = _command.StartInForeground("render", ".", "--out", "site");
        string pid = Path.Combine(_command.Folder, "pid");
        while (!File.Exists(pid) || File.ReadAllText(pid) == "")
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Process.Start("kill", ["-INT", process.Id.ToString()]).WaitForExit();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.False(IsAlive(int.Parse(File.ReadAllText(pid))));
        Assert.Empty(Directory.GetFiles(_command.Site));
    }

    /// <summary>A process that has been killed stays visible until its parent looks.</summary>
    static bool IsAlive(int id)
    {
        for (int i = 0; i < 50; i++)
        {
            if (!Exists(id))
                return false;
            Thread.Sleep(100);
        }
        return true;
    }

    static bool Exists(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
