namespace Anneal.Cli.Tests;

public sealed class KeepGoingTests : IDisposable
{
    readonly CommandLine _command = new();

    [Fact]
    public async Task The_page_of_a_notebook_that_fails_shows_the_error_and_what_comes_after_it()
    {
        _command.Notebook("bad.dib", "#!csharp\nthrow new Exception(\"broken here\");\n#!fsharp\n6 * 7\n");
        var (exitCode, output, error) = await _command.RenderAsync("--keep-going");
        Assert.Equal(1, exitCode);
        Assert.EndsWith("; with errors: bad.", output.TrimEnd());
        Assert.DoesNotContain("not written", output);
        Assert.Contains("The page was written with the error in it.", error);
        Assert.Contains("broken here", _command.Page("bad"));
        Assert.Contains("42", _command.Page("bad"));
    }

    [Fact]
    public async Task Packages_that_are_not_carried_along_are_refused_where_that_is_wanted()
    {
        _command.Notebook("package.dib", "#!csharp\n#r \"nuget: Nowhere.To.Be.Found, 1.0.0\"\n1\n");
        Assert.Contains("switched off here (--no-restore)", (await _command.RenderAsync("--no-restore")).Error);
        Assert.Contains("switched off here (--no-restore)", (await _command.RunAsync("check", "package.dib")).Error);
    }

    [Fact]
    public async Task Charts_of_PlotlyNET_show_as_charts_from_any_folder_and_in_an_older_version()
    {
        _command.Notebook("chart.dib", "#!fsharp\n#r \"nuget: Plotly.NET, 4.0.0\"\n#r \"nuget: Plotly.NET.Interactive, 4.0.0\"\nopen Plotly.NET\nChart.Line([ 1; 2; 3 ], [ 4; 5; 6 ])\n");
        var (exitCode, _, error) = await _command.RenderAsync("--no-restore");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("<figure class=\"output chart\"", _command.Page("chart"));
        Assert.Contains("Plotly.NET 6.0.0 is used; 4.0.0 was asked for.", _command.Page("chart"));
    }

    public void Dispose() => _command.Dispose();
}
