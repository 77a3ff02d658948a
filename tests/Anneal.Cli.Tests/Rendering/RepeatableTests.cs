using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

public sealed class RepeatableTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("anneal-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    bool Is(string code) => Repeatable.Is(new("a", Path.Combine(folder, "a.dib"), "csharp", [new("c", CellKind.Code, "csharp", code, [])]));

    [Theory]
    [InlineData("DateTime.Now.Hour")]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("new Random().Next()")]
    [InlineData("Random.Shared.Next()")]
    [InlineData("Random random = new();")]
    [InlineData("RandomNumberGenerator.GetInt32(6)")]
    [InlineData("File.ReadAllText(Path.Combine(\"..\", \"elsewhere\", \"file.csv\"))")]
    [InlineData("Directory.GetParent(\".\")")]
    [InlineData("File.ReadAllText(\"artifacts/results.csv\")")]
    [InlineData("Path.Combine(\"artifacts\", \"results.csv\")")]
    [InlineData("File.ReadAllText(\"./.git/HEAD\")")]
    [InlineData("let r = System.Random()")]
    [InlineData("Environment.GetEnvironmentVariable(\"HOME\")")]
    [InlineData("Environment.UserName")]
    [InlineData("File.ReadAllText(\"../elsewhere/file.csv\")")]
    [InlineData("File.ReadAllText(@\"..\\elsewhere\")")]
    [InlineData("File.ReadAllText(\"/etc/hostname\")")]
    [InlineData("File.ReadAllText(\"C:\\\\file\")")]
    [InlineData("new HttpClient()")]
    [InlineData("Process.Start(\"date\")")]
    [InlineData("#r \"nuget: Some.Package\"")]
    [InlineData("Guid.NewGuid()")]
    [InlineData("let id = System.Guid.CreateVersion7()")]
    [InlineData("Path.GetRandomFileName()")]
    [InlineData("File.ReadAllText(Path.Combine(Path.GetTempPath(), \"results.csv\"))")]
    [InlineData("var folder = Path.GetTempPath();\nvar id = Guid.NewGuid();")]
    [InlineData("#!import \"other.ipynb\"")]
    public void What_asks_the_clock_chance_the_network_or_files_elsewhere_is_not(string code) => Assert.False(Is($"1 + 1\n{code}\n2"));

    [Theory]
    [InlineData("new Random(5).Next() + Environment.ProcessorCount")]
    [InlineData("File.ReadAllText(\"results/a.csv\") + Environment.NewLine")]
    [InlineData("System.Diagnostics.Stopwatch.StartNew().ElapsedMilliseconds")]
    [InlineData("Path.Combine(Path.GetTempPath(), $\"cars-{Guid.NewGuid():N}.zip\")")]
    [InlineData("Path.Combine(Path.GetTempPath (), Path.GetRandomFileName ())")]
    [InlineData("Directory.CreateTempSubdirectory(\"branches\").FullName + Path.GetTempFileName()")]
    [InlineData("[.. numbers, 1]")]
    [InlineData("1 / 2 // and so on ...")]
    [InlineData("#r \"../artifacts/lib/Anneal.dll\"")]
    [InlineData("#r \"artifacts/lib/Anneal.dll\"")]
    public void What_computes_with_the_folders_files_is(string code) => Assert.True(Is($"1 + 1\n{code}\n2"));

    [Fact]
    public void Imported_files_count_and_so_do_those_that_they_import()
    {
        File.WriteAllText(Path.Combine(folder, "first.dib"), "#!csharp\r\n#!import \"second.dib\"\r\n");
        File.WriteAllText(Path.Combine(folder, "second.dib"), "#!csharp\n#!import \"first.dib\"\nvar x = 1;\n");
        Assert.True(Is("#!import \"first.dib\""));
        File.AppendAllText(Path.Combine(folder, "second.dib"), "var now = DateTime.Now;\n");
        Assert.False(Is("#!import \"first.dib\""));
    }

    [Fact]
    public void Every_lesson_is_and_so_its_results_can_be_kept() =>
        Assert.All(NotebookPaths.In(Path.Combine(Repository.Root, "notebooks")), file => Assert.True(Repeatable.Is(NotebookFile.Read(file).Notebook), file));
}
