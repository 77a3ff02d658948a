using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The pages of a site that are no notebooks.</summary>
internal static class SitePages
{
    /// <summary>Writes index.html over the notebooks of the given folders that have a page.</summary>
    public static void Write(string site, IReadOnlyList<string> folders)
    {
        var entries = folders.SelectMany(NotebookPaths.In)
            .Where(file => File.Exists(Path.Combine(site, Path.GetFileNameWithoutExtension(file) + ".html")))
            .Select(file => NotebookFile.Read(file).Notebook)
            .Select(notebook => $"- [{notebook.Title}]({notebook.Name}.html)");
        AtomicFile.Write(Path.Combine(site, "index.html"), Page.Document("Notebooks", "# Notebooks\n\n" + string.Join('\n', entries), new PageSettings()));
    }
}
