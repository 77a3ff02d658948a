namespace Anneal.Notebooks;

/// <summary>Finds out which languages a notebook uses before any of it runs, so that only those are started.</summary>
internal static class NotebookLanguages
{
    /// <summary>csharp, fsharp, both or neither.</summary>
    public static HashSet<string> Of(Notebook notebook) =>
        [.. notebook.Cells.Where(c => c.Kind == CellKind.Code).SelectMany(c => Of(c.Source, CellLanguages.Resolve(c.Language) ?? ""))];

    /// <summary>The languages in which a text has code of its own; what it imports starts a language when it has code in it.</summary>
    public static IEnumerable<string> Of(string text, string language)
    {
        string current = language;
        foreach (string line in text.Split('\n').Select(l => l.Trim()))
            if (line.StartsWith("#!", StringComparison.Ordinal))
                current = CellLanguages.Resolve(line[2..].Split(' ')[0]) ?? current;
            else if (line.Length > 0 && current is CellLanguages.CSharp or CellLanguages.FSharp)
                yield return current;
    }
}
