using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Anneal.Cli.Tests;

/// <summary>What an assembly file refers to, read without loading it.</summary>
static class AssemblyReferences
{
    public static IReadOnlyList<string> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
