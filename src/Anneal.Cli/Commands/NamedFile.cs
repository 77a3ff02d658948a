namespace Anneal.Cli;

/// <summary>Files and folders that a command line names. What stands in the way is said before any work, with what to do about it; exit code 2.</summary>
internal static class NamedFile
{
    /// <summary>A file that is to be read; <c>-</c> is standard input.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="instead">What to do where there is none, as a sentence.</param>
    /// <exception cref="UsageException">There is none, or it is a folder.</exception>
    public static void RequireReadable(string file, string? instead = null)
    {
        if (file == "-" || File.Exists(file))
            return;
        throw Directory.Exists(file) ? new UsageException($"{file} is a folder: name a file in it.")
            : new UsageException($"There is no file '{file}'. {instead ?? "Look at its name, and at the folder you are in."}");
    }

    /// <summary>A name as a shell reads it.</summary>
    public static string Quoted(string name) => name.All(c => char.IsLetterOrDigit(c) || "/:._-+,@".Contains(c) || (c == '\\' && OperatingSystem.IsWindows())) ? name
        : OperatingSystem.IsWindows() ? $"\"{name}\"" : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Whether a text that may also be notation, JSON or a name is meant as a file's.</summary>
    public static bool IsNamedLikeOne(string text) => text.IndexOfAny(['(', '{']) < 0 && (text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || text.Contains('/') || text.Contains('\\'));

    /// <summary>A log: a file, or a folder that has some.</summary>
    public static void RequireReadableOrFolder(string path)
    {
        if (!Directory.Exists(path))
            RequireReadable(path);
    }

    /// <summary>A file that is to be written; <c>-</c>, and none at all, is standard output.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void RequireWritable(string? file)
    {
        if (file is null or "-")
            return;
        if (Directory.Exists(file))
            throw new UsageException($"{file} is a folder: name a file in it.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? file, said = Path.GetDirectoryName(file) is { Length: > 0 } written ? written : ".";
        if (File.Exists(folder))
            throw new UsageException($"{said} is a file, so that {file} cannot lie in it: choose another place.");
        if (!Directory.Exists(folder))
            throw new UsageException($"There is no folder to write {file} into: make it first (mkdir -p {said}), or choose another place.");
        if (!File.Exists(file))
            RequireOpen(folder, said, file);
        else if (File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly))
            throw new UsageException($"{file} is read-only and was left as it is: make it writable (chmod u+w {file}), or choose another place.");
    }

    /// <summary>A folder that is to be written into, and is made where there is none.</summary>
    /// <exception cref="UsageException">It cannot be.</exception>
    public static void RequireFolder(string folder)
    {
        string? above = Path.GetFullPath(folder);
        while (above is not null && !Path.Exists(above))
            above = Path.GetDirectoryName(above);
        if (File.Exists(above))
            throw new UsageException(above == Path.GetFullPath(folder) ? $"{folder} is a file: name a folder. One that is not there is made."
                : $"{folder} cannot be made, since {above} is a file: choose another place.");
        if (above is not null)
            RequireOpen(above, above, folder);
    }

    /// <summary>What is said of a file that may not be read.</summary>
    public static UsageException Closed(string file) => new($"{file} cannot be read: you may not. Make it readable (chmod u+r {file}), or choose another.");

    /// <summary>Whether files can be made in a folder is only told by making one.</summary>
    static void RequireOpen(string folder, string said, string wanted)
    {
        string trial = Path.Combine(folder, $".anneal-{Environment.ProcessId}.part");
        try
        {
            new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{wanted} cannot be written, since nothing can be made in {said}: make that writable (chmod u+w {said}), or choose another place.");
        }
    }
}
