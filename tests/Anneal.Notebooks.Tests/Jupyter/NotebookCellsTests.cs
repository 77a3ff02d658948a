using System.Text.Json.Nodes;

namespace Anneal.Notebooks.Tests;

public sealed class NotebookCellsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("anneal-lookup-").FullName;

    NotebookCells Cells => new(_folder, null);

    void Save(string name, params (string Language, string Source)[] cells) => File.WriteAllText(Path.Combine(_folder, name), new JsonObject
    {
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
        ["metadata"] = new JsonObject(),
        ["cells"] = new JsonArray([.. cells.Select((c, i) => new JsonObject
        {
            ["id"] = $"c{i}",
            ["cell_type"] = "code",
            ["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = c.Language } },
            ["outputs"] = new JsonArray(),
            ["execution_count"] = null,
            ["source"] = c.Source,
        })]),
    }.ToJsonString());

    [Fact]
    public void A_cell_has_the_language_that_it_was_saved_with()
    {
        Save("a.ipynb", ("csharp", "1"), ("fsharp", "x |> f"));
        Assert.Equal(("csharp", "fsharp", null), (Cells.LanguageOf("1"), Cells.LanguageOf("x |> f"), Cells.LanguageOf("not there")));
    }

    [Fact]
    public void Of_equal_cells_the_next_one_counts()
    {
        Save("a.ipynb", ("csharp", "x"), ("fsharp", "x"), ("csharp", "y"));
        var cells = Cells;
        Assert.Equal(["csharp", "fsharp", "csharp", "csharp", "fsharp"], new[] { "x", "x", "y", "x", "x" }.Select(cells.LanguageOf));
    }

    [Fact]
    public void Of_several_notebooks_the_one_that_is_being_run_counts()
    {
        Save("a.ipynb", ("csharp", "first"), ("csharp", "same"));
        Save("b.ipynb", ("csharp", "first"), ("fsharp", "own"), ("fsharp", "same"));
        var cells = Cells;
        Assert.Equal(["csharp", "fsharp", "fsharp"], new[] { "first", "own", "same" }.Select(cells.LanguageOf));
    }

    [Fact]
    public void What_is_saved_meanwhile_is_seen_and_broken_files_are_passed_over()
    {
        File.WriteAllText(Path.Combine(_folder, "broken.ipynb"), "{");
        var cells = Cells;
        Assert.Null(cells.LanguageOf("new"));
        Save("a.ipynb", ("fsharp", "new"));
        Assert.Equal("fsharp", cells.LanguageOf("new"));
    }

    [Theory]
    [InlineData("""{"polyglot_notebook": {"kernelName": "fsharp"}}""", "fsharp")]
    [InlineData("""{"dotnet_interactive": {"language": "fsharp"}}""", "fsharp")]
    [InlineData("""{"vscode": {"languageId": "polyglot-notebook"}}""", null)]
    [InlineData("""{"vscode": {"languageId": "fsharp"}}""", "fsharp")]
    [InlineData("{}", null)]
    public void Metadata_say_the_language_in_several_ways(string metadata, string? language) =>
        Assert.Equal(language, NotebookCells.LanguageOf(JsonNode.Parse(metadata)!.AsObject()));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
