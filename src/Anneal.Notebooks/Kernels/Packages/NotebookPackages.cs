namespace Anneal.Notebooks;

/// <summary>The packages that a notebook asks for by <c>#r "nuget: …"</c>: those the engine carries along, and others that are restored.</summary>
internal sealed class NotebookPackages(string folder)
{
    /// <summary>Packages that only teach the original kernel what this engine knows, and what they are about.</summary>
    static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Plotly.NET.Interactive"] = "Plotly.NET",
    };

    readonly PackageCatalog _carried = new(folder);
    readonly PackageRestore _restore = new(folder);

    /// <summary>Looks for packages here as well.</summary>
    public void AddSource(string source)
    {
        if (source.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            _restore.AddSource(source["nuget:".Length..].Trim());
    }

    /// <summary>A package's libraries, loaded, and what there is to say about them.</summary>
    /// <exception cref="CellException">It cannot be had.</exception>
    public (IReadOnlyList<string> Libraries, string? Note) Load(string id, string? version)
    {
        if (Extensions.TryGetValue(id, out string? subject))
            (id, version) = (subject, null);
        if (_carried.Find(id) is { } own && (version is null || PackageVersion.IsAtMost(version, own)))
            return ([.. _carried.Libraries(id).Select(Libraries.Load)],
                version is null || PackageVersion.Matches(version, own) ? null : $"{id} {own} is used; {version} was asked for.");
        if (!PackageRestore.IsAllowed)
            throw _carried.Missing(id, version);
        var restored = _restore.Add(id, version);
        foreach (string native in restored.NativeFolders)
            Libraries.AddFolder(native);
        return ([.. restored.Libraries.Select(library => LoadRestored(id, restored.Version, library))], null);
    }

    /// <summary>A library that another package or the engine has loaded already is the one that counts, unless it is too old for the package whose it is.</summary>
    static string LoadRestored(string id, string version, string library)
    {
        string loaded = Libraries.Load(library);
        bool isOwn = Path.GetFileNameWithoutExtension(library).Equals(id, StringComparison.OrdinalIgnoreCase);
        return isOwn && loaded != library && Libraries.VersionOf(loaded) < Libraries.VersionOf(library)
            ? throw new CellException("package conflict",
                $"{id} {version} cannot be used: version {Libraries.VersionOf(loaded)} of its library is already loaded, by the runner or by an earlier cell. Ask for the version you need before anything else brings another.")
            : loaded;
    }
}
