using System.Text.RegularExpressions;

namespace Anneal.Tests;

/// <summary>Who may know whom inside the library: the table in .github/CONTRIBUTING.md is the rule, the compiled library must keep it.</summary>
public partial class FolderTests
{
    const int MostFiles = 25;

    /// <summary>One row: <c>Rules/*</c> is the folder and all below it, <c>Rules</c> the folder alone.</summary>
    sealed record Row(string Folder, string[] MayUse);

    static readonly Row[] Rows = [.. File.ReadLines(Path.Combine(Sources.Root, ".github", "CONTRIBUTING.md"))
        .SkipWhile(line => !line.StartsWith("| folder | holds | may use |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|'))
        .Select(cells => new Row(Names(cells[1]).Single(), [.. Names(cells[3])]))];

    static readonly string[] Folders = [.. Directory.GetFiles(Sources.Library, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Sources.Library, Path.GetDirectoryName(file)!).Replace('\\', '/')).Where(folder => folder != ".").Distinct().Order()];

    [Fact]
    public void Folders_of_the_library_use_only_what_the_map_allows()
    {
        // What lies beside the project file serves all folders; the gallery there names one of everything.
        Assert.Equal([], FolderReferences.All
            .Where(r => r.From != "" && r.To != "" && !RowOf(r.From).MayUse.Any(name => Covers(name, r.To)))
            .Select(r => $"{r.From} may not use {r.To}: {r.Use}").Order());
    }

    [Fact]
    public void Everything_the_map_allows_is_used() => Assert.Equal([], Rows.SelectMany(row => row.MayUse
        .Where(name => !FolderReferences.All.Any(r => r.From != "" && RowOf(r.From) == row && Covers(name, r.To)))
        .Select(name => $"{row.Folder} uses nothing in {name}")));

    [Fact]
    public void The_map_has_a_row_for_every_folder_and_no_other()
    {
        Assert.Equal([], Folders.Where(folder => !Rows.Any(row => Covers(row.Folder, folder))));
        Assert.Equal([], Rows.SelectMany(row => row.MayUse.Append(row.Folder)).Where(name => !Folders.Any(folder => Covers(name, folder))));
    }

    [Fact]
    public void The_references_are_read_from_methods_signatures_and_declarations()
    {
        Assert.Contains(FolderReferences.All, r => r is { From: "Schedules/Shapes", To: "Schedules" } && r.Use.StartsWith("Anneal.CosineDecay uses Anneal.Segment", StringComparison.Ordinal));
        Assert.Contains(FolderReferences.All, r => r is { From: "Rules/Adaptive", To: "Kernels" } && r.Use.Contains("AdamW", StringComparison.Ordinal));
        Assert.Contains(FolderReferences.All, r => r is { From: "Schedules/Questions", To: "Theory/Curves" });
    }

    [Fact]
    public void No_folder_holds_more_files_than_one_can_look_through()
    {
        var counts = new[] { "src", "tests" }.SelectMany(part => Directory.GetFiles(Path.Combine(Sources.Root, part), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) != "packages.lock.json")
            .GroupBy(file => Path.GetRelativePath(Sources.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => !folder.Key.Split('/').Intersect(["bin", "obj"]).Any()).ToDictionary(folder => folder.Key, folder => folder.Count());
        Assert.Equal([], counts.Where(c => c.Value > MostFiles).Select(c => $"{c.Key} holds {c.Value} files"));
    }

    [Fact]
    public void Tests_mirror_the_folders_of_src()
    {
        var projects = Directory.GetDirectories(Path.Combine(Sources.Root, "src")).Select(d => Path.GetFileName(d)!).Where(p => !p.StartsWith('.')).ToList();
        Assert.True(projects.Count >= 9, string.Join(", ", projects));
        // The library for browsers is tested where it runs, by Anneal.Browser.Tests.
        projects.Remove("Anneal.Live.Browser");
        Assert.Equal([], projects.SelectMany(project =>
        {
            var (source, tests) = (CodeOf("src", project), CodeOf("tests", $"{project}.Tests"));
            // The tests here are about folders, not in one.
            var folders = tests.Select(f => f.Folder).Where(f => (project, f) is not ("Anneal", "Architecture")).ToHashSet();
            return folders.Except(source.SelectMany(f => Above(f.Folder))).Select(f => $"tests/{project}.Tests/{f} is no folder of src/{project}")
                .Concat(source.Select(f => f.Folder).Except(folders.Append("")).Select(f => $"src/{project}/{f} has no tests in tests/{project}.Tests/{f}"))
                .Concat(from test in tests
                        let named = source.Where(f => test.Name == f.Name + "Tests" || test.Name == f.Name + "Laws").ToList()
                        where named.Count > 0 && named.All(f => f.Folder != test.Folder)
                        select $"{test.Name} of {project} should lie in {named[0].Folder}");
        }).Order());
    }

    static List<(string Folder, string Name)> CodeOf(string part, string project) =>
        [.. Directory.GetFiles(Path.Combine(Sources.Root, part, project), "*.?s", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Sources.Root, part, project), file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Intersect(["bin", "obj", "Samples", "Assets"]).Any())
            .Select(file => (Path.GetDirectoryName(file)!.Replace('\\', '/'), Path.GetFileNameWithoutExtension(file).Split('.')[0]))];

    static IEnumerable<string> Above(string folder) => folder == "" ? [""] : Above(folder.Contains('/', StringComparison.Ordinal) ? folder[..folder.LastIndexOf('/')] : "").Append(folder);

    /// <summary>The most precise row for a folder.</summary>
    static Row RowOf(string folder) => Rows.Where(row => Covers(row.Folder, folder)).MaxBy(row => row.Folder.Replace("/*", "", StringComparison.Ordinal).Length + (row.Folder.EndsWith('*') ? 0 : 1))
        ?? throw new InvalidOperationException($"The map in .github/CONTRIBUTING.md has no row for {folder}.");

    static bool Covers(string name, string folder) => name.EndsWith("/*", StringComparison.Ordinal)
        ? folder == name[..^2] || folder.StartsWith(name[..^1], StringComparison.Ordinal)
        : folder == name;

    static IEnumerable<string> Names(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
