using System.Text.RegularExpressions;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Anneal.Notebooks;

/// <summary>Links lead to pages instead of notebooks; images become part of the page.</summary>
sealed partial class PageLinkRenderer(PageState page, IReadOnlyDictionary<string, Attachment> attachments) : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        if (link.IsImage)
        {
            renderer.Write($"""<img src="{Html.Escape(Image(link.Url ?? ""))}" alt="{Html.Escape(Words(link))}"{Title(link)}>""");
            return;
        }
        bool safe = IsSafe(link.Url ?? "");
        if (safe)
            renderer.Write($"""<a href="{Html.Escape(NotebookEnding().Replace(link.Url ?? "", ".html$1"))}"{Title(link)}>""");
        renderer.WriteChildren(link);
        if (safe)
            renderer.Write("</a>");
    }

    /// <summary>True for links that only lead somewhere: web, mail and relative addresses, but no script.</summary>
    public static bool IsSafe(string url) => !Scheme().IsMatch(url) || SafeScheme().IsMatch(url);

    /// <summary>The image itself as a data address, since a page asks nobody for anything.</summary>
    string Image(string url)
    {
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
            return url;
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
            return attachments.TryGetValue(Uri.UnescapeDataString(url["attachment:".Length..]), out var attachment)
                ? Images.DataAddress(attachment.MimeType, attachment.Content)
                : throw page.Fault($"The image {url} is not among the attachments of this cell.");
        if (Scheme().IsMatch(url))
            throw page.Fault($"The image {url} is on the network, and pages work without one. Save it beside the notebook and link to the file.");
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page.Path)) ?? "", Uri.UnescapeDataString(url));
        return Images.MimeType(file) is not { } mime ? throw page.Fault($"The image {url} is of a kind that browsers do not show. Use .png, .jpg, .gif, .webp or .svg.")
            : File.Exists(file) ? Images.DataAddress(mime, Convert.ToBase64String(File.ReadAllBytes(file)))
            : throw page.Fault($"There is no image {url} beside the notebook.");
    }

    static string Title(LinkInline link) => string.IsNullOrEmpty(link.Title) ? "" : $" title=\"{Html.Escape(link.Title)}\"";

    static string Words(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString()));

    [GeneratedRegex(@"^\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")]
    private static partial Regex Scheme();

    [GeneratedRegex("^(?:https?|mailto):", RegexOptions.IgnoreCase)]
    private static partial Regex SafeScheme();

    /// <summary>The ending of a link to another notebook, but not of a link into the web.</summary>
    [GeneratedRegex(@"(?<=^[^:]*)\.(?:ipynb|dib)(#.*)?$")]
    private static partial Regex NotebookEnding();
}

/// <summary><c>&lt;https://…&gt;</c></summary>
sealed class PageAutolinkRenderer : HtmlObjectRenderer<AutolinkInline>
{
    protected override void Write(HtmlRenderer renderer, AutolinkInline link)
    {
        var text = Html.Escape(link.Url);
        renderer.Write(link.IsEmail ? $"""<a href="mailto:{text}">{text}</a>"""
            : PageLinkRenderer.IsSafe(link.Url) ? $"""<a href="{text}">{text}</a>""" : text);
    }
}
