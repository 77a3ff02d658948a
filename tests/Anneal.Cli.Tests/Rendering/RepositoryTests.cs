namespace Anneal.Cli.Tests;

/// <summary>A folder that looks like a clone, whose build writes a file and says so.</summary>
public sealed class RepositoryTests : IDisposable
{
    const string Announcement = "Building what notebooks load";

    readonly CommandLine _command = new();

    public RepositoryTests()
    {
        foreach (string folder in (string[])["notebooks", "src/Anneal", "src/Anneal.Cli"])
            Directory.CreateDirectory(Path.Combine(_command.Folder, folder));
        _command.Notebook("Workbook.sln", "").Notebook("src/Anneal/Anneal.csproj", "<Project />")
            .Notebook("src/Anneal/Schedule.cs", "").Notebook("src/Anneal.Cli/Program.cs", "").Notebook("notebooks/a.dib", "#!markdown\n# A\n");
        Build("<MakeDir Directories=\"../artifacts/lib\" /><WriteLinesToFile File=\"../artifacts/lib/Anneal.dll\" Lines=\"built\" />");
    }

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Libraries_are_built_when_they_are_missing_or_older_than_their_sources_and_only_then()
    {
        Assert.Contains(Announcement, await RenderAsync());
        Assert.True(File.Exists(Path.Combine(_command.Folder, "artifacts/lib/Anneal.dll")));
        Assert.True(File.Exists(Path.Combine(_command.Folder, "artifacts/site/a.html")));
        Assert.DoesNotContain(Announcement, await RenderAsync());

        Touch("src/Anneal.Cli/Program.cs");
        Assert.DoesNotContain(Announcement, await RenderAsync());

        Touch("src/Anneal/Schedule.cs");
        Assert.Contains(Announcement, await RenderAsync());
    }

    [Fact]
    public async Task A_build_that_fails_is_told_and_nothing_is_run()
    {
        Build("<Error Text=\"the sources do not compile\" />");
        var (exit, _, error) = await _command.RunAsync("render");
        Assert.Equal(1, exit);
        Assert.Contains("What notebooks load could not be built", error);
        Assert.Contains("the sources do not compile", error);
        Assert.False(File.Exists(Path.Combine(_command.Folder, "artifacts/site/a.html")));
    }

    void Build(string tasks) => _command.Notebook("notebooks/Libraries.csproj",
        $"""<Project DefaultTargets="Build"><ItemGroup><ProjectReference Include="../src/Anneal/Anneal.csproj" /></ItemGroup><Target Name="Restore" /><Target Name="Build">{tasks}</Target></Project>""");

    /// <summary>A minute later than now, as if it had been edited after the build.</summary>
    void Touch(string file) => File.SetLastWriteTimeUtc(Path.Combine(_command.Folder, file), DateTime.UtcNow.AddMinutes(1));

    async Task<string> RenderAsync()
    {
        var (exit, output, error) = await _command.RunAsync("render");
        Assert.True(exit == 0, error);
        return output;
    }
}
