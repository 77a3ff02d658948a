using System.Text.RegularExpressions;

namespace Anneal.Cli.Tests;

/// <summary>Only pages that the command wrote are replaced or removed, and every page can be reached by its link.</summary>
public sealed partial class OwnPagesTests : IDisposable
{
    readonly CommandLine _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Files_that_are_no_pages_of_ours_stay_and_the_refusal_names_them()
    {
        _command.Notebook("bad.dib", "#!csharp\nthrow new Exception();").Notebook("good.dib", "#!markdown\n# Good").Notebook("mine.dib", "#!markdown\n# Mine");
        Directory.CreateDirectory(_command.Site);
        string[] foreign = ["bad.html", "mine.html", "index.html"];
        foreach (string name in foreign)
            File.WriteAllText(Path.Combine(_command.Site, name), "written by somebody");
        var (exit, output, error) = await _command.RenderAsync();
        Assert.Equal(1, exit);
        foreach (string name in foreign)
        {
            Assert.Equal("written by somebody", File.ReadAllText(Path.Combine(_command.Site, name)));
            Assert.Contains($"{Path.Combine(_command.Site, name)} is not a page that anneal wrote, so it was left as it is. Move it away", error);
        }
        Assert.StartsWith("1 of 3 pages written", output.TrimEnd().Split('\n')[^1]);
        Assert.True(_command.HasPage("good"));

        foreach (string name in foreign)
            File.Delete(Path.Combine(_command.Site, name));
        await _command.RenderAsync();
        (exit, _, error) = await _command.RunAsync("render", "good.dib", "mine.dib", "--out", "site");
        Assert.True(exit == 0, error); // own pages are replaced
    }

    [Theory]
    [InlineData("schedule", "cosine(0.1, 10)", "--chart", "page.html")]
    [InlineData("optimize", "--rule", "sgd", "--steps", "3", "--chart", "page.html")]
    public async Task A_chart_does_not_take_the_place_of_another_file(params string[] arguments)
    {
        _command.Notebook("page.html", "written by somebody");
        var (exit, _, error) = await _command.RunAsync(arguments);
        Assert.Equal((1, "page.html is not a page that anneal wrote, so it was left as it is. Move it away, or choose another place for the page."), (exit, error.Trim()));
        Assert.Equal("written by somebody", File.ReadAllText(Path.Combine(_command.Folder, "page.html")));
        File.Delete(Path.Combine(_command.Folder, "page.html"));
        for (int i = 0; i < 2; i++)
            Assert.Equal(0, (await _command.RunAsync(arguments)).ExitCode);
    }

    [Fact]
    public async Task Pages_of_any_name_and_title_have_working_links()
    {
        string[] names = ["two words", "C# and F#", "what?", "100%", "50%25 off", "a&b", "quo'te", "[br](ack)", "plus+minus", "ünïcode η", "semi;colon", "-dash", "$tex$"];
        foreach (string name in names)
            _command.Notebook(name + ".dib", "#!markdown\nno title\n");
        _command.Notebook("broken title.dib", "#!markdown\ntext\n\n#!csharp\nConsole.WriteLine(1);\n");
        var (exit, _, error) = await _command.RenderAsync();
        Assert.True(exit == 0, error);
        string[] links = [.. Link().Matches(_command.Page("index")).Select(m => m.Groups[1].Value).Where(l => !l.StartsWith('#'))];
        var site = new Uri("file:///site/index.html");
        Assert.Equal(names.Append("broken title").Order(StringComparer.Ordinal), links
            .Select(link => new Uri(site, System.Net.WebUtility.HtmlDecode(link)))
            .Select(address => Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(address.AbsolutePath)) + address.Query + address.Fragment)
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_title_that_cannot_be_shown_is_its_notebooks_failure_alone()
    {
        _command.Notebook("price.dib", "#!markdown\n# price $\\frac{$ of it\n").Notebook("deep.dib", $"#!markdown\n# {new string('[', 20_000)}\n").Notebook("good.dib", "#!markdown\n# Good\n");
        var (exit, output, error) = await _command.RenderAsync();
        Assert.Equal(1, exit);
        Assert.DoesNotContain("   at ", error);
        Assert.Contains("price.dib", error);
        Assert.True(_command.HasPage("good") && _command.HasPage("index"), output);
    }

    [GeneratedRegex("<li><a href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
