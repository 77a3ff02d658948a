using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Anneal.Notebooks;

/// <summary>HTML that a cell put out, made fit to stand inside a page: well-formed, without scripts, asking nobody for anything.</summary>
static partial class HtmlFragment
{
    static readonly HashSet<string> Forbidden = ["script", "iframe", "frame", "object", "embed", "link", "meta", "base", "form", "noscript", "template"];

    /// <summary>The parser follows nesting on the stack; browsers stop at half of this.</summary>
    const int DeepestNesting = 1_000;

    /// <summary>Elements without content, and those that end where the next of their kind begins.</summary>
    static readonly HashSet<string> NotNesting = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot",
    };

    public static string Clean(PageState page, string html)
    {
        if (Depth(html) > DeepestNesting)
            throw page.Fault($"The HTML of an output nests elements more than {DeepestNesting} deep.");
        HtmlParser parser = new();
        var body = parser.ParseDocument("").Body!;
        body.Append([.. parser.ParseFragment(html, body)]);
        foreach (var element in body.QuerySelectorAll("*"))
            Clean(element);
        foreach (var table in body.QuerySelectorAll("table"))
        {
            Align(table);
            Box(table);
        }
        return body.InnerHtml;
    }

    /// <summary>At least as deep as the elements are nested.</summary>
    static int Depth(string html)
    {
        int depth = 0, deepest = 0;
        foreach (Match tag in TagStart().Matches(html))
            if (!NotNesting.Contains(tag.Groups["name"].Value))
                deepest = Math.Max(deepest, depth = Math.Max(0, depth + (tag.Groups["close"].Length > 0 ? -1 : 1)));
        return deepest;
    }

    static void Clean(IElement element)
    {
        if (Forbidden.Contains(element.LocalName))
        {
            element.Remove();
            return;
        }
        foreach (var attribute in element.Attributes.ToList())
            if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || !IsAllowed(element, attribute))
                element.RemoveAttribute(attribute.Name);
        if (element.LocalName == "img" && !element.HasAttribute("alt"))
            element.SetAttribute("alt", "");
    }

    static bool IsAllowed(IElement element, IAttr attribute) => attribute.LocalName switch
    {
        "src" or "srcset" or "poster" => attribute.Value.StartsWith("data:", StringComparison.OrdinalIgnoreCase),
        "href" when element.LocalName is "a" or "area" => PageLinkRenderer.IsSafe(attribute.Value),
        "href" => attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:", StringComparison.OrdinalIgnoreCase),
        "action" or "formaction" or "srcdoc" or "background" => false,
        _ => true,
    };

    /// <summary>Sets columns of numbers flush right, so that their digits stand below each other.</summary>
    static void Align(IElement table)
    {
        var rows = table.QuerySelectorAll("tr").Select(row => row.Children).ToList();
        for (int column = 0; column < (rows.FirstOrDefault()?.Length ?? 0); column++)
        {
            var cells = rows.Where(row => column < row.Length).Select(row => row[column]).ToList();
            var values = cells.Where(cell => cell.LocalName == "td").ToList();
            if (values.Count > 0 && values.All(cell => ChartTable.IsNumber(cell.TextContent)))
                foreach (var cell in cells)
                    cell.ClassList.Add("number");
        }
    }

    /// <summary>Puts a table into a box that scrolls.</summary>
    static void Box(IElement table)
    {
        var box = table.Owner!.CreateElement("div");
        box.ClassName = "scroll";
        box.SetAttribute("role", "group");
        box.SetAttribute("aria-label", "Table");
        table.Replace(box);
        box.Append(table);
    }

    [GeneratedRegex("<(?<close>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?![^<>]*/>)")]
    private static partial Regex TagStart();
}
