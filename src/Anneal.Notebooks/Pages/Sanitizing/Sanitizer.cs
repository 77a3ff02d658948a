using AngleSharp.Dom;
using Ganss.Xss;

namespace Anneal.Notebooks;

/// <summary>
/// Lets through what <see cref="AllowedHtml"/> lists and nothing else, and reads its own result until reading it once more changes nothing,
/// so that what was checked is what a browser will see.
/// </summary>
sealed class Sanitizer : HtmlSanitizer
{
    /// <summary>Comes before every id of an output, so that none is an id of the page's own.</summary>
    public const string Prefix = "output-";

    const int MostRounds = 10;

    /// <summary>Attributes that name an element by its id, or several.</summary>
    static readonly string[] References = ["aria-describedby", "aria-labelledby"];

    /// <summary>Characters that stand for themselves in HTML: text of these alone needs no parser.</summary>
    static readonly System.Buffers.SearchValues<char> Harmless = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(' ', 0x7F - ' ').Select(c => (char)c).Except(['<', '>', '&']), '\n', .. Enumerable.Range(0xA1, 0xD800 - 0xA1).Select(c => (char)c), '\uE000', '\uE001']);

    readonly bool ownIds;

    Sanitizer(IEnumerable<string> classes, IEnumerable<string> attributes, bool ownIds) : base(new HtmlSanitizerOptions
    {
        AllowedTags = AllowedHtml.Elements.ToHashSet(),
        AllowedAttributes = attributes.ToHashSet(),
        UriAttributes = new HashSet<string> { "href", "src" },
        UriListAttributes = new HashSet<string>(),
        AllowedSchemes = new HashSet<string>(),
        AllowedCssProperties = new HashSet<string>(),
    })
    {
        this.ownIds = ownIds;
        AllowedClasses.UnionWith(classes);
        HtmlParserFactory = BoundedParser.Create;
        DisallowCssPropertyValue = AllowedHtml.RefusedValue();
        RemovingTag += (_, e) => e.Cancel = Replace(e.Tag);
        PostProcessNode += (_, e) => Settle(e.Node as IElement);
    }

    /// <summary>HTML that a cell put out, safe to stand inside a page. What does not settle, or is too large for a page, is refused.</summary>
    /// <exception cref="HtmlTooLargeException">The HTML is beyond the limits of <see cref="BoundedParser"/>.</exception>
    public static string Output(string html) => Fixpoint(new(AllowedHtml.Classes, AllowedHtml.Attributes, ownIds: false), html);

    /// <summary>HTML that the renderer of markdown wrote, whose headings have the page's own ids.</summary>
    /// <exception cref="HtmlTooLargeException">The HTML is beyond the limits of <see cref="BoundedParser"/>.</exception>
    public static string Markdown(string html) => Fixpoint(new(AllowedHtml.MarkdownClasses, [.. AllowedHtml.Attributes, "tabindex"], ownIds: true), html);

    static string Fixpoint(Sanitizer sanitizer, string html)
    {
        if (html.AsSpan().IndexOfAnyExcept(Harmless) < 0)
            return html;
        BoundedParser.Check(html);
        for (int round = 0; round < MostRounds; round++)
        {
            var next = sanitizer.Sanitize(html);
            if (next == html)
                return html;
            html = next;
        }
        throw new HtmlTooLargeException($"changes every time it is read, {MostRounds} times in a row");
    }

    /// <summary>True if the element had something worth keeping, which now stands in its place.</summary>
    static bool Replace(IElement element)
    {
        if (element.Parent is null || element.Owner is null)
            return false;
        if (element.NamespaceUri == NamespaceNames.SvgUri && element.LocalName == "svg")
        {
            var image = element.Owner.CreateElement("img");
            (var source, var words) = Drawing.Of(element);
            image.SetAttribute("src", source);
            image.SetAttribute("alt", words);
            element.Replace(image);
            return true;
        }
        if (element.NamespaceUri != NamespaceNames.HtmlUri)
            return false;
        if (AllowedHtml.Verbatim.Contains(element.LocalName))
        {
            var text = element.Owner.CreateElement("pre");
            text.TextContent = element.TextContent;
            element.Replace(text);
            return true;
        }
        if (!AllowedHtml.Unwrapped.Contains(element.LocalName) && !element.LocalName.Contains('-'))
            return false;
        element.Replace([.. element.ChildNodes]);
        return true;
    }

    protected override bool IsAllowedCssProperty(string propertyName) => AllowedHtml.IsProperty(propertyName);

    protected override string? SanitizeUrl(IElement element, string url, string baseUrl) => element.LocalName switch
    {
        "img" => Addresses.IsImage(url) ? Addresses.Plain(url) : null,
        "a" when Addresses.IsLink(url) => Addresses.Plain(url) is ['#', .. var id] && !ownIds ? $"#{Own(id)}" : Addresses.Plain(url),
        _ => null,
    };

    void Settle(IElement? element)
    {
        if (element is null)
            return;
        if (element.LocalName == "img" && !element.HasAttribute("alt"))
            element.SetAttribute("alt", "");
        if (element.LocalName != "img")
            element.RemoveAttribute("src");
        if (element.LocalName != "a")
            element.RemoveAttribute("href");
        if (element.GetAttribute("role") is { } role && !AllowedHtml.Roles.Contains(role))
            element.RemoveAttribute("role");
        if (ownIds)
            return;
        if (element.GetAttribute("id") is { } id)
            element.SetAttribute("id", Own(id));
        foreach (var name in References)
            if (element.GetAttribute(name) is { } ids)
                element.SetAttribute(name, string.Join(' ', ids.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Own)));
    }

    static string Own(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) || id.Length == 0 ? id : Prefix + id;
}
