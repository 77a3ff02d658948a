using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

public sealed class LongestFirstTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("anneal-test-").FullName;

    public LongestFirstTests() => File.WriteAllText(Path.Combine(root, "Workbook.sln"), "");

    public void Dispose() => Directory.Delete(root, recursive: true);

    string Notebook(string name, int length, int? seconds = null)
    {
        string path = Path.Combine(root, name);
        File.WriteAllText(path, new string('x', length));
        var cell = new Cell("c", CellKind.Code, "csharp", "1", []);
        if (seconds is { } took)
            RunFile.Write(KeptRuns.Place(path)!, "any", new(new(name, path, "csharp", [cell]), [new(cell, [], TimeSpan.FromSeconds(took))]));
        return path;
    }

    [Fact]
    public void Size_decides_where_nothing_has_run() =>
        Assert.Equal([1, 2, 0], LongestFirst.Of([Notebook("a.dib", 10), Notebook("b.dib", 30), Notebook("c.dib", 20)]));

    [Fact]
    public void Times_decide_where_they_are_known_and_the_others_are_judged_by_them() =>
        // One second for every ten characters among those known: the third is judged at 25 seconds.
        Assert.Equal([1, 2, 0], LongestFirst.Of([Notebook("a.dib", 200, 20), Notebook("b.dib", 300, 30), Notebook("c.dib", 250)]));

    [Fact]
    public void What_its_course_says_of_a_notebook_holds_until_it_has_run_here() =>
        Assert.Equal([2, 0, 1], LongestFirst.Of([Notebook("a.dib", 10, 20), Notebook("b.dib", 300), Notebook("c.dib", 20)],
            file => Path.GetFileName(file) switch { "a.dib" => TimeSpan.FromSeconds(90), "b.dib" => TimeSpan.FromSeconds(5), _ => TimeSpan.FromSeconds(40) }));

    [Fact]
    public void A_file_that_is_not_there_comes_last() => Assert.Equal([1, 0], LongestFirst.Of([Path.Combine(root, "none.dib"), Notebook("a.dib", 5)]));
}
