namespace Anneal.Notebooks.Tests;

public class KeepGoingTests
{
    static Notebook Notebook(params string[] cells) => new("test", Path.Combine(AppContext.BaseDirectory, "test.ipynb"), "csharp",
        [.. cells.Select((source, i) => new Cell($"c{i}", CellKind.Code, "csharp", source, []))]);

    [Fact]
    public async Task Cells_after_a_failed_one_run_where_that_is_wanted()
    {
        var run = await NotebookRunner.RunAsync(Notebook("var x = 1;", "throw new Exception(\"no\");", "x + 1"), new() { KeepGoing = true }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal([false, true, false], run.Cells.Select(c => c.Failure is not null));
        Assert.Equal("2", run.Cells[2].Outputs.OfType<Display>().Single().Data["text/plain"]);
    }

    [Fact]
    public async Task A_culture_is_found_by_its_name_and_output_stays_invariant()
    {
        Assert.True(Cultures.AreInstalled);
        var run = await NotebookRunner.RunAsync(Notebook("1234.5.ToString(\"N1\", System.Globalization.CultureInfo.GetCultureInfo(\"de-DE\"))", "1234.5.ToString(\"N1\")"), new(), cancel: TestContext.Current.CancellationToken);
        Assert.Equal(["1.234,5", "1,234.5"], run.Cells.Select(c => c.Outputs.OfType<Display>().Single().Data["text/plain"]));
    }
}
