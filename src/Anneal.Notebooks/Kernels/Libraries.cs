using System.Reflection;
using System.Runtime.Loader;

namespace Anneal.Notebooks;

/// <summary>Loads what cells refer to once, into the default context, so that both languages see the same types.</summary>
internal static class Libraries
{
    static readonly Dictionary<string, string> TrustedPaths = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Parts of the engine that cells have no use for and that would only slow their compiler down.</summary>
    static readonly string[] Hidden =
        ["Microsoft.CodeAnalysis", "FSharp.Compiler", "FSharp.DependencyManager", "Jint", "Acornima", "Markdig", "Microsoft.VisualBasic"];

    static readonly List<string> Folders = [];

    static Libraries()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Find(name.Name + ".dll") is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => FindNative(name);
    }

    /// <summary>The assemblies every C# cell can refer to without a directive.</summary>
    public static IEnumerable<string> Framework => TrustedPaths
        .Where(x => !Hidden.Any(h => x.Key.StartsWith(h, StringComparison.OrdinalIgnoreCase)))
        .Select(x => x.Value);

    /// <summary>Whether the runner's own process answers for an assembly of that name.</summary>
    public static bool IsTrusted(string simpleName) => TrustedPaths.ContainsKey(simpleName);

    /// <summary>Loads a library, and from now on finds its neighbours.</summary>
    /// <returns>The path it has in this process.</returns>
    public static string Load(string path)
    {
        if (TrustedPaths.TryGetValue(Path.GetFileNameWithoutExtension(path), out string? trusted))
            return trusted;
        AddFolder(Path.GetDirectoryName(path)!);
        string name = Path.GetFileNameWithoutExtension(path);
        if (AssemblyLoadContext.Default.Assemblies.FirstOrDefault(a => a.GetName().Name == name && a.Location.Length > 0) is { } present)
            return present.Location;
        string loaded = AssemblyLoadContext.Default.LoadFromAssemblyPath(path).Location;
        return loaded.Length > 0 ? loaded : path;
    }

    /// <summary>From now on looks for libraries in this folder as well.</summary>
    public static void AddFolder(string folder)
    {
        lock (Folders)
            if (!Folders.Contains(folder))
                Folders.Add(folder);
    }

    /// <summary>The version of the assembly in a file.</summary>
    public static Version VersionOf(string path) => AssemblyName.GetAssemblyName(path).Version ?? new();

    /// <summary>What is loaded beyond the framework and the engine.</summary>
    public static IEnumerable<Assembly> Loaded => AssemblyLoadContext.Default.Assemblies
        .Where(a => !a.IsDynamic && a.Location.Length > 0 && !IsTrusted(a.GetName().Name!));

    static string? Find(string file)
    {
        lock (Folders)
            return Folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    static nint FindNative(string name)
    {
        string[] candidates = [name, $"lib{name}.so", $"lib{name}.dylib", $"{name}.dll"];
        string[] folders = ["", $"runtimes/{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}/native"];
        foreach (string candidate in folders.SelectMany(folder => candidates.Select(c => Path.Combine(folder, c))))
            if (Find(candidate) is { } path && System.Runtime.InteropServices.NativeLibrary.TryLoad(path, out nint handle))
                return handle;
        return 0;
    }
}
