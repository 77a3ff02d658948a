using System.Text.RegularExpressions;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Anneal.Notebooks;

/// <summary>Links lead to pages instead of notebooks; images become part of the page.</summary>
sealed partial class PageLinkRenderer(PageState page, IReadOnlyDictionary<string, Attachment> attachments, Islands islands) : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        if (link.IsImage)
        {
            renderer.Write(islands.Mark($"""<img src="{Html.Escape(Image(link.Url ?? ""))}" alt="{Html.Escape(Words(link))}"{Title(link)}>"""));
            return;
        }
        bool safe = Addresses.IsLink(link.Url ?? "");
        if (safe)
            renderer.Write($"""<a href="{Html.Escape(NotebookEnding().Replace(link.Url ?? "", ".html$1"))}"{Title(link)}>""");
        renderer.WriteChildren(link);
        if (safe)
            renderer.Write("</a>");
    }

    /// <summary>The image itself as a data address, since a page asks nobody for anything.</summary>
    string Image(string url)
    {
        if (Addresses.IsImage(url))
            return Addresses.Plain(url);
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
            return attachments.TryGetValue(Uri.UnescapeDataString(url["attachment:".Length..]), out var attachment)
                ? Attached(url, attachment)
                : throw page.Fault($"The image {url} is not among the attachments of this cell.");
        if (!Addresses.IsRelative(url))
            throw page.Fault($"The image {url} is on the network, and pages work without one. Save it beside the notebook and link to the file.");
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page.Path)) ?? "", Uri.UnescapeDataString(url));
        return Images.MimeType(file) is not { } mime ? throw page.Fault($"The image {url} is of a kind that browsers do not show. Use .png, .jpg, .gif, .webp or .svg.")
            : File.Exists(file) ? Images.DataAddress(mime, Convert.ToBase64String(File.ReadAllBytes(file)))!
            : throw page.Fault($"There is no image {url} beside the notebook.");
    }

    string Attached(string url, Attachment attachment) => Images.DataAddress(attachment.MimeType, attachment.Content) is { } address && Addresses.IsImage(address) ? address
        : throw page.Fault($"The attachment {url} is {attachment.MimeType}, and no image that browsers show.");

    static string Title(LinkInline link) => string.IsNullOrEmpty(link.Title) ? "" : $" title=\"{Html.Escape(link.Title)}\"";

    static string Words(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString()));

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
            : Addresses.IsLink(link.Url) ? $"""<a href="{text}">{text}</a>""" : text);
    }
}
