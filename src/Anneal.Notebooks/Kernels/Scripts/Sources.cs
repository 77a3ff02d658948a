namespace Anneal.Notebooks;

/// <summary>The texts that were compiled, found again by the names in diagnostics and stack traces.</summary>
internal sealed class Sources(string folder)
{
    readonly Dictionary<string, SourceText> _texts = [];

    /// <summary>Remembers a text.</summary>
    public SourceText Add(SourceText text) => _texts[text.FileName] = text;

    /// <summary>A cell under the name that both compilers shall know it by.</summary>
    public SourceText Cell(int index, Cell cell) => Add(new($"cell-{index + 1}", null, cell.Source));

    /// <summary>The text a compiler speaks of; null where it is none of ours, such as a library's source.</summary>
    public SourceText? Find(string? file)
    {
        if (string.IsNullOrEmpty(file))
            return null;
        if (_texts.TryGetValue(file, out var text) || _texts.TryGetValue(Path.GetFileNameWithoutExtension(file), out text))
            return text;
        // #load brings files in that never passed through here.
        string full = Path.GetFullPath(file, folder);
        return Path.GetExtension(full) is ".csx" or ".fsx" && File.Exists(full)
            ? Add(new(full, Label(full), File.ReadAllText(full).ReplaceLineEndings("\n")))
            : null;
    }

    /// <summary>A path as the notebook would write it.</summary>
    public string Label(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
