namespace Anneal.Cli;

/// <summary>Turns what was asked for into notebook files.</summary>
internal static class NotebookPaths
{
    /// <summary>What notebooks import to be set up; these are no notebooks to show.</summary>
    static readonly string[] setUps = ["boot.dib", "mlnet.dib", "runs.dib"];

    /// <summary>The notebooks that the paths mean, a folder meaning those in it; without paths, those of the repository around the current folder.</summary>
    /// <exception cref="UsageException">A path leads nowhere, or two notebooks would write the same page.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths, string current)
    {
        string[] files = [.. (paths.Count > 0 ? paths : [Default(current)]).SelectMany(path => Expand(Path.GetFullPath(path, current), path)).Distinct()];
        foreach (var page in files.GroupBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase))
            if (page.Key!.ToLowerInvariant() is "index")
                throw new UsageException($"{page.First()} would take the place of index.html. Give it another name.");
            else if (page.Count() > 1)
                throw new UsageException($"{string.Join(" and ", page)} would both write {page.Key}.html. Render them into different folders (--out).");
        return files;
    }

    /// <summary>The notebooks in a folder, in the order of their names.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. Directory.EnumerateFiles(folder)
        .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".ipynb" or ".dib" && !setUps.Contains(Path.GetFileName(file)))
        .Order(StringComparer.Ordinal)];

    static string Default(string current) => Repository.Above(current) is { } repository
        ? Path.Combine(repository.Root, "notebooks")
        : throw new UsageException("Which notebooks? The current folder is in no clone of the workbook. Give a notebook, or a folder that has some.");

    static IEnumerable<string> Expand(string path, string asWritten)
    {
        if (File.Exists(path))
            return Path.GetExtension(path).ToLowerInvariant() is ".ipynb" or ".dib" ? [path]
                : throw new UsageException($"{asWritten} is not a notebook: its name ends neither in .ipynb nor in .dib. Give one that does, or a folder of them.");
        if (!Directory.Exists(path))
            throw new UsageException($"There is no file or folder {asWritten}. Look at its name, and at the folder you are in.");
        return In(path) is { Count: > 0 } files ? files : throw new UsageException($"The folder {asWritten} has no notebooks (.ipynb or .dib): name one that has.");
    }
}
