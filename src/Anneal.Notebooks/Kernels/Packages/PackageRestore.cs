using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Restores the packages of one notebook by the SDK, all together so that their versions fit, into a cache that later runs read without a network.</summary>
/// <param name="folder">The notebook's folder, whose nuget.config counts.</param>
internal sealed class PackageRestore(string folder)
{
    /// <summary>The environment variable by which a runner allows it; without, nothing is downloaded.</summary>
    public const string Switch = "ANNEAL_RESTORE";

    /// <summary>A package as it was found.</summary>
    /// <param name="Version">Its version.</param>
    /// <param name="Libraries">The libraries of it and of all that it needs.</param>
    /// <param name="NativeFolders">Folders with libraries that are not .NET's.</param>
    public sealed record Restored(string Version, IReadOnlyList<string> Libraries, IReadOnlyList<string> NativeFolders);

    readonly SortedDictionary<string, string> _asked = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> _sources = [];

    public static bool IsAllowed => Environment.GetEnvironmentVariable(Switch) == "1";

    static string Framework => $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    /// <summary>Looks for packages here as well: an address, or a folder written from the notebook's.</summary>
    public void AddSource(string source) =>
        _sources.Add(source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source, folder));

    /// <summary>Restores a package together with those asked for before.</summary>
    /// <exception cref="CellException">It cannot be had.</exception>
    public Restored Add(string id, string? version)
    {
        _asked[id] = version ?? "*";
        string project = ProjectText(), cache = Path.Combine(CacheRoot, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..24]);
        string assets = Path.Combine(cache, "obj", "project.assets.json");
        Directory.CreateDirectory(cache);
        using (Locked(Path.Combine(cache, "lock")))
            if (Read(assets, id) is not { } found || !found.Libraries.All(File.Exists))
            {
                File.WriteAllText(Path.Combine(cache, "packages.csproj"), project);
                // Settings of folders above the cache must not reach it.
                foreach (string name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
                    File.WriteAllText(Path.Combine(cache, name), "<Project />");
                Run(cache, id, version);
            }
        return Read(assets, id) ?? throw new CellException("package not restored", $"The SDK restored {id}, but did not say where.");
    }

    static string CacheRoot => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? local : Path.GetTempPath(), "anneal", "packages");

    string ProjectText() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{Framework}</TargetFramework>
            <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <UseAppHost>false</UseAppHost>
            <OutputType>Library</OutputType>
            <DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>
            <NuGetAudit>false</NuGetAudit>
            <RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', _sources))}</RestoreAdditionalProjectSources>
            <RestoreRootConfigDirectory>{SecurityElement.Escape(folder)}</RestoreRootConfigDirectory>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", _asked.Select(p => $"<PackageReference Include=\"{SecurityElement.Escape(p.Key)}\" Version=\"{SecurityElement.Escape(p.Value)}\" />"))}
          </ItemGroup>
        </Project>

        """;

    void Run(string cache, string id, string? version)
    {
        var start = new ProcessStartInfo(ChildProcess.DotnetHost, ["restore", Path.Combine(cache, "packages.csproj"), "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:TreatWarningsAsErrors=false"])
        {
            WorkingDirectory = cache,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        // The limits of a notebook's process are not those of the SDK.
        foreach (string name in (string[])["DOTNET_GCHeapHardLimit", "DOTNET_GCgen0size", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"])
            start.Environment.Remove(name);
        using var restore = Process.Start(start)!;
        restore.StandardInput.Close();
        var texts = Task.WhenAll(restore.StandardOutput.ReadToEndAsync(), restore.StandardError.ReadToEndAsync());
        restore.WaitForExit();
        if (restore.ExitCode == 0)
            return;
        _asked.Remove(id);
        string[] reasons = [.. string.Concat(texts.GetAwaiter().GetResult()).Split('\n')
            .Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(line.IndexOf("error", StringComparison.OrdinalIgnoreCase))..].Split(" [")[0].Trim())
            .Distinct().Take(3)];
        throw new CellException("package not restored", $"{id}{(version is null ? "" : $" {version}")} could not be restored:\n{string.Join('\n', reasons)}");
    }

    /// <summary>What a restore has found, or null where there was none.</summary>
    static Restored? Read(string assets, string id)
    {
        if (!File.Exists(assets))
            return null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        var root = json.RootElement;
        if (root.Member("targets", $"{Framework}/{RuntimeInformation.RuntimeIdentifier}") is not { } target)
            return null;
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name)];
        var entries = target.EnumerateObject().Where(e => e.Value.Text("type") == "package").ToDictionary(e => e.Name.Split('/')[0], StringComparer.OrdinalIgnoreCase);
        if (!entries.TryGetValue(id, out var wanted))
            return null;

        var libraries = new List<string>();
        var natives = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { id };
        var waiting = new Queue<string>([id]);
        while (waiting.TryDequeue(out string? name))
            if (entries.TryGetValue(name, out var entry))
            {
                string path = root.Text("libraries", entry.Name, "path")!;
                string place = folders.Select(f => Path.Combine(f, path)).FirstOrDefault(Directory.Exists) ?? Path.Combine(folders[0], path);
                libraries.AddRange(Files(entry.Value, "runtime", place));
                natives.AddRange(Files(entry.Value, "native", place).Select(file => Path.GetDirectoryName(file)!));
                foreach (string need in Names(entry.Value, "dependencies").Where(seen.Add))
                    waiting.Enqueue(need);
            }
        return new(wanted.Name.Split('/')[1], libraries, [.. natives.Distinct()]);
    }

    static IEnumerable<string> Files(JsonElement entry, string kind, string place) =>
        Names(entry, kind).Where(name => !name.EndsWith("_._", StringComparison.Ordinal)).Select(name => Path.GetFullPath(name, place));

    static IEnumerable<string> Names(JsonElement entry, string kind) => entry.Member(kind) is { } members ? members.EnumerateObject().Select(m => m.Name) : [];

    /// <summary>Holds a file until it is disposed, so that two notebooks do not restore the same at once.</summary>
    static FileStream Locked(string path)
    {
        while (true)
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
    }
}
