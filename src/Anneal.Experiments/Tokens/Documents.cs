using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Anneal.Experiments;

/// <summary>One's own files as text: each is read by the reader of its ending, and as plain text where there is none.</summary>
/// <remarks>Here are plain text and CSV. Who has a reader for another kind of file adds it: the command adds PDF.</remarks>
public static class Documents
{
    /// <summary>The largest file that is read; tokens of more would not fit into memory.</summary>
    const int MostBytes = 256 << 20;

    static readonly PlainTextReader plain = new();
    static ImmutableArray<IDocumentReader> readers = [plain, new CsvTextReader()];

    /// <summary>What is read, as messages say it.</summary>
    public static string Kinds => string.Join(", ", readers.Select(r => r.Extensions.Count == 0 ? $"{r.Kind} (any other ending)" : $"{r.Kind} ({string.Join(", ", r.Extensions)})").Reverse());

    /// <summary>Adds a reader. It takes the place of one that has an ending of it.</summary>
    public static void Register(IDocumentReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ImmutableInterlocked.Update(ref readers, all => [.. all.Where(r => !r.Extensions.Intersect(reader.Extensions).Any()), reader]);
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="DocumentException">There is no such file, or it cannot be read as its ending says.</exception>
    public static string Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string ending = Path.GetExtension(path).ToLowerInvariant();
        return (readers.FirstOrDefault(r => r.Extensions.Contains(ending)) ?? plain).Read(path);
    }

    /// <summary>The text of files and folders, one after another, each ended by a line feed.</summary>
    /// <remarks>Of a folder come all files in it and below it, in the order of their paths, except hidden ones; those that cannot be read are left out, and named in the result.</remarks>
    /// <param name="paths">Files and folders.</param>
    /// <param name="endings">Endings with their dot, in upper or lower case. Of a folder only such files are read, and every one of them must be readable; everything unless given.</param>
    /// <exception cref="DocumentException">A file that was named cannot be read, or there is no text in all of them.</exception>
    public static DocumentText ReadAll(IEnumerable<string> paths, params IReadOnlyCollection<string> endings)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] all = [.. paths];
        var text = new StringBuilder();
        List<string> read = [], leftOut = [];
        foreach (string path in all)
            foreach (string file in Directory.Exists(path) ? InFolder(path, endings) : [path])
                try
                {
                    if (file == path && HasNoLength(file))
                        throw new DocumentException(file, "this file is empty, or a pipe or device", "Leave it out, or write into a file first what it gives.");
                    string part = Read(file);
                    text.Append(part).Append(part.EndsWith('\n') ? "" : "\n");
                    read.Add(file);
                }
                catch (DocumentException e) when (file != path && endings.Count == 0)
                {
                    leftOut.Add(e.Reason);
                }
        return text.Length > read.Count ? new(text.ToString(), read, leftOut) { Folders = [.. all.Where(Directory.Exists)], Endings = [.. endings] }
            : throw new DocumentException(string.Join(", ", all), $"there is no text in {(endings.Count > 0 ? $"files that end in {string.Join(", ", endings)}" : "here")}{(leftOut.Count > 0 ? $" ({leftOut[0]})" : "")}", $"Name others. What is read: {Kinds}.");
    }

    /// <summary>A path that begins in one folder, as it is said from another; a rooted one stays.</summary>
    public static string PathFrom(string folder, string path, string begins) =>
        Path.IsPathRooted(path) ? path : Path.GetRelativePath(folder, Path.Combine(begins, path)).Replace('\\', '/');

    /// <summary>The bytes of a file, never more than memory takes.</summary>
    /// <exception cref="DocumentException">There is no such file, it may not be read, or it is too large.</exception>
    public static byte[] Bytes(string path)
    {
        if (Directory.Exists(path))
            throw new DocumentException(path, "this is a folder", "Name a file in it.");
        if (HasNoLength(path))
            return [];
        try
        {
            using var file = File.OpenRead(path);
            using var bytes = new MemoryStream();
            byte[] buffer = new byte[1 << 16];
            while (file.Read(buffer) is > 0 and var some)
            {
                if (bytes.Length + some > MostBytes)
                    throw new DocumentException(path, $"this file has more than {MostBytes >> 20} MB", "Part it, and name the parts.");
                bytes.Write(buffer, 0, some);
            }
            return bytes.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DocumentException(path, "there is no such file", "Look at its name; a relative path begins in the folder of the JSON file.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DocumentException(path, "this file may not be read", "Make it readable (chmod u+r), or leave it out.", e);
        }
        catch (IOException e)
        {
            throw new DocumentException(path, $"this file cannot be read ({e.Message.TrimEnd('.')})", "Look at the disk, or leave it out.", e);
        }
    }

    /// <summary>Whether this is empty, or a pipe or device. They have no length, and are not opened: a pipe would wait for whoever writes to it, a device may have no end.</summary>
    /// <remarks>A link has a length of its own, that of its target's name.</remarks>
    static bool HasNoLength(string path) => File.Exists(path) && (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(path)) is FileInfo { Exists: true, Length: 0 };

    static IEnumerable<string> InFolder(string folder, IReadOnlyCollection<string> endings)
    {
        try
        {
            var found = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
                new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false })
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && HasEnding(entry.FileName, endings),
                // A link to a folder may lead back to where it stands.
                ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };
            return found.Order(StringComparer.Ordinal).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DocumentException(folder, $"a folder in it cannot be read ({e.Message.TrimEnd('.')})", "Make it readable (chmod u+rx), or name others.", e);
        }
    }

    static bool HasEnding(ReadOnlySpan<char> name, IReadOnlyCollection<string> endings)
    {
        foreach (string ending in endings)
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        return endings.Count == 0;
    }
}

/// <summary>The text of several files.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Read">The files it is from.</param>
/// <param name="LeftOut">Of each file in a folder that could not be read its name and the reason.</param>
public sealed record DocumentText(string Text, IReadOnlyList<string> Read, IReadOnlyList<string> LeftOut)
{
    /// <summary>The folders among what was named.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The endings that were asked for; none where everything was.</summary>
    public IReadOnlyList<string> Endings { get; init; } = [];

    /// <summary>Whether a file of that name would be read in one of the folders, once it is there.</summary>
    /// <param name="path">The file.</param>
    public bool WouldRead(string path) => (Endings.Count == 0 || Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        && Folders.Any(folder => Path.GetRelativePath(folder, path) is var below && !Path.IsPathRooted(below)
            && below.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).All(part => !part.StartsWith('.')));

    /// <summary>SHA-256 of the text in UTF-8.</summary>
    public string Sha256 => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
