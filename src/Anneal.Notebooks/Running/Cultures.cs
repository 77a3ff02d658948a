using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>Finds out whether cells need the cultures of the world, and whether this machine has them: they take time to load, and Linux may lack them.</summary>
internal static partial class Cultures
{
    /// <summary>Versions of ICU that .NET may find under Linux.</summary>
    static readonly IEnumerable<int> Versions = Enumerable.Range(50, 60);

    static readonly Lazy<bool> Installed = new(() => !OperatingSystem.IsLinux() || Versions.Any(version => NativeLibrary.TryLoad($"libicuuc.so.{version}", out _)));

    /// <summary>Whether .NET would find them; without, a process that wants them does not start.</summary>
    public static bool AreInstalled => Installed.Value;

    /// <summary>Whether a cell asks for a culture by its name.</summary>
    public static bool AreNamedIn(Notebook notebook) => notebook.Cells.Any(cell => cell.Kind == CellKind.Code && Named().IsMatch(cell.Source));

    [GeneratedRegex(@"CultureInfo\s*\(|CultureInfo\.(GetCultureInfo|GetCultures|CreateSpecificCulture)|RegionInfo\s*\(")]
    private static partial Regex Named();
}
