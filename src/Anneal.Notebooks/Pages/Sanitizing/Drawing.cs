using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Anneal.Notebooks;

/// <summary>
/// An SVG drawing among HTML becomes an image: a browser runs no script in an image, loads nothing for it, and keeps its names apart from those of the page.
/// </summary>
static partial class Drawing
{
    static readonly HashSet<string> Left = ["script", "foreignObject", "a", "iframe", "object", "embed", "audio", "video", "canvas"];

    /// <summary>The image's address and the words for it.</summary>
    public static (string Source, string Words) Of(IElement svg)
    {
        StringBuilder xml = new();
        Write(xml, svg, isRoot: true);
        var words = svg.GetAttribute("aria-label") ?? svg.Children.FirstOrDefault(child => child.LocalName == "title")?.TextContent;
        return (Images.DataAddress("image/svg+xml", xml.ToString())!, string.IsNullOrWhiteSpace(words) ? "Drawing" : words.Trim());
    }

    /// <summary>XML, where the parser of HTML had to be lenient; not deeper than that parser went.</summary>
    static void Write(StringBuilder xml, INode node, bool isRoot = false)
    {
        if (node is IText text)
            xml.Append(Escape(text.Data));
        if (node is not IElement { NamespaceUri: "http://www.w3.org/2000/svg" } element || !Name().IsMatch(element.LocalName) || (Left.Contains(element.LocalName) && !isRoot))
            return;
        xml.Append('<').Append(element.LocalName).Append(isRoot ? " xmlns=\"http://www.w3.org/2000/svg\"" : "");
        foreach (var attribute in element.Attributes)
            if (IsKept(attribute))
                xml.Append(' ').Append(attribute.LocalName).Append("=\"").Append(Escape(attribute.Value)).Append('"');
        xml.Append('>');
        foreach (var child in element.ChildNodes)
            Write(xml, child);
        xml.Append("</").Append(element.LocalName).Append('>');
    }

    static bool IsKept(IAttr attribute) => attribute.NamespaceUri is null && attribute.LocalName != "xmlns" && Name().IsMatch(attribute.LocalName)
        && !attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
        && (attribute.LocalName != "href" || attribute.Value.StartsWith('#') || Addresses.IsImage(attribute.Value));

    /// <summary>Text for XML, which has no way to write most control characters.</summary>
    static string Escape(string text) => System.Security.SecurityElement.Escape(string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar)))!;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex Name();
}
