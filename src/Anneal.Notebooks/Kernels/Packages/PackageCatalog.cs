using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Answers <c>#r "nuget: …"</c> from the packages that the notebooks' libraries and the runner were built with; nothing is downloaded for those.</summary>
/// <param name="folder">The notebook's folder; the libraries are looked for in artifacts/lib of a folder above it.</param>
internal sealed class PackageCatalog(string folder)
{
    /// <summary>One package of a deps.json: its files, and the packages it needs.</summary>
    sealed record Package(string Id, string Version, string[] Files, string[] Needs);

    readonly Lazy<Dictionary<string, Package>> _packages = new(() => Read(folder));

    /// <summary>The version that there is of a package, or null where there is none.</summary>
    public string? Find(string id) => _packages.Value.GetValueOrDefault(id)?.Version;

    /// <summary>The libraries of a package that there is, and of those it needs.</summary>
    public IReadOnlyList<string> Libraries(string id) => [.. Closure(_packages.Value[id]).SelectMany(p => p.Files).Distinct()];

    /// <summary>Why a package cannot be had without downloading it.</summary>
    public CellException Missing(string id, string? version)
    {
        if (_packages.Value.TryGetValue(id, out var package))
            return new("package not available",
                $"{package.Id} is available in version {package.Version}, not {version}, and downloading packages is switched off here (--no-restore). Write: #r \"nuget: {package.Id}, {package.Version}\"");
        string? meant = Suggestion.Nearest(id, _packages.Value.Keys);
        return new("package not available",
            $"The package {id} is not among those the notebooks were built with, and downloading packages is switched off here (--no-restore).{(meant is null ? "" : $" Did you mean {_packages.Value[meant].Id}?")}");
    }

    IEnumerable<Package> Closure(Package start)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { start.Id };
        var waiting = new Queue<Package>([start]);
        while (waiting.TryDequeue(out var package))
        {
            yield return package;
            foreach (string need in package.Needs)
                if (seen.Add(need) && _packages.Value.TryGetValue(need, out var next))
                    waiting.Enqueue(next);
        }
    }

    static Dictionary<string, Package> Read(string folder)
    {
        var packages = new Dictionary<string, Package>(StringComparer.OrdinalIgnoreCase);
        foreach (string file in DependencyFiles(folder))
            foreach (var package in ReadFile(file))
                packages.TryAdd(package.Id, package);
        return packages;
    }

    static IEnumerable<string> DependencyFiles(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            string libraries = Path.Combine(at.FullName, "artifacts", "lib");
            if (Directory.Exists(libraries))
                return [.. Directory.GetFiles(libraries, "*.deps.json"), .. Own];
        }
        return Own;
    }

    /// <summary>Those of the command and of the engine, which lie in one folder, the command's first: it knows more packages.</summary>
    static string[] Own => [.. Directory.GetFiles(Path.GetDirectoryName(typeof(PackageCatalog).Assembly.Location)!, "*.deps.json").OrderByDescending(file => new FileInfo(file).Length)];

    static List<Package> ReadFile(string file)
    {
        var packages = new List<Package>();
        if (!File.Exists(file))
            return packages;
        string folder = Path.GetDirectoryName(file)!;
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var kinds = json.RootElement.GetProperty("libraries");
        foreach (var target in json.RootElement.GetProperty("targets").EnumerateObject())
            foreach (var entry in target.Value.EnumerateObject())
                if (kinds.TryGetProperty(entry.Name, out var library) && library.GetProperty("type").ValueEquals("package"))
                {
                    string[] name = entry.Name.Split('/');
                    string[] files = [.. Members(entry.Value, "runtime").Select(path => Path.Combine(folder, Path.GetFileName(path))).Where(File.Exists)];
                    packages.Add(new(name[0], name[1], files, [.. Members(entry.Value, "dependencies")]));
                }
        return packages;
    }

    static IEnumerable<string> Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var members) ? members.EnumerateObject().Select(m => m.Name) : [];
}
