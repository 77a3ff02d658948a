using System.Diagnostics;

namespace Anneal.Cli.Tests;

/// <summary>--timeout and --memory hold for all that a notebook sets going: the processes its cells start, and its page.</summary>
public sealed class LimitsTests : IDisposable
{
    /// <summary>Starts 50 processes, each in a session of its own and with an empty environment, that would live for long.</summary>
    const string Fifty = """
        for (int i = 0; i < 50; i++)
            System.Diagnostics.Process.Start("sh", ["-c", $"setsid env -i sleep {SECONDS} & setsid sh -c 'sleep {SECONDS} & sleep {SECONDS}' &"]).WaitForExit();
        """;

    static int next = Environment.ProcessId % 1000 * 1000 + 100_000_000;

    readonly CommandLine _command = new();
    readonly string _seconds = (next++).ToString();

    public void Dispose() => _command.Dispose();

    string Starting => Fifty.Replace("{SECONDS}", _seconds);

    /// <summary>How many of the processes run now.</summary>
    int Running() => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText($"{folder}/cmdline").StartsWith($"sleep\0{_seconds}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    async Task AllEnd()
    {
        for (int i = 0; i < 100 && Running() > 0; i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(0, Running());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Environment.Exit(3);")]
    [InlineData("Environment.FailFast(\"now\");")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();")]
    [InlineData("throw new Exception();")]
    [InlineData("while (true) { }")]
    public async Task Processes_in_sessions_of_their_own_go_with_their_notebook_however_it_ends(string end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sessions are followed on Linux");
        _command.Notebook("fifty.dib", $"#!csharp\n{Starting}\nSystem.IO.File.WriteAllText(\"started\", \"\");\n{end}\n");
        await _command.RenderAsync("--timeout", "15");
        Assert.True(File.Exists(Path.Combine(_command.Folder, "started")));
        await AllEnd();
    }

    [Fact]
    public async Task They_go_when_the_command_itself_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sessions are followed on Linux");
        _command.Notebook("fifty.dib", $"#!csharp\n{Starting}\nSystem.IO.File.WriteAllText(\"started\", \"\");\nwhile (true) {{ }}\n");
        using var process = _command.Start("render", ".", "--out", "site");
        while (!File.Exists(Path.Combine(_command.Folder, "started")))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.InRange(Running(), 100, 200);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await AllEnd();
    }

    [Fact]
    public async Task Their_memory_counts_as_the_notebooks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sessions are followed on Linux");
        _command.Notebook("hungry.dib", """
            #!csharp
            // tail keeps all that has no line end: 150 MB in each of six processes.
            for (int i = 0; i < 6; i++)
                System.Diagnostics.Process.Start("sh", ["-c", "setsid sh -c 'head -c 150000000 /dev/zero | (tail; sleep 100)' > /dev/null & setsid sh -c '(head -c 150000000 /dev/zero; sleep 100) | tail' > /dev/null &"]).WaitForExit();
            System.Threading.Thread.Sleep(60_000);
            """);
        long start = Stopwatch.GetTimestamp();
        var (exit, _, error) = await _command.RenderAsync("--memory", "0.7", "--timeout", "50");
        Assert.True(exit == 1, $"{exit}: {error}");
        Assert.Contains("more than 0.7 GB of memory", error);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 45);
    }

    /// <summary>Outputs that are small to send and large to show; each must end soon, one way or the other, and the good page be written.</summary>
    [Fact]
    public async Task Making_a_page_keeps_to_the_limits_of_its_notebook()
    {
        _command.Notebook("good.dib", "#!markdown\n# Good\n")
            .Notebook("divs.dib", "#!csharp\nstring.Concat(Enumerable.Repeat(\"<div/>\", 50_000)).DisplayAs(\"text/html\");")
            .Notebook("bold.dib", "#!csharp\nstring.Concat(Enumerable.Repeat(\"<b>\", 3_000_000)).DisplayAs(\"text/html\");")
            .Notebook("emphasis.dib", "#!csharp\nstring.Concat(Enumerable.Repeat(\"*a **b \", 100_000)).DisplayAs(\"text/markdown\");")
            .Notebook("rows.dib", "#!csharp\n(\"{\\\"data\\\":[{\\\"y\\\":[\" + string.Join(',', Enumerable.Repeat(1, 20_000_000)) + \"]}]}\").DisplayAs(\"application/vnd.plotly.v1+json\");");
        long start = Stopwatch.GetTimestamp();
        using var process = _command.Start("render", ".", "--out", "site", "--timeout", "30", "--memory", "1");
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        long most = 0;
        while (!process.HasExited)
        {
            process.Refresh();
            try
            {
                most = Math.Max(most, process.WorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break;
            }
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        string error = (await reading)[1];
        Assert.DoesNotContain("   at ", error);
        Assert.True(_command.HasPage("good"), error);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5 * 35);
        Assert.InRange(most, 1, 800_000_000);
        Assert.Empty(Directory.GetFiles(_command.Site, ".*.part"));
    }
}
