using System.Text;

namespace Anneal.Notebooks;

/// <summary>Writes pages: one HTML file each, which needs nothing else and asks nobody for anything.</summary>
public static class Page
{
    /// <summary>A notebook and its outputs as a page.</summary>
    /// <exception cref="NotebookException">A formula, a chart or an image cannot be shown; the message says in which cell.</exception>
    public static string Render(NotebookRun run, PageSettings settings)
    {
        PageState page = new(run.Notebook.Path, settings);
        StringBuilder main = new();
        var title = MarkdownHtml.PlainText(run.Notebook.Title);
        if (!HasTitle(run.Notebook))
            main.Append(Heading(page, title));
        main.Append(new PageBody(page, run, settings).Render());
        if (run.Notebook.Cells.Count == 0)
            main.Append("<p>This notebook has no cells yet.</p>\n");
        return PageShell.Wrap(page, title, main.ToString(), settings);
    }

    /// <summary>A text as a page, such as the index or the notation.</summary>
    /// <param name="title">The page's title; also its heading where the text has none of level one.</param>
    /// <param name="markdown">The text, with formulas and tables.</param>
    /// <param name="settings">The page's surroundings.</param>
    /// <param name="rowIds">Fragments that lead to the rows of its tables, in order; heading rows do not count.</param>
    /// <exception cref="NotebookException">A formula or an image cannot be shown.</exception>
    public static string Document(string title, string markdown, PageSettings settings, IReadOnlyList<string>? rowIds = null)
    {
        PageState page = new(title, settings) { RowIds = rowIds ?? [] };
        var heading = markdown.TrimStart().StartsWith("# ", StringComparison.Ordinal) ? "" : Heading(page, title);
        return PageShell.Wrap(page, title, $"{heading}<div class=\"text\">\n{MarkdownHtml.Render(page, markdown, new Dictionary<string, Attachment>())}</div>\n", settings);
    }

    /// <summary>A page whose text is HTML that was written with care: it is not made safe.</summary>
    /// <param name="title">The page's title.</param>
    /// <param name="html">Everything inside <c>main</c>, its heading of level one included.</param>
    /// <param name="settings">The page's surroundings.</param>
    /// <param name="program">What the page carries besides its text; null for a page that is only read.</param>
    public static string OfHtml(string title, string html, PageSettings settings, PageApplication? program = null) => PageShell.Wrap(new(title, settings), title, html, settings, program);

    /// <summary>Typesets and highlights in the background what the author wrote, while the cells are still running.</summary>
    /// <remarks>Only what this notebook needs is loaded. Formulas are kept, so that <see cref="Render"/> finds them ready.</remarks>
    public static Task WarmUp(Notebook notebook) => Task.Run(() => Prepare(notebook));

    /// <inheritdoc cref="WarmUp"/>
    internal static void Prepare(Notebook notebook)
    {
        try
        {
            Render(new(notebook, []), new());
        }
        catch (Exception)
        {
            // Said when the page is made: until then a failing cell may be the better news.
        }
    }

    /// <summary>Whether the notebook's first text begins with a title.</summary>
    internal static bool HasTitle(Notebook notebook) =>
        notebook.Cells.FirstOrDefault(c => c.Kind == CellKind.Markdown)?.Source.TrimStart().StartsWith("# ", StringComparison.Ordinal) ?? false;

    static string Heading(PageState page, string title)
    {
        page.Outline.Level(1);
        return $"<h1 id=\"{page.Outline.Id(title)}\">{Html.Numbered(page.Number)}{Html.Escape(title)}</h1>\n";
    }
}
