using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Anneal.Notebooks;

/// <summary>Raw HTML on lines of its own.</summary>
sealed class SafeHtmlBlockRenderer(SafeTags tags) : HtmlObjectRenderer<HtmlBlock>
{
    protected override void Write(HtmlRenderer renderer, HtmlBlock block) => renderer.Write(tags.Filter(block.Lines.ToString())).WriteLine();
}

/// <summary>Raw HTML within a paragraph; a tag that the paragraph does not close is text.</summary>
sealed class SafeHtmlInlineRenderer(SafeTags tags) : HtmlObjectRenderer<HtmlInline>
{
    protected override void Write(HtmlRenderer renderer, HtmlInline inline) =>
        renderer.Write(SafeTags.Opens(inline.Tag) is { } name && !IsClosed(inline, name) ? Html.Escape(inline.Tag) : tags.Filter(inline.Tag));

    static bool IsClosed(HtmlInline inline, string name)
    {
        for (var next = inline.NextSibling; next is not null; next = next.NextSibling)
            if (next is HtmlInline { Tag: var tag } && tag.Equals($"</{name}>", StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
