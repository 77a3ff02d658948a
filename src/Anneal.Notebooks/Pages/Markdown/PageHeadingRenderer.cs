using System.Text.RegularExpressions;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Anneal.Notebooks;

/// <summary>Headings with a name to link to, on the level that the outline allows.</summary>
sealed partial class PageHeadingRenderer(PageState page, bool inOutline) : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
    {
        var outline = page.Outline;
        int level = outline.Level(heading.Level);
        var id = outline.Id(Words(heading.Inline));
        var html = Content(renderer, heading);
        if (inOutline)
            outline.Headings.Add(new(level, id, Link().Replace(html, ""))); // its entry is a link already
        renderer.Write(level == 1 ? $"""<h1 id="{id}">{Html.Numbered(page.Number)}{html}</h1>"""
            : $"""<h{level} id="{id}">{html} <a class="here" href="#{id}" aria-hidden="true" tabindex="-1">#</a></h{level}>""").WriteLine();
    }

    static string Content(HtmlRenderer renderer, HeadingBlock heading)
    {
        var before = renderer.Writer;
        using StringWriter content = new();
        renderer.Writer = content;
        renderer.WriteLeafInline(heading);
        renderer.Writer = before;
        return content.ToString();
    }

    public static string Words(ContainerInline? inlines) => string.Concat((inlines?.Descendants() ?? []).Select(inline => inline switch
    {
        LiteralInline text => text.Content.ToString(),
        CodeInline code => code.Content,
        Markdig.Extensions.Mathematics.MathInline formula => formula.Content.ToString(),
        _ => "",
    }));

    [GeneratedRegex("</?a\\b[^>]*>")]
    private static partial Regex Link();
}
