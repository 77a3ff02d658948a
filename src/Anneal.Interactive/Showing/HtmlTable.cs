using System.Net;

namespace Anneal.Interactive;

/// <summary>A label and what there is to say about it.</summary>
readonly record struct Row(string Label, string Text);

/// <summary>Words and tables as HTML, without scripts or styles of their own.</summary>
static class HtmlTable
{
    /// <summary>A text that may stand in HTML.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Label and text, line by line; a line without a label, or with that of the one above, goes on with it.</summary>
    public static string Of(IEnumerable<Row> rows) =>
        $"<table><tbody>{string.Concat(Joined(rows).Select(row => $"<tr><th scope=\"row\" style=\"text-align:left;vertical-align:top\">{Encode(row.Label)}</th>"
            + $"<td style=\"text-align:left\">{row.Text.Split('\n').Select(Encode).Aggregate((a, b) => $"{a}<br>{b}")}</td></tr>"))}</tbody></table>";

    /// <summary>A table with a line of headings.</summary>
    public static string Of(IEnumerable<string> headings, IEnumerable<IEnumerable<string>> rows) =>
        $"<table><thead><tr>{string.Concat(headings.Select(h => $"<th scope=\"col\">{Encode(h)}</th>"))}</tr></thead>"
        + $"<tbody>{string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Encode(cell)}</td>"))}</tr>"))}</tbody></table>";

    static List<Row> Joined(IEnumerable<Row> rows)
    {
        var joined = new List<Row>();
        foreach (var row in rows)
            if (joined.Count > 0 && (row.Label.Length == 0 || row.Label == joined[^1].Label))
                joined[^1] = joined[^1] with { Text = $"{joined[^1].Text}\n{row.Text}" };
            else
                joined.Add(row);
        return joined;
    }
}
