using System.Xml.Linq;

namespace Anneal.Cli.Tests;

/// <summary>Who may know whom. The table is the design; the project files must agree with it.</summary>
public class ArchitectureTests
{
    static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Anneal"] = [],
        ["Anneal.Charts"] = ["Anneal"],
        ["Anneal.Interactive"] = ["Anneal", "Anneal.Charts"],
        ["Anneal.Lessons"] = ["Anneal", "Anneal.Live"],
        ["Anneal.ML"] = ["Anneal"],
        ["Anneal.Models"] = ["Anneal"],
        ["Anneal.Experiments"] = ["Anneal", "Anneal.ML", "Anneal.Models"],
        ["Anneal.Runs"] = ["Anneal"],
        ["Anneal.Live"] = ["Anneal"],
        ["Anneal.Live.Browser"] = ["Anneal.Live"],
        ["Anneal.Notebooks"] = [],
        ["Anneal.Cli"] = ["Anneal", "Anneal.Charts", "Anneal.Lessons", "Anneal.ML", "Anneal.Models", "Anneal.Experiments", "Anneal.Live", "Anneal.Runs", "Anneal.Notebooks", "Libraries"],
    };

    static readonly Dictionary<string, string[]> MayUsePackages = new()
    {
        ["Anneal"] = ["MathNet.Numerics"],
        ["Anneal.Charts"] = ["Plotly.NET", "FSharp.Core"],
        // The host has what the extension refers to: those packages are private.
        ["Anneal.Interactive"] = [],
        ["Anneal.Lessons"] = [],
        // The second comes with the first, in an older version.
        ["Anneal.ML"] = ["Microsoft.ML", "System.Numerics.Tensors"],
        ["Anneal.Models"] = [],
        ["Anneal.Live"] = [],
        ["Anneal.Live.Browser"] = [],
        ["Anneal.Experiments"] = ["CsvHelper"],
        ["Anneal.Runs"] = ["Google.Protobuf", "Tomlyn", "YamlDotNet"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.*proj", SearchOption.AllDirectories)];

    /// <summary>All but the library for browsers, which render publishes and the browser tests run.</summary>
    public static TheoryData<string> BuiltProjects => [.. Projects.Select(p => p.Data).Where(file => !file.EndsWith("Browser.csproj", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string file)
    {
        var project = XDocument.Load(file);
        string name = Path.GetFileNameWithoutExtension(file);
        Assert.Empty(References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(MayReference[name]));
        if (MayUsePackages.TryGetValue(name, out string[]? packages))
            Assert.Empty(References(project, "PackageReference", e => (string?)e.Attribute("PrivateAssets") != "all").Except(packages));
    }

    [Theory, MemberData(nameof(BuiltProjects))]
    public void A_built_assembly_references_only_what_the_design_allows(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        string assembly = Built(name);
        Assert.True(File.Exists(assembly), $"{assembly} is missing: neither does the command bring {name} along, nor has the solution been built.");
        Assert.Empty(AssemblyReferences.Of(assembly).Where(a => a.StartsWith("Anneal", StringComparison.Ordinal)).Except(MayReference[name]));
    }

    [Theory, MemberData(nameof(BuiltProjects))]
    public void ML_NET_is_used_by_its_trainers_and_by_the_experiments_alone(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        bool uses = AssemblyReferences.Of(Built(name)).Any(a => a.StartsWith("Microsoft.ML", StringComparison.Ordinal));
        Assert.True(!uses || name is "Anneal.ML" or "Anneal.Experiments", $"{name} refers to ML.NET.");
    }

    [Fact]
    public void Every_source_project_has_a_test_project() => Assert.All(BuiltProjects.Select(p => Path.GetFileNameWithoutExtension(p.Data)), name =>
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, "tests", name + ".Tests")), $"tests/{name}.Tests is missing."));

    [Fact]
    public void The_map_for_contributors_shows_the_references_as_they_are()
    {
        var drawn = File.ReadLines(Path.Combine(Repository.Root, ".github", "CONTRIBUTING.md")).Select(line => line.Trim().Split(" --> ")).Where(ends => ends.Length == 2)
            .Select(ends => (ends[0], ends[1]));
        var built = Projects.Select(p => p.Data).SelectMany(file => References(XDocument.Load(file), "ProjectReference", e => (string?)e.Attribute("ReferenceOutputAssembly") != "false")
            .Select(other => (Path.GetFileNameWithoutExtension(file), Path.GetFileNameWithoutExtension(other))));
        Assert.Equal(built.Order(), drawn.Order());
    }

    [Fact]
    public void The_map_for_contributors_names_every_project()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, ".github", "CONTRIBUTING.md"));
        Assert.All(Projects.Select(p => Path.GetFileNameWithoutExtension(p.Data)), name => Assert.Contains($"| `src/{name}` | ", text));
    }

    /// <summary>What came with the command; the extension for another host is only among what notebooks load.</summary>
    static string Built(string name) => name == "Anneal.Interactive"
        ? Path.Combine(Repository.Root, "artifacts", "bin", name, "release", name + ".dll")
        : Path.Combine(AppContext.BaseDirectory, name + ".dll");

    /// <summary>What a project refers to. A package with all its assets private is a tool of the build and reaches nobody.</summary>
    static IEnumerable<string> References(XDocument project, string kind, Func<XElement, bool>? which = null) => project.Descendants(kind)
        .Where(which ?? (_ => true))
        .Select(e => (e.Attribute("Include") ?? e.Attribute("Update"))!.Value.Replace('\\', '/'));
}
