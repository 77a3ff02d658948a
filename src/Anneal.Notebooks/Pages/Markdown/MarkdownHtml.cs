using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;

namespace Anneal.Notebooks;

/// <summary>Markdown as HTML: CommonMark, tables, strikethrough, bare links, formulas and curly quotes; of raw HTML only what <see cref="SafeTags"/> lets through.</summary>
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
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new PageHeadingRenderer(page.Outline, inOutline));
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new PageCodeRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new PageTableRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new PageLinkRenderer(page, attachments));
        renderer.ObjectRenderers.ReplaceOrAdd<AutolinkInlineRenderer>(new PageAutolinkRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new SafeHtmlBlockRenderer(tags));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlInlineRenderer>(new SafeHtmlInlineRenderer(tags));
        // The block renderer must come first: a MathBlock is also a code block.
        renderer.ObjectRenderers.RemoveAll(r => r is HtmlMathBlockRenderer or HtmlMathInlineRenderer);
        renderer.ObjectRenderers.Insert(0, new FormulaBlockRenderer(page));
        renderer.ObjectRenderers.Insert(0, new FormulaInlineRenderer(page));
        renderer.Render(Parse(page, markdown));
        renderer.Write(tags.CloseAll());
        return html.ToString();
    }

    static MarkdownDocument Parse(PageState page, string markdown)
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
    public static string PlainText(string markdown) => Markdig.Markdown.ToPlainText(markdown.Replace("$", ""), Plain).Trim();

    static MarkdownPipelineBuilder Syntax() => new MarkdownPipelineBuilder()
        .UseMathematics()
        .UsePipeTables()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks();
}
