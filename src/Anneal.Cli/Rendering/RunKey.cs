using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>What the results of the notebooks of one folder depend on: files as they were when this was made, and the environment.</summary>
internal sealed class RunKey
{
    readonly (string Path, long Length, DateTime Written)[] files;
    readonly string[] sums;
    readonly RunEnvironment environment;

    RunKey((string Path, long Length, DateTime Written)[] files, string[] sums, RunEnvironment environment) => (this.files, this.sums, this.environment) = (files, sums, environment);

    /// <summary>Reads whatever notebooks of a folder may load: its files, the data beside it, the libraries, and the engine.</summary>
    /// <remarks>
    /// For a folder that has the clone's .git and artifacts in it these do not count: the one is Git's, the other is what runs and builds write.
    /// What Git ignores elsewhere counts, for a notebook may read it, such as data too large to commit.
    /// </remarks>
    /// <param name="repository">The clone.</param>
    /// <param name="folder">The folder; other notebooks in it do not count, for none imports them.</param>
    /// <param name="engine">The folder of the programs that run notebooks.</param>
    /// <param name="environment">The machine.</param>
    public static RunKey Of(Repository repository, string folder, string engine, RunEnvironment environment)
    {
        var roots = new[] { folder, Path.Combine(repository.Root, "data"), Path.Combine(repository.Root, "artifacts", "lib"), engine };
        (string Path, long Length, DateTime Written)[] files =
        [
            .. roots.Where(Directory.Exists).SelectMany(root => Files(root, repository))
                .Where(file => Path.GetExtension(file).ToLowerInvariant() is not (".ipynb" or ".part"))
                .Distinct().Order(StringComparer.Ordinal).Select(State),
        ];
        string[] sums = new string[files.Length];
        Parallel.For(0, files.Length, i => sums[i] = Sum(files[i]));
        return new(files, sums, environment);
    }

    static FileSystemEnumerable<string> Files(string root, Repository repository)
    {
        string[] left = [Path.Combine(repository.Root, ".git"), Path.Combine(repository.Root, "artifacts")];
        return new(root, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !left.Contains(entry.ToFullPath()),
        };
    }

    /// <summary>A text that changes with everything that the results of a notebook depend on.</summary>
    public string For(Notebook notebook, RunSettings settings)
    {
        // Of the notebook itself only its code counts, so that a text can be changed without running it again.
        var loaded = files.Index().Where(file => file.Item.Path != notebook.Path).Select(file => $"{file.Item.Path} {sums[file.Index]}");
        var cells = notebook.Cells.Index().Where(cell => cell.Item.Kind == CellKind.Code).Select(cell => $"{cell.Index} {cell.Item.Language}\n{cell.Item.Source}");
        return Joined([$"{environment}", .. loaded, notebook.Path, notebook.Language, $"{notebook.Cells.Count} {settings.MemoryLimit} {settings.TextLimit} {settings.Cultures}", .. cells]);
    }

    /// <summary>Whether no file has been written since this was made.</summary>
    public bool StillHolds => files.All(file => File.Exists(file.Path) && State(file.Path) == file);

    static (string Path, long Length, DateTime Written) State(string path)
    {
        var link = new FileInfo(path);
        var file = link.LinkTarget is null ? link : (FileInfo)link.ResolveLinkTarget(returnFinalTarget: true)!;
        return (path, file.Length, file.LastWriteTimeUtc);
    }

    /// <remarks>What has no length is not opened: a pipe, a socket or a device has none, and opening a pipe waits for somebody to write.</remarks>
    static string Sum((string Path, long Length, DateTime Written) of)
    {
        if (of.Length == 0)
            return "";
        using var file = File.OpenRead(of.Path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    /// <summary>One sum over texts, each with its length before it, so that none can pass for parts of two.</summary>
    static string Joined(IEnumerable<string> texts)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] text in texts.Select(Encoding.UTF8.GetBytes))
        {
            sum.AppendData(BitConverter.GetBytes((long)text.Length));
            sum.AppendData(text);
        }
        return Convert.ToHexString(sum.GetHashAndReset());
    }
}
