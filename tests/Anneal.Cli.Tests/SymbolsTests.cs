using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Anneal.Cli.Tests;

public class SymbolsTests
{
    static readonly string[] Built = [.. Directory.GetFiles(AppContext.BaseDirectory, "Anneal*.dll").Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).Order()];

    public static TheoryData<string> Assemblies => [.. Built.Select(file => Path.GetFileName(file))];

    [Fact]
    public void Every_project_is_looked_at() => Assert.True(Built.Length >= 8, string.Join(", ", Built));

    [Theory, MemberData(nameof(Assemblies))]
    public void Sources_are_named_from_the_root_of_the_repository(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly));
        using PEReader reader = new(file);
        var entries = reader.ReadDebugDirectory();
        var named = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.DoesNotMatch("^(?!/_/).*[/\\\\]", reader.ReadCodeViewDebugDirectoryData(named).Path);
        using var symbols = entries.FirstOrDefault(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb) is { DataSize: > 0 } embedded
            ? reader.ReadEmbeddedPortablePdbDebugDirectoryData(embedded)
            : MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(Path.Combine(AppContext.BaseDirectory, assembly), ".pdb")));
        var metadata = symbols.GetMetadataReader();
        var sources = metadata.Documents.Select(document => metadata.GetString(metadata.GetDocument(document).Name)).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(source.StartsWith("/_/", StringComparison.Ordinal) && !source.StartsWith("/_//", StringComparison.Ordinal) || !Path.IsPathRooted(source), source));
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Nothing_in_an_assembly_or_its_symbols_says_where_it_was_built(string assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly);
        foreach (var file in new[] { path, Path.ChangeExtension(path, ".pdb") }.Where(File.Exists))
        {
            ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
            foreach (var place in (string[])[Repository.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar])
                foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
                    Assert.True(bytes.IndexOf(encoding.GetBytes(place)) < 0, $"{file} holds {place}.");
        }
    }
}
