namespace Anneal.Notebooks.Tests;

public class NotebookRunnerTests
{
    static readonly RunSettings Settings = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Both_languages_run_in_one_process_and_share_values()
    {
        var run = await Run(
            ("csharp", "int x = 20;\nConsole.WriteLine(\"hello\");\nx + 1"),
            ("fsharp", "#!share --from csharp x\nprintfn \"%d\" x\nx * 2"));
        Assert.Null(run.Cells[0].Failure);
        Assert.Null(run.Cells[1].Failure);
        Assert.Equal(["hello\n"], run.Cells[0].Outputs.OfType<StreamText>().Select(s => s.Text));
        Assert.Equal(["21"], run.Cells[0].Outputs.OfType<Display>().Select(d => d.Data["text/plain"]));
        Assert.Equal(["20\n"], run.Cells[1].Outputs.OfType<StreamText>().Select(s => s.Text));
        Assert.Equal(["40"], run.Cells[1].Outputs.OfType<Display>().Select(d => d.Data["text/plain"]));
    }

    static Task<NotebookRun> Run(params (string Language, string Source)[] cells) => NotebookRunner.RunAsync(
        new("test", Path.Combine(Path.GetTempPath(), "test.ipynb"), "csharp",
            [.. cells.Select((c, i) => new Cell($"c{i}", CellKind.Code, c.Language, c.Source, []))]),
        Settings, null, TestContext.Current.CancellationToken);
}
