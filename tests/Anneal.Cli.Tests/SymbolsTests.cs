using System.Text;

namespace Anneal.Cli.Tests;

public class SymbolsTests
{
    static readonly string[] Built = [.. Directory.GetFiles(AppContext.BaseDirectory, "Anneal*.*")
        .Where(file => Path.GetExtension(file) is ".dll" or ".pdb" && !Path.GetFileNameWithoutExtension(file).EndsWith(".Tests", StringComparison.Ordinal))];

    public static TheoryData<string> Files => [.. Built.Select(file => Path.GetFileName(file))];

    [Fact]
    public void Every_assembly_lies_here_with_its_symbols() =>
        Assert.Equal(Built.Count(file => file.EndsWith(".dll", StringComparison.Ordinal)), Built.Count(file => file.EndsWith(".pdb", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Files))]
    public void Neither_assembly_nor_symbols_say_where_they_were_built(string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file));
        foreach (var path in (string[])[Repository.Root, Repository.Root.Replace('\\', '/'), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar])
            foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
                Assert.True(bytes.IndexOf(encoding.GetBytes(path)) < 0, $"{file} holds {path}.");
    }
}
