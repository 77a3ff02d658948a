using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Anneal.Notebooks;

/// <summary>Text on its way into HTML.</summary>
static class Html
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text that may stand between tags and inside quoted attributes.</summary>
    public static string Escape(string text) => Encoder.Encode(text).Replace("&#xA;", "\n").Replace("&#xD;", "").Replace("&#x9;", "\t").Replace("&#x2B;", "+");

    /// <summary>What stands before a numbered title.</summary>
    public static string Numbered(string? number) => number is null ? "" : $"<span class=\"lesson-number\">{Escape(number)}</span> ";

    /// <summary>Wraps what may be wider than the page in a box that scrolls by itself.</summary>
    /// <param name="label">What the box holds, for those who reach it by keyboard.</param>
    /// <param name="html">The content.</param>
    public static string Scroll(string label, string html) => $"""<div class="scroll" role="group" aria-label="{Escape(label)}">{html}</div>""";
}
