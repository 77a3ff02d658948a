using System.Runtime.CompilerServices;

namespace Anneal.Tests;

/// <summary>The working tree that these tests were built from.</summary>
static class Sources
{
    /// <summary>The folder of Workbook.sln.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    /// <summary>The library's sources.</summary>
    public static string Library { get; } = Path.Combine(Root, "src", "Anneal");

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
