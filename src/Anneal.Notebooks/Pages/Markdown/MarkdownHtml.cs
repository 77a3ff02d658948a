using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;

namespace Anneal.Notebooks;

/// <summary>Markdown as HTML: CommonMark, tables, strikethrough, bare links, formulas and curly quotes; of raw HTML only what <see cref="SafeTags"/> lets through. All of it goes through the <see cref="Sanitizer"/>.</summary>
static class MarkdownHtml
{
    static readonly MarkdownPipeline Plain = Syntax().Build(), Pipeline = Syntax().UseSmartyPants().Build();

    /// <param name="page">Takes headings and formulas.</param>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">Files that <c>attachment:name</c> means.</param>
    /// <param name="inOutline">Whether its headings belong into the table of contents.</param>
    public static string Render(PageState page, string markdown, IReadOnlyDictionary<string, Attachment> attachments, bool inOutline = true)
    {
        using StringWriter html = new() { NewLine = "\n" };
        HtmlRenderer renderer = new(html);
        Pipeline.Setup(renderer);
        SafeTags tags = new();
        Islands islands = new();
        int headings = page.Outline.Headings.Count;
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new PageHeadingRenderer(page, inOutline));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new PageCodeRenderer(islands));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new PageTableRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new PageLinkRenderer(page, attachments, islands));
        renderer.ObjectRenderers.ReplaceOrAdd<AutolinkInlineRenderer>(new PageAutolinkRenderer());
        if (page.Lessons.Count > 0)
            renderer.ObjectRenderers.ReplaceOrAdd<LiteralInlineRenderer>(new LessonLinkRenderer(page));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new SafeHtmlBlockRenderer(tags));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlInlineRenderer>(new SafeHtmlInlineRenderer(tags));
        // The block renderer must come first: a MathBlock is also a code block.
        renderer.ObjectRenderers.RemoveAll(r => r is HtmlMathBlockRenderer or HtmlMathInlineRenderer);
        renderer.ObjectRenderers.Insert(0, new FormulaBlockRenderer(page, islands));
        renderer.ObjectRenderers.Insert(0, new FormulaInlineRenderer(page, islands));
        var document = Parse(page, Islands.Unmarked(markdown));
        foreach (var (row, id) in document.Descendants<TableRow>().Where(row => !row.IsHeader).Zip(page.RowIds))
            row.GetAttributes().Id = id;
        renderer.Render(document);
        renderer.Write(tags.CloseAll());
        for (int i = headings; i < page.Outline.Headings.Count; i++)
            page.Outline.Headings[i] = page.Outline.Headings[i] with { Html = Safe(page.Outline.Headings[i].Html) };
        return Safe(html.ToString());

        string Safe(string html)
        {
            try
            {
                return islands.Restore(Sanitizer.Markdown(html));
            }
            catch (HtmlTooLargeException e)
            {
                throw page.Fault($"The text, as HTML, {e.Message}. Make several texts of it.", e);
            }
        }
    }

    public static MarkdownDocument Parse(PageState page, string markdown)
    {
        try
        {
            return Markdig.Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException e) // how Markdig says that brackets or quotes are nested too deeply
        {
            throw page.Fault(e.Message, e);
        }
    }

    /// <summary>The words alone, for titles.</summary>
    public static string PlainText(string markdown)
    {
        try
        {
            return Markdig.Markdown.ToPlainText(markdown.Replace("$", ""), Plain).Trim();
        }
        catch (ArgumentException)
        {
            return markdown.Trim(); // nested too deeply
        }
    }

    static MarkdownPipelineBuilder Syntax() => new MarkdownPipelineBuilder()
        .UseMathematics()
        .UsePipeTables()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks();
}
