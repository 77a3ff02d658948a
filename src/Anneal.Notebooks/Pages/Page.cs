using System.Text;

namespace Anneal.Notebooks;

/// <summary>Writes pages: one HTML file each, which needs nothing else and asks nobody for anything.</summary>
public static class Page
{
    /// <summary>A notebook and its outputs as a page.</summary>
    /// <exception cref="NotebookException">A formula, a chart or an image cannot be shown; the message says in which cell.</exception>
    public static string Render(NotebookRun run, PageSettings settings)
    {
        PageState page = new(run.Notebook.Path);
        StringBuilder main = new();
        bool titled = run.Notebook.Cells.FirstOrDefault(c => c.Kind == CellKind.Markdown)?.Source.TrimStart().StartsWith("# ", StringComparison.Ordinal) ?? false;
        var title = MarkdownHtml.PlainText(run.Notebook.Title);
        if (!titled)
            main.Append(Heading(page, title));
        foreach (var (i, cell) in run.Notebook.Cells.Index())
        {
            if (!settings.Solutions && cell.Tags.Contains("solution"))
                continue;
            page.Place = $"Cell {i + 1} of {run.Notebook.Cells.Count} ({cell.Language})";
            main.Append(CellHtml.Render(page, run.Cells.FirstOrDefault(c => c.Cell.Id == cell.Id) ?? new(cell, [], TimeSpan.Zero), i + 1));
        }
        if (run.Notebook.Cells.Count == 0)
            main.Append("<p>This notebook has no cells yet.</p>\n");
        return PageShell.Wrap(page, title, main.ToString(), settings);
    }

    /// <summary>A text as a page, such as the index or the notation.</summary>
    /// <param name="title">The page's title; also its heading where the text has none of level one.</param>
    /// <param name="markdown">The text, with formulas and tables.</param>
    /// <param name="settings">The page's surroundings.</param>
    /// <exception cref="NotebookException">A formula or an image cannot be shown.</exception>
    public static string Document(string title, string markdown, PageSettings settings)
    {
        PageState page = new(title);
        var heading = markdown.TrimStart().StartsWith("# ", StringComparison.Ordinal) ? "" : Heading(page, title);
        return PageShell.Wrap(page, title, $"{heading}<div class=\"text\">\n{MarkdownHtml.Render(page, markdown, new Dictionary<string, Attachment>())}</div>\n", settings);
    }

    /// <summary>Loads in the background what typesetting and highlighting need, while the cells are still running.</summary>
    public static Task WarmUp() => Task.WhenAll(
        Task.Run(Formulas.WarmUp),
        Task.Run(() => Highlighter.ToHtml("csharp", "var x = new List<int> { 1 };")),
        Task.Run(() => Highlighter.ToHtml("fsharp", "let x = [ 1 ]")),
        Task.Run(() => MarkdownHtml.PlainText("*text*")));

    static string Heading(PageState page, string title)
    {
        page.Outline.Level(1);
        return $"<h1 id=\"{page.Outline.Id(title)}\">{Html.Escape(title)}</h1>\n";
    }
}
