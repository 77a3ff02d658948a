namespace Anneal.Notebooks;

/// <summary>Writes files so that whoever looks finds the old one or the new one, and never half of it.</summary>
/// <remarks>
/// A file keeps its permissions, its owner, its other names (hard links) and the symbolic link it is reached by. One that is
/// read-only stays as it is.
/// </remarks>
public static class SafeFile
{
    static int written;

    /// <summary>Writes a file, new or in the place of an old one.</summary>
    /// <exception cref="IOException">There is no folder for it, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, expected: null);

    /// <summary>Writes text as UTF-8, new or in the place of an old file.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes in the place of a file only while that still has the content it was read with.</summary>
    /// <returns>False where it has changed; it is then as somebody else left it.</returns>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static bool Replace(string path, byte[] expected, ReadOnlySpan<byte> bytes) => Write(path, bytes, expected);

    static bool Write(string path, ReadOnlySpan<byte> bytes, byte[]? expected)
    {
        string target = Path.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path) : Path.GetFullPath(path);
        if (Directory.Exists(target))
            throw new IOException($"{path} is a folder, not a file.");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new DirectoryNotFoundException($"There is no folder to write {path} into.");
        bool exists = File.Exists(target);
        if (exists && UnixFile.Status(target) is { IsRegular: false })
            throw new IOException($"{path} is a device or a pipe, not a file.");
        if (exists)
            RequireWritable(path, target);
        RemoveLeftovers(target);
        string half = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Interlocked.Increment(ref written)}.part");
        bool keepHalf = false;
        try
        {
            WriteNew(half, bytes);
            bool inPlace = exists && !TakesAttributesOf(half, target);
            if (expected is not null && !Has(target, expected))
                return false;
            if (inPlace)
                Overwrite(target, bytes);
            else if (expected is null || !UnixFile.Exchange(half, target))
                File.Move(half, target, overwrite: true);
            else if (!Has(half, expected))
            {
                // Somebody wrote in the instant between the comparison and the exchange: back with it.
                UnixFile.Exchange(half, target);
                keepHalf = !Has(half, bytes);
                return keepHalf ? throw new IOException($"{path} was written by two programs at once. What the other wrote last is in {half}.") : false;
            }
            return true;
        }
        finally
        {
            if (!keepHalf)
                File.Delete(half);
        }
    }

    /// <summary>Removes what programs that were killed have left half-way beside a file.</summary>
    static void RemoveLeftovers(string target)
    {
        string start = $".{Path.GetFileName(target)}.";
        foreach (string half in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, ".*.part"))
            if (Path.GetFileName(half) is var name && name.StartsWith(start, StringComparison.Ordinal)
                && int.TryParse(name[start.Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture, out int writer) && !IsRunning(writer))
                File.Delete(half);
    }

    static bool IsRunning(int process)
    {
        try
        {
            using var running = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A program may well be allowed to replace a file that it is not allowed to write.</summary>
    static void RequireWritable(string path, string target)
    {
        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        bool writable = OperatingSystem.IsWindows() || (File.GetUnixFileMode(target) & write) != 0;
        try
        {
            if (writable)
                new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            writable = false;
        }
        if (!writable)
            throw new UnauthorizedAccessException($"{path} is read-only and was left as it is. Make it writable, or choose another place.");
    }

    static void WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Whether the new file could be given the permissions and the owner of the old one, and the old one has no other name.</summary>
    static bool TakesAttributesOf(string half, string target)
    {
        if (OperatingSystem.IsWindows())
            return true;
        var (mine, theirs) = (UnixFile.Status(half), UnixFile.Status(target));
        if (mine is { } m && theirs is { } t && (t.Links > 1 || ((m.User, m.Group) != (t.User, t.Group) && !UnixFile.ChangeOwner(half, t.User, t.Group))))
            return false;
        File.SetUnixFileMode(half, File.GetUnixFileMode(target));
        return true;
    }

    /// <summary>The new content is whole in a file beside this one until this one has it.</summary>
    static void Overwrite(string target, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.Read);
        file.Write(bytes);
        file.SetLength(bytes.Length);
        file.Flush(flushToDisk: true);
    }

    static bool Has(string path, ReadOnlySpan<byte> expected)
    {
        try
        {
            return new FileInfo(path).Length == expected.Length && expected.SequenceEqual(File.ReadAllBytes(path));
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
