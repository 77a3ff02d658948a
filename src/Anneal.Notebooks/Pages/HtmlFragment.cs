using AngleSharp;
using AngleSharp.Dom;
using Ganss.Xss;

namespace Anneal.Notebooks;

/// <summary>HTML that a cell put out, made fit to stand inside a page: well-formed, without scripts, asking nobody for anything.</summary>
static class HtmlFragment
{
    public static string Clean(PageState page, string html)
    {
        try
        {
            var safe = Sanitizer.Output(html);
            return safe.Contains("<table", StringComparison.Ordinal) ? WithTables(safe) : safe;
        }
        catch (HtmlTooLargeException e)
        {
            throw page.Fault($"The HTML of an output {e.Message}. Show less of it, or show it as text.", e);
        }
    }

    static string WithTables(string safe)
    {
        using var document = BoundedParser.Create().ParseDocument($"<!doctype html><body>{safe}");
        foreach (var table in document.QuerySelectorAll("table").ToList())
        {
            Align(table);
            Box(table);
        }
        return string.Concat(document.Body!.ChildNodes.Select(node => node.ToHtml(HtmlFormatter.Instance)));
    }

    /// <summary>Sets columns of numbers flush right, so that their digits stand below each other.</summary>
    static void Align(IElement table)
    {
        var rows = table.QuerySelectorAll("tr").Select(row => row.Children.ToList()).ToList();
        for (int column = 0; column < (rows.FirstOrDefault()?.Count ?? 0); column++)
        {
            var cells = rows.Where(row => column < row.Count).Select(row => row[column]).ToList();
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
}
