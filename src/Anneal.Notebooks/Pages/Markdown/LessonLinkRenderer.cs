using System.Text.RegularExpressions;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Anneal.Notebooks;

/// <summary>"Lesson 03", "lessons 03 and 04": each number leads to its page, or says that the lesson is planned.</summary>
sealed partial class LessonLinkRenderer(PageState page) : HtmlObjectRenderer<LiteralInline>
{
    protected override void Write(HtmlRenderer renderer, LiteralInline text)
    {
        var words = text.Content.AsSpan().ToString();
        int written = 0;
        if (!Inlines.AreInLinkOrHeading(text))
            foreach (Match mention in Mention().Matches(words))
                foreach (Capture number in mention.Groups["number"].Captures)
                    if (page.Lessons.TryGetValue(number.Value, out var lesson))
                    {
                        // The word belongs to the first number, so that the link says more than two digits.
                        int start = number.Index == mention.Groups["number"].Captures[0].Index ? mention.Index : number.Index;
                        renderer.WriteEscape(words[written..start]);
                        written = number.Index + number.Length;
                        var shown = Html.Escape(words[start..written]);
                        renderer.Write(lesson.Number == page.Number ? shown
                            : lesson.Href is { } href ? $"""<a href="{Html.Escape(href)}" title="{Html.Escape(lesson.Title)}">{shown}</a>"""
                            : $"""<span class="planned" title="{Html.Escape(lesson.Title)}">{shown} (planned)</span>""");
                    }
        renderer.WriteEscape(words[written..]);
    }

    [GeneratedRegex(@"\b[Ll]essons?\s+(?<number>\d\d)\b(?:(?:,\s*|\s+and\s+|,\s+and\s+|\s+or\s+|\s+to\s+|–)(?<number>\d\d)\b)*")]
    private static partial Regex Mention();
}

/// <summary>Asks where a piece of text stands.</summary>
static class Inlines
{
    /// <summary>True inside a link, which must hold no other, and inside a heading, which is linked as a whole.</summary>
    public static bool AreInLinkOrHeading(Inline inline)
    {
        var parent = inline.Parent;
        while (parent is { Parent: { } above } and not LinkInline)
            parent = above;
        return parent is LinkInline || parent?.ParentBlock is HeadingBlock;
    }
}
