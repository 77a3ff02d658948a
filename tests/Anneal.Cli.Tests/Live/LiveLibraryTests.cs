using Anneal.Notebooks;

namespace Anneal.Cli.Tests.Live;

/// <summary>The library for browsers is built when a source has changed, and only then; the browser tests run what it becomes.</summary>
public sealed class LiveLibraryTests : IDisposable
{
    readonly DirectoryInfo root = Directory.CreateTempSubdirectory("anneal-live-");
    readonly List<string> said = [];

    public LiveLibraryTests()
    {
        foreach (string project in (string[])["Anneal", "Anneal.Live", "Anneal.Live.Browser"])
            Write($"src/{project}/A.cs", $"// {project}");
    }

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task What_was_built_from_the_same_sources_is_taken_as_it_is()
    {
        Write($"artifacts/live/{Library.Key()}.txt", "packed");
        var library = Library;
        Assert.Equal(("packed", null), await library.GetAsync(said.Add, TestContext.Current.CancellationToken));
        Assert.Equal("packed", File.ReadAllText(library.KeptIn!));
        Assert.Empty(said);
    }

    [Fact]
    public async Task What_another_render_may_be_using_stays()
    {
        var now = DateTime.UtcNow;
        foreach (var (name, minutes) in ((string, int)[])[("new.txt", 1), ("recent.txt", 59), ("old.txt", 61), ("used.txt", 500), ("new.txt.7.part", 59), ("old.txt.8.part", 61)])
            Write($"artifacts/live/{name}", "packed", now.AddMinutes(-minutes));
        Library.Tidy(now);
        Assert.Equal(["new.txt", "new.txt.7.part", "recent.txt"], Kept());

        // A library that is taken as it is counts as new, and the newest two stay however old they are.
        string key = Library.Key();
        Write($"artifacts/live/{key}.txt", "packed", now.AddDays(-1));
        await Library.GetAsync(said.Add, TestContext.Current.CancellationToken);
        Library.Tidy(now.AddMinutes(50));
        Assert.Contains($"{key}.txt", Kept()); // used just now
        Library.Tidy(now.AddDays(1));
        Assert.Equal([$"{key}.txt", "new.txt"], Kept());
    }

    string[] Kept() => [.. Directory.GetFiles(Path.Combine(root.FullName, "artifacts", "live")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("src/Anneal/A.cs")]
    [InlineData("src/Anneal.Live/New.cs")]
    [InlineData("src/Anneal.Live.Browser/Anneal.Live.Browser.csproj")]
    [InlineData("Directory.Packages.props")]
    [InlineData("src/Directory.Build.props")]
    [InlineData("global.json")]
    [InlineData("src/Anneal.Lessons/Showing/ReadableNumber.cs")]
    public void A_changed_source_asks_for_another_build(string file)
    {
        string before = Library.Key();
        Write(file, "something else");
        Assert.NotEqual(before, Library.Key());
    }

    [Theory]
    [InlineData("src/Anneal/PublicAPI.Unshipped.txt")]
    [InlineData("src/Anneal.Cli/Program.cs")]
    [InlineData("README.md")]
    public void What_is_no_source_of_it_does_not(string file)
    {
        string before = Library.Key();
        Write(file, "something else");
        Assert.Equal(before, Library.Key());
    }

    [Fact]
    public async Task Where_it_cannot_be_built_one_line_says_how_to_mend_that()
    {
        Write("src/Anneal.Live.Browser/Anneal.Live.Browser.csproj", "<Project><Target Name=\"Publish\"><Error Text=\"There is no network.\" /></Target></Project>");
        var (packed, problem) = await Library.GetAsync(said.Add, TestContext.Current.CancellationToken);
        Assert.Null(packed);
        Assert.StartsWith("The lab was left out, the figures of lessons have only their stops, and the review page does not say what is due, because the library could not be built for browsers: ", problem);
        Assert.Contains("There is no network.", problem);
        Assert.EndsWith("--no-live does without the library.", problem);
        Assert.DoesNotContain('\n', problem!);
        Assert.Single(said);
        Assert.False(Directory.Exists(Path.Combine(root.FullName, "artifacts", "live")));
    }

    [Fact]
    public void The_lab_may_run_the_library_and_nothing_else()
    {
        string page = LabPage.Html(new PageSettings(), "cGFja2Vk");
        string policy = page.Split("Content-Security-Policy\" content=\"")[1].Split('"')[0];
        Assert.Matches("^default-src 'none'; script-src ('sha256-[A-Za-z0-9+/=]+' )+'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; ", policy);
        Assert.Contains("<script type=\"text/plain\" id=\"live-library\">cGFja2Vk</script>", page);
    }

    LiveLibrary Library => new(root.FullName);

    void Write(string file, string text, DateTime? written = null)
    {
        string path = Path.Combine(root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (written is { } when)
            File.SetLastWriteTimeUtc(path, when);
    }
}
