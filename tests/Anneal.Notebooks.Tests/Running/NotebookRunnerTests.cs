namespace Anneal.Notebooks.Tests;

public sealed class NotebookRunnerTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("anneal-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Both_languages_run_in_one_process_in_the_notebooks_folder()
    {
        File.WriteAllText(Path.Combine(_folder, "lib.fsx"), "let fromFile = 5");
        var run = await Run(
            ("csharp", "int x = 20;\nConsole.Write(\"he\");\nConsole.WriteLine(\"llo\");\ndisplay(\"between\");\nConsole.Error.WriteLine(\"error\");\nx + 1"),
            ("fsharp", "#load \"lib.fsx\"\n#!share --from csharp x\nprintfn \"%d\" (x * Lib.fromFile)"),
            ("csharp", "(Environment.CurrentDirectory, Console.ReadLine())"));
        Assert.All(run.Cells, c => Assert.Null(c.Failure));
        Assert.Equal(
            [new StreamText(false, "hello\n"), "between", new StreamText(true, "error\n"), "21"],
            run.Cells[0].Outputs.Select(o => o is Display d ? d.Data["text/plain"] : (object)o));
        Assert.Equal([new StreamText(false, "100\n")], run.Cells[1].Outputs);
        Assert.Equal([$"({_folder}, <null>)"], run.Cells[2].Outputs.OfType<Display>().Select(d => d.Data["text/plain"]));
        Assert.All(run.Cells, c => Assert.True(c.Elapsed > TimeSpan.Zero));
    }

    [Fact]
    public async Task What_goes_to_the_real_standard_streams_belongs_to_its_cell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sh is needed");
        var run = await Run(
            ("csharp", "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"echo out; echo err >&2\"]).WaitForExit();"),
            ("csharp", "var real = Console.OpenStandardOutput();\nreal.Write(new byte[] { 0, 1, 97, 110, 10 });"));
        Assert.Equal(["err\n", "out\n"], run.Cells[0].Outputs.Cast<StreamText>().Select(s => s.Text).Order());
        Assert.Equal("\0\u0001an\n", Assert.IsType<StreamText>(Assert.Single(run.Cells[1].Outputs)).Text);
    }

    // A timer that watches memory may fire once more when all is over; what it throws would end the whole command.
    [Fact]
    public async Task A_child_that_is_over_may_be_watched_and_ended_once_more()
    {
        var child = await ChildProcess.StartAsync(new RunSettings(), TestContext.Current.CancellationToken);
        child.Dispose();
        Assert.Equal(0, child.Memory(1));
        child.Kill();
        child.Dispose();
    }

    [Fact]
    public async Task The_cells_after_a_failure_are_not_run()
    {
        var run = await Run(("csharp", "1"), ("csharp", "Console.WriteLine(\"kept\");\nthrow new Exception(\"here\");"), ("csharp", "2"));
        Assert.Equal([new StreamText(false, "kept\n")], run.Cells[1].Outputs.OfType<StreamText>());
        Assert.Equal(("Exception", "here", 2), (run.Cells[1].Failure!.Name, run.Cells[1].Failure!.Message, run.Cells[1].Failure!.Line));
        Assert.Empty(run.Cells[2].Outputs);
    }

    [Fact]
    public async Task A_process_that_cannot_start_is_told_at_once()
    {
        var run = await NotebookRunner.RunAsync(Notebook(("csharp", "1")), new RunSettings { MemoryLimit = 1000 }, null, TestContext.Current.CancellationToken);
        Assert.Contains("could not be started", run.Cells[0].Failure!.Message);
    }

    [Fact]
    public async Task A_notebook_without_code_needs_no_process() =>
        Assert.Empty((await NotebookRunner.RunAsync(new("none", Path.Combine(_folder, "none.ipynb"), "csharp", []), new RunSettings(), null, TestContext.Current.CancellationToken)).Cells);

    [Fact]
    public async Task Progress_tells_of_each_cell_and_cancelling_ends_the_process()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var seen = new Reports(cancel);
        string pid = Path.Combine(_folder, "pid");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NotebookRunner.RunAsync(
            Notebook(("csharp", $"System.IO.File.WriteAllText(\"pid\", $\"{{Environment.ProcessId}}\");"), ("csharp", "while (true) { }")), new RunSettings(), seen, cancel.Token));
        Assert.Equal([0, 1], seen.Cells);
        Assert.ThrowsAny<Exception>(() => System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(pid))).WaitForExit(5_000) ? throw new InvalidOperationException("it has ended") : 0);
    }

    /// <summary>Cancels when the second cell begins.</summary>
    sealed class Reports(CancellationTokenSource cancel) : IProgress<CellProgress>
    {
        public List<int> Cells { get; } = [];

        public void Report(CellProgress value)
        {
            Cells.Add(value.Cell);
            if (value.Cell == 1)
                cancel.Cancel();
        }
    }

    Task<NotebookRun> Run(params (string Language, string Source)[] cells) =>
        NotebookRunner.RunAsync(Notebook(cells), new RunSettings { Timeout = TimeSpan.FromSeconds(60) }, null, TestContext.Current.CancellationToken);

    Notebook Notebook(params (string Language, string Source)[] cells) => new("test", Path.Combine(_folder, "test.ipynb"), "csharp",
        [.. cells.Select((c, i) => new Cell($"c{i}", CellKind.Code, c.Language, c.Source, []))]);
}
