using System.Globalization;
using System.Net;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>Writes structured values as one HTML table; what is inside its cells is text, or shows itself.</summary>
internal static class HtmlTable
{
    /// <summary>The table, or null where text says the value better.</summary>
    public static string? Of(Shape shape) => shape switch
    {
        Items { First.Count: 0 } or Map { First.Count: 0 } => null,
        Items items => OfItems(items),
        Map map => Table("", ["key", "value"], map.First.Select(p => (object?[])[p.Key, p.Value]), Note(map.First.Count, map.Count, null)),
        Members members => Table(members.Type, ["member", "value"], members.Values.Select(m => (object?[])[m.Name, m.Value])),
        Grid grid => Table("", [], grid.First,
            grid.Rows > Shapes.Shown || grid.Columns > Shapes.Shown ? string.Create(CultureInfo.InvariantCulture, $"{grid.Rows:N0} rows and {grid.Columns:N0} columns in all") : ""),
        Group { Values: var values } group when values.Any(v => v is not null && SelfShown.Of(v) is not null) =>
            Table(group.Name, [], [[.. values]]),
        _ => null,
    };

    static string OfItems(Items items)
    {
        string note = Note(items.First.Count, items.Count, items.Fault);
        Shape[] rows = [.. items.First.Select(item => item is not null && SelfShown.Of(item) is not null ? new Scalar("") : Shapes.Of(item))];
        if (rows.All(r => r is Members) && SameNames(rows) is { } names)
            return Table("", names, rows.Cast<Members>().Select(m => m.Values.Select(v => v.Value).ToArray()), note);
        if (rows is [Group { Name: "", Values.Count: var width }, ..] && rows.All(r => r is Group { Name: "" } g && g.Values.Count == width))
            return Table("", [.. Enumerable.Range(1, width).Select(i => $"Item{i}")], rows.Cast<Group>().Select(g => g.Values), note);
        return Table("", ["index", "value"], items.First.Select((item, i) => (object?[])[i, item]), note);
    }

    static string[]? SameNames(Shape[] rows)
    {
        string[] names = [.. ((Members)rows[0]).Values.Select(v => v.Name)];
        return rows.Cast<Members>().All(m => m.Values.Select(v => v.Name).SequenceEqual(names)) ? names : null;
    }

    static string Note(int shown, long? count, string? fault) =>
        fault is not null ? $"The sequence ended after {shown} rows with an error: {fault}"
        : count is null ? $"The first {shown} rows; there are more, and they were not counted"
        : count > shown ? string.Create(CultureInfo.InvariantCulture, $"The first {shown} of {count:N0} rows")
        : "";

    static string Table(string caption, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<object?>> rows, string note = "")
    {
        var html = new StringBuilder("<table class=\"value\">");
        if (caption.Length > 0)
            html.Append($"<caption>{Escape(caption)}</caption>");
        if (heads.Count > 0)
            html.Append("<thead><tr>").AppendJoin("", heads.Select(h => $"<th scope=\"col\">{Escape(h)}</th>")).Append("</tr></thead>");
        html.Append("<tbody>");
        foreach (var row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(Cell)).Append("</tr>");
        html.Append("</tbody></table>");
        return note.Length > 0 ? html.Append($"<p class=\"note\">{Escape(note)}.</p>").ToString() : html.ToString();
    }

    static string Cell(object? value)
    {
        if (value is HtmlText html)
            return $"<td>{html.Content}</td>";
        if (value is not null && SelfShown.Of(value) is { } forms)
            return $"<td>{forms.GetValueOrDefault("text/html") ?? Escape(forms.GetValueOrDefault("text/plain") ?? "")}</td>";
        if (value is float single && single.ToString(CultureInfo.InvariantCulture) is var digits && digits.Contains('E'))
            return $"<td class=\"number\" title=\"{digits}\">{ReadableNumber.Of(single, 7)}</td>";
        if (value is double number && Rounded(number) is { } shorter)
            return $"<td class=\"number\" title=\"{number.ToString(CultureInfo.InvariantCulture)}\">{shorter}</td>";
        var shape = Shapes.Of(value);
        string text = Escape(PlainText.Of(value, shape)).Replace("\n", "<br>");
        return shape is Scalar { IsNumber: true } ? $"<td class=\"number\">{text}</td>" : $"<td>{text}</td>";
    }

    /// <summary>A fraction to seven significant digits, which is what one reads of a table, with its power of ten as people write it; all digits appear when the reader points at it. Null where nothing changes.</summary>
    static string? Rounded(double number)
    {
        if (!double.IsFinite(number) || (Math.Floor(number) == number && Math.Abs(number) < 1e15))
            return null;
        string all = number.ToString(CultureInfo.InvariantCulture), short7 = number.ToString("G7", CultureInfo.InvariantCulture);
        return all.Contains('E') || short7.Contains('E') ? ReadableNumber.Of(number, 7) : short7.Length < all.Length ? short7 : null;
    }

    static string Escape(string text) => WebUtility.HtmlEncode(text);
}
