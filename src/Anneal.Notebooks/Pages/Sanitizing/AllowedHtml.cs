using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>The HTML that a notebook may put on a page. What is not listed does not get there.</summary>
static partial class AllowedHtml
{
    /// <summary>Elements that hold text, tables, lists and images. None of them holds raw text, loads anything, or is of another namespace.</summary>
    public static readonly string[] Elements =
    [
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
        "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "meter", "ol", "p", "pre", "progress",
        "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time",
        "tr", "u", "ul", "var", "wbr",
    ];

    /// <summary>Elements whose content stays when they go: they only group or style it.</summary>
    public static readonly HashSet<string> Unwrapped = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "big", "button", "center", "dialog", "fieldset", "font", "footer", "form", "header", "hgroup", "label", "legend", "main",
        "menu", "nav", "nobr", "picture", "search", "section", "strike", "tt",
    };

    /// <summary>Elements that show their text as it is written; they become <c>pre</c>.</summary>
    public static readonly HashSet<string> Verbatim = new(StringComparer.OrdinalIgnoreCase) { "listing", "plaintext", "xmp" };

    /// <summary>Attributes. No <c>name</c>: that of an image or a form would hide a function of the document from the page's scripts.</summary>
    public static readonly string[] Attributes =
    [
        "align", "alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "border", "cellpadding", "cellspacing", "class", "colspan",
        "data-answer", "data-exercise", "data-program", "data-progress", "data-quiz", "datetime", "dir", "height", "hidden", "high", "href", "id", "lang", "low", "max", "min", "open",
        "optimum", "reversed", "role", "rowspan", "scope", "span", "src", "start", "style", "title", "type", "valign", "value", "width",
    ];

    /// <summary>Classes that the style sheet has for outputs. Others could take the look of the page's own parts, or be taken for them by its scripts.</summary>
    public static readonly string[] Classes = ["answer-box", "exercise", "coding", "inputs", "number", "quiz", "scroll", "k", "t", "m", "s", "n", "c", "d"];

    /// <summary>What the renderer of markdown adds of its own.</summary>
    public static readonly string[] MarkdownClasses = ["scroll", "here", "together", "lesson-number", "planned"];

    /// <summary>Roles that describe content; none that promises a control or a landmark.</summary>
    public static readonly HashSet<string> Roles = ["group", "img", "list", "listitem", "none", "note", "presentation", "table", "row", "cell", "rowgroup", "columnheader", "rowheader"];

    static readonly HashSet<string> Properties =
    [
        "background-color", "border", "border-collapse", "border-spacing", "caption-side", "clear", "color", "column-count", "column-gap", "direction", "display",
        "float", "gap", "height", "letter-spacing", "line-height", "list-style-type", "margin", "max-height", "max-width", "min-height", "min-width", "opacity",
        "overflow", "overflow-wrap", "overflow-x", "overflow-y", "padding", "row-gap", "table-layout", "tab-size", "vertical-align", "white-space", "width",
        "word-break", "word-spacing", "justify-content", "align-items", "flex-direction", "flex-wrap", "flex-grow", "flex-shrink", "flex-basis",
    ];

    static readonly string[] Families = ["border-", "font-", "margin-", "padding-", "text-"];

    /// <summary>True for properties that colour, size and space text: none that places it, and none whose value can be an address.</summary>
    public static bool IsProperty(string name) =>
        Properties.Contains(name) || (Families.Any(family => name.StartsWith(family, StringComparison.Ordinal)) && !name.StartsWith("border-image", StringComparison.Ordinal));

    /// <summary>Values that are refused: escapes, markup, and every function but those that name a colour or compute a length.</summary>
    [GeneratedRegex("""[<>\\@{}]|(?<![\w-])(?!(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|calc|min|max|clamp|light-dark)\()[\w-]+\s*\(""", RegexOptions.IgnoreCase)]
    public static partial Regex RefusedValue();
}
