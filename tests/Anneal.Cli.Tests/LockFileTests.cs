using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Anneal.Cli.Tests;

/// <summary>The packages.lock.json files, which a locked restore holds to: there for every project, and the same for every patch of the SDK.</summary>
public partial class LockFileTests
{
    [GeneratedRegex("""
        "([^"]+\.(?:cs|fs)proj)"
        """)]
    private static partial Regex Project();

    public static TheoryData<string> Projects => [.. Project().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Workbook.sln"))).Select(m => m.Groups[1].Value.Replace('\\', '/')).Order()];

    [Theory, MemberData(nameof(Projects))]
    public void Every_package_of_a_project_has_its_version_and_hash(string project)
    {
        string file = Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "packages.lock.json");
        Assert.True(File.Exists(file), $"{file} is missing: dotnet restore Workbook.sln writes it.");
        using var locked = JsonDocument.Parse(File.ReadAllText(file));
        // One framework and no platform: the packages of a platform are those of one machine.
        var framework = Assert.Single(locked.RootElement.GetProperty("dependencies").EnumerateObject());
        Assert.Equal("net10.0", framework.Name);
        Assert.All(framework.Value.EnumerateObject().Where(package => package.Value.GetProperty("type").GetString() != "Project"), package =>
            Assert.True(package.Value.TryGetProperty("resolved", out _) && package.Value.GetProperty("contentHash").GetString()!.Length == 88, $"{file}: {package.Name}"));
    }

    [Fact]
    public void What_the_SDK_adds_by_itself_is_pinned_for_every_project()
    {
        string root = Path.Combine(Repository.Root, "Directory.Build.targets");
        string pinned = (string)XDocument.Load(root).Descendants("KnownILLinkPack").Single().Attribute("ILLinkPackVersion")!;
        foreach (string folder in (string[])["src", "tests", "notebooks"])
        {
            // MSBuild reads the nearest file of this name alone.
            foreach (string nearer in Directory.GetFiles(Path.Combine(Repository.Root, folder), "Directory.Build.targets", SearchOption.AllDirectories))
                Assert.Contains(XDocument.Load(nearer).Descendants("Import"), import => Path.GetFullPath((string)import.Attribute("Project")!, Path.GetDirectoryName(nearer)!) == root);
            foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, folder), "packages.lock.json", SearchOption.AllDirectories))
            {
                using var locked = JsonDocument.Parse(File.ReadAllText(file));
                if (locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").TryGetProperty("Microsoft.NET.ILLink.Tasks", out var package))
                    Assert.Equal(pinned, package.GetProperty("resolved").GetString());
            }
        }
    }
}
