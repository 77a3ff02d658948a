using Markdig.Syntax;

namespace Anneal.Notebooks;

/// <summary>A heading of a page and the fragment that leads to it.</summary>
/// <param name="Title">Its words, formulas as TeX.</param>
/// <param name="Fragment">Without the number sign.</param>
public sealed record PageSection(string Title, string Fragment);

/// <summary>The sections that a notebook's page will have.</summary>
public static class PageSections
{
    /// <summary>All headings, in order.</summary>
    public static IReadOnlyList<PageSection> AllOf(Notebook notebook)
    {
        List<PageSection> all = [];
        Walk(notebook, all);
        return all;
    }

    /// <summary>For each cell the heading it stands under, the title included; null before the first.</summary>
    public static IReadOnlyList<PageSection?> Of(Notebook notebook) => Walk(notebook, []);

    static List<PageSection?> Walk(Notebook notebook, List<PageSection> all)
    {
        Outline outline = new();
        PageState page = new(notebook.Path);
        List<PageSection?> sections = [];
        PageSection? last = null;
        if (!Page.HasTitle(notebook))
            outline.Id(MarkdownHtml.PlainText(notebook.Title));
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                foreach (var heading in MarkdownHtml.Parse(page, cell.Source).Descendants<HeadingBlock>())
                {
                    var words = PageHeadingRenderer.Words(heading.Inline);
                    all.Add(last = new(words, outline.Id(words)));
                }
            sections.Add(last);
        }
        return sections;
    }
}
