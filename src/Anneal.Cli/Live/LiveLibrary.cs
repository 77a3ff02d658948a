using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The library as WebAssembly, packed into one text for pages: published where the sources have changed, otherwise taken from artifacts/live.</summary>
internal sealed class LiveLibrary(string root)
{
    /// <summary>The projects it is built from.</summary>
    static readonly string[] projects = ["Anneal", "Anneal.Live", "Anneal.Live.Browser"];

    /// <summary>Their sources: the tables of advice, which are Markdown, are compiled in.</summary>
    static readonly string[] endings = [".cs", ".csproj", ".md"];

    /// <summary>In which order the files are packed: live.js relies on it.</summary>
    const string Order = "scripts, runtime, rest";

    /// <summary>A source that it shares with another project.</summary>
    const string Shared = "src/Anneal.Lessons/Showing/ReadableNumber.cs";

    string Project => Path.Combine(root, "src", "Anneal.Live.Browser", "Anneal.Live.Browser.csproj");

    string Cache => Path.Combine(root, "artifacts", "live");

    string Published => Path.Combine(root, "artifacts", "publish", "Anneal.Live.Browser");

    /// <summary>Where the packed library lies, once there is one.</summary>
    public string? KeptIn { get; private set; }

    /// <summary>The packed library, or in one line why there is none and how to mend that.</summary>
    /// <param name="say">Is told when it has to be built.</param>
    /// <param name="cancel">Ends the build.</param>
    public async Task<(string? Packed, string? Problem)> GetAsync(Action<string> say, CancellationToken cancel)
    {
        try
        {
            string kept = Path.Combine(Cache, $"{Key()}.txt");
            if (File.Exists(kept))
            {
                Touch(kept);
                KeptIn = kept;
                return (await File.ReadAllTextAsync(kept, cancel), null);
            }
            say("Building the library for browsers, because it is missing or older than the sources: dotnet publish -c Release src/Anneal.Live.Browser");
            if (await PublishAsync(cancel) is { } complaint)
                return (null, LeftOut(complaint));
            string packed = Pack(Path.Combine(Published, "release", "wwwroot", "_framework"));
            await KeepAsync(packed, kept, cancel);
            KeptIn = kept;
            return (packed, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return (null, LeftOut(e.Message));
        }
    }

    static string LeftOut(string reason) => $"The lab was left out, the figures of lessons have only their stops, and the review page does not say what is due, because the library could not be built for browsers: {reason.TrimEnd('.')}. "
        + "The first build needs the network; dotnet publish -c Release src/Anneal.Live.Browser shows all of it, and --no-live does without the library.";

    async Task KeepAsync(string packed, string kept, CancellationToken cancel)
    {
        Directory.CreateDirectory(Cache);
        string part = $"{kept}.{Environment.ProcessId}.part";
        await File.WriteAllTextAsync(part, packed, cancel);
        File.Move(part, kept, overwrite: true);
        Tidy(DateTime.UtcNow);
    }

    /// <summary>Deletes what was packed or last used more than an hour ago, but for the newest two: another render may be putting its library into pages right now.</summary>
    internal void Tidy(DateTime now)
    {
        var libraries = Directory.EnumerateFiles(Cache, "*.txt").OrderByDescending(File.GetLastWriteTimeUtc).Skip(2);
        foreach (string old in libraries.Concat(Directory.EnumerateFiles(Cache, "*.part")).ToArray())
            if (now - File.GetLastWriteTimeUtc(old) > TimeSpan.FromHours(1))
                Try(() => File.Delete(old));
    }

    /// <summary>Says that the file is in use.</summary>
    static void Touch(string file) => Try(() => File.SetLastWriteTimeUtc(file, DateTime.UtcNow));

    /// <summary>Does what may be left undone: the folder is another's, or the file is open.</summary>
    static void Try(Action tidying)
    {
        try
        {
            tidying();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Changes with every source, with the versions of packages and with .NET.</summary>
    internal string Key()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sources = projects.SelectMany(project => Directory.EnumerateFiles(Path.Combine(root, "src", project), "*", SearchOption.AllDirectories))
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Concat(new[] { root, Path.Combine(root, "src") }.SelectMany(folder => Directory.EnumerateFiles(folder, "Directory.*"))).Append(Path.Combine(root, "global.json")).Append(Path.Combine(root, Shared));
        foreach (string file in sources.Where(File.Exists).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(root, file).Replace('\\', '/')}\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        hash.AppendData(Encoding.UTF8.GetBytes($"{Environment.Version}\n{Order}\n{PageApplication.FormulaScript}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <returns>Null, or the first thing that the build complained of.</returns>
    async Task<string?> PublishAsync(CancellationToken cancel)
    {
        if (Directory.Exists(Published))
            Directory.Delete(Published, recursive: true); // what an earlier build left there would be packed as well
        var start = new ProcessStartInfo("dotnet", ["publish", "-c", "Release", "-v", "quiet", "-nologo", Project])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var build = Process.Start(start)!;
        try
        {
            string[] texts = await Task.WhenAll(build.StandardOutput.ReadToEndAsync(cancel), build.StandardError.ReadToEndAsync(cancel));
            await build.WaitForExitAsync(cancel);
            if (build.ExitCode == 0)
                return null;
            string[] lines = string.Concat(texts).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return lines.FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? lines.FirstOrDefault() ?? $"it ended with {build.ExitCode}";
        }
        finally
        {
            if (!build.HasExited)
                build.Kill(entireProcessTree: true);
        }
    }

    /// <summary>All files and their index in one stream, deflated, as text: live.js unpacks it.</summary>
    static string Pack(string folder)
    {
        (string Name, byte[] Content)[] files =
        [
            .. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".js" or ".wasm" or ".dat").OrderBy(Turn).ThenBy(file => file, StringComparer.Ordinal)
                .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))),
            ("katex.min.js", Encoding.UTF8.GetBytes(PageApplication.FormulaScript)),
        ];
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize))
        {
            byte[] index = Index(files), length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, index.Length);
            deflate.Write(length);
            deflate.Write(index);
            foreach (var (_, content) in files)
                deflate.Write(content);
        }
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>The runtime's scripts come first, then what they compile: that goes on while the rest is unpacked.</summary>
    static int Turn(string file) => Path.GetExtension(file) == ".js" ? 0 : Path.GetFileName(file) == "dotnet.native.wasm" ? 1 : 2;

    static byte[] Index((string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var (name, content) in files)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteNumber("bytes", content.Length);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return stream.ToArray();
    }
}
