using System.Diagnostics;

namespace Anneal.Cli;

/// <summary>The clone that notebooks belong to, and the libraries that they load from it.</summary>
internal sealed class Repository
{
    static readonly string[] SourceEndings = [".cs", ".fs", ".csproj", ".fsproj", ".props"];

    Repository(string root) => Root = root;

    public string Root { get; }

    /// <summary>The project whose output is what notebooks load.</summary>
    string LibrariesProject => Path.Combine(Root, "notebooks", "Libraries.csproj");

    /// <summary>Touched whenever a build has succeeded: a build that changes no library leaves their dates alone.</summary>
    string Stamp => Path.Combine(Root, "artifacts", "lib", ".built");

    /// <summary>The repository that a path lies in, or null for a path outside any.</summary>
    public static Repository? Above(string path)
    {
        for (var at = new DirectoryInfo(path); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Workbook.sln")))
                return new(at.FullName);
        return null;
    }

    /// <summary>A path as it is written from the repository's root.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Builds artifacts/lib where it is missing or older than the sources.</summary>
    /// <returns>Null, or what the build complained of.</returns>
    public async Task<string?> EnsureLibrariesAsync(Action<string> say, CancellationToken cancel)
    {
        if (!File.Exists(LibrariesProject) || LibrariesAreFresh())
            return null;
        say("Building what notebooks load, because it is missing or older than the sources: dotnet build -c Release notebooks/Libraries.csproj");
        var start = new ProcessStartInfo("dotnet", ["build", "-c", "Release", "-v", "quiet", "-nologo", LibrariesProject])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var build = Process.Start(start)!;
        try
        {
            string[] texts = await Task.WhenAll(build.StandardOutput.ReadToEndAsync(cancel), build.StandardError.ReadToEndAsync(cancel));
            await build.WaitForExitAsync(cancel);
            if (build.ExitCode != 0)
                return string.Concat(texts).Trim();
            File.WriteAllText(Stamp, "");
            return null;
        }
        finally
        {
            if (!build.HasExited)
                build.Kill(entireProcessTree: true);
        }
    }

    bool LibrariesAreFresh()
    {
        string library = Path.GetDirectoryName(Stamp)!;
        if (!File.Exists(Path.Combine(library, "Anneal.dll")))
            return false;
        var built = Newest(Directory.EnumerateFiles(library));
        var sources = Directory.EnumerateFiles(Root, "*.props").Append(LibrariesProject).Concat(ProjectFolders().SelectMany(Sources));
        return Newest(sources) <= built;
    }

    /// <summary>The folders of the projects that Libraries.csproj refers to.</summary>
    IEnumerable<string> ProjectFolders() => System.Xml.Linq.XDocument.Load(LibrariesProject).Descendants("ProjectReference")
        .Select(reference => Path.GetFullPath(Path.Combine(Root, "notebooks", reference.Attribute("Include")!.Value)))
        .Select(project => Path.GetDirectoryName(project)!)
        .Where(Directory.Exists);

    static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => SourceEndings.Contains(Path.GetExtension(file)));

    static DateTime Newest(IEnumerable<string> files) => files.Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();
}
