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
        var runs = run.Cells.ToDictionary(c => c.Cell.Id);
        foreach (var (number, cell) in TitleFirst(run.Notebook.Cells))
        {
            if (!settings.Solutions && cell.Tags.Contains("solution"))
                continue;
            page.Place = $"Cell {number} of {run.Notebook.Cells.Count} ({cell.Language})";
            main.Append(CellHtml.Render(page, runs.GetValueOrDefault(cell.Id) ?? new(cell, [], TimeSpan.Zero), number));
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

    /// <summary>The cells and their numbers; set-up that comes before the title is shown after it.</summary>
    static IEnumerable<(int Number, Cell Cell)> TitleFirst(IReadOnlyList<Cell> cells)
    {
        var numbered = cells.Select((cell, i) => (Number: i + 1, Cell: cell)).ToList();
        int setUp = numbered.TakeWhile(c => CellHtml.IsSetUp(c.Cell)).Count();
        return setUp < numbered.Count && numbered[setUp].Cell.Kind == CellKind.Markdown
            ? [numbered[setUp], .. numbered[..setUp], .. numbered[(setUp + 1)..]]
            : numbered;
    }

    static string Heading(PageState page, string title)
    {
        page.Outline.Level(1);
        return $"<h1 id=\"{page.Outline.Id(title)}\">{Html.Escape(title)}</h1>\n";
    }
}
