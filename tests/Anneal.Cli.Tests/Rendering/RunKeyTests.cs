using System.Diagnostics;
using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

/// <summary>Whatever results depend on changes the key, and nothing else does.</summary>
public sealed class RunKeyTests : IDisposable
{
    static readonly RunEnvironment Here = RunEnvironment.Current();

    readonly string root = Directory.CreateTempSubdirectory("anneal-test-").FullName;

    public RunKeyTests()
    {
        foreach (string file in (string[])["Workbook.sln", "README.md", "notebooks/a.ipynb", "notebooks/b.ipynb", "notebooks/boot.dib", "notebooks/results/r.csv", "data/d.csv", "artifacts/lib/Anneal.dll", "artifacts/lib/runtimes/x.so", "artifacts/site/a.html", "engine/Anneal.Notebooks.dll", "engine/Engine.runtimeconfig.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
            File.WriteAllText(Path.Combine(root, file), "1");
        }
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    static Notebook Notebook(string text = "# A", string code = "1", string language = "csharp") => new("a", "/n/a.ipynb", "csharp",
        [new("t", CellKind.Markdown, "markdown", text, []), new("c", CellKind.Code, language, code, [])]);

    RunKey Now(RunEnvironment? environment = null, string folder = "notebooks") =>
        RunKey.Of(Cli.Repository.Above(root)!, Path.GetFullPath(Path.Combine(root, folder)), Path.Combine(root, "engine"), environment ?? Here);

    string Key(Notebook? notebook = null, RunSettings? settings = null, RunEnvironment? environment = null) => Now(environment).For(notebook ?? Notebook(), settings ?? new());

    [Theory]
    [InlineData("notebooks/boot.dib")]
    [InlineData("notebooks/results/r.csv")]
    [InlineData("data/d.csv")]
    [InlineData("artifacts/lib/Anneal.dll")]
    [InlineData("artifacts/lib/runtimes/x.so")]
    [InlineData("engine/Anneal.Notebooks.dll")]
    [InlineData("engine/Engine.runtimeconfig.json")]
    public void Another_content_or_no_file_or_one_more_changes_it_and_the_old_content_brings_it_back(string file)
    {
        string path = Path.Combine(root, file), before = Key();
        var when = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, "2");
        File.SetLastWriteTimeUtc(path, when); // the content counts, whatever the date says
        Assert.NotEqual(before, Key());
        File.Delete(path);
        string without = Key();
        Assert.NotEqual(before, without);
        File.WriteAllText(path, "1");
        Assert.Equal(before, Key());
        File.WriteAllText(path + "2", "1");
        Assert.NotEqual(before, Key());
        Assert.NotEqual(without, Key());
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("artifacts/site/a.html")]
    [InlineData("notebooks/b.ipynb")]
    public void What_no_notebook_loads_does_not_change_it(string file)
    {
        string before = Key();
        File.WriteAllText(Path.Combine(root, file), "2");
        Assert.Equal(before, Key());
    }

    [Theory]
    [InlineData(".git/index", false)]
    [InlineData("artifacts/site/a.html", false)]
    [InlineData("artifacts/lib/Anneal.dll", true)]
    [InlineData("notebooks/boot.dib", true)]
    [InlineData("notebooks/artifacts/own.csv", true)]
    [InlineData("README.md", true)]
    public void For_a_notebook_in_the_clones_root_everything_counts_but_git_and_artifacts(string file, bool counts)
    {
        string Key() => Now(folder: ".").For(Notebook(), new());
        string before = Key(), path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "2");
        Assert.Equal(counts, before != Key());
    }

    /// <summary>Opening a pipe waits for somebody who writes.</summary>
    [Fact]
    public async Task A_pipe_among_the_files_is_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "mkfifo is needed");
        string pipe = Path.Combine(root, "notebooks", "pipe");
        Process.Start("mkfifo", pipe).WaitForExit();
        File.CreateSymbolicLink(pipe + "-link", pipe);
        var key = Task.Run(() => Key());
        bool ended = key == await Task.WhenAny(key, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        if (!ended)
            await File.WriteAllTextAsync(pipe, "", TestContext.Current.CancellationToken); // lets it go
        Assert.True(ended);
    }

    [Fact]
    public void What_a_link_leads_to_counts_and_is_watched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a link needs a privilege there");
        string target = Path.Combine(root, "README.md");
        File.CreateSymbolicLink(Path.Combine(root, "data", "link.csv"), target);
        var key = Now();
        File.WriteAllText(target, "longer");
        Assert.False(key.StillHolds);
        Assert.NotEqual(key.For(Notebook(), new()), Key());
    }

    [Fact]
    public void Code_language_place_and_limits_change_it_and_text_does_not()
    {
        string[] keys =
        [
            Key(), Key(Notebook(code: "2")), Key(Notebook(language: "fsharp")), Key(Notebook() with { Path = "/n/b.ipynb" }), Key(Notebook() with { Language = "fsharp" }),
            Key(Notebook() with { Cells = [.. Notebook().Cells.Reverse()] }), // messages call cells by their numbers
            Key(settings: new() { TextLimit = 5 }), Key(settings: new() { MemoryLimit = 5 }), Key(settings: new() { Cultures = true }),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(Key(), Key(Notebook(text: "# B")));
        File.WriteAllText(Path.Combine(root, "notebooks/c.dib"), "1");
        var own = Notebook() with { Path = Path.Combine(root, "notebooks/c.dib") };
        string before = Key(own);
        File.WriteAllText(own.Path, "2");
        Assert.Equal(before, Key(own));
        Assert.Equal(Key(), Key(settings: new() { Restore = false })); // what may restore packages is never kept
        Assert.Equal(Key(), Key(settings: new() { Timeout = TimeSpan.FromSeconds(1) })); // what was finished in time is finished
    }

    [Fact]
    public void The_machine_and_its_settings_change_it()
    {
        string[] keys =
        [
            Key(), Key(environment: Here with { Cores = Here.Cores + 1 }), Key(environment: Here with { Lanes = "" }), Key(environment: Here with { TimeZone = "" }),
            Key(environment: Here with { Culture = "tr-TR" }), Key(environment: Here with { Runtime = "" }), Key(environment: Here with { Variables = "DOTNET_EnableAVX2=0" }),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Texts_that_move_over_the_border_of_two_cells_are_others()
    {
        static Notebook Two(string first, string second) => Notebook() with { Cells = [new("a", CellKind.Code, "csharp", first, []), new("b", CellKind.Code, "csharp", second, [])] };
        Assert.NotEqual(Key(Two("1\n1 csharp\n2", "")), Key(Two("1", "2")));
        Assert.NotEqual(Key(Two("ab", "c")), Key(Two("a", "bc")));
    }

    [Fact]
    public void It_holds_until_a_file_is_written()
    {
        var key = Now();
        Assert.True(key.StillHolds);
        File.WriteAllText(Path.Combine(root, "data/d.csv"), "longer");
        Assert.False(key.StillHolds);
    }
}
