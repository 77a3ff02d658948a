using System.Globalization;
using System.Net;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>Writes structured values as HTML tables; what lies too deep in them is text. The layout is the original kernel's, except that rows with the same members share their columns.</summary>
internal static class HtmlTable
{
    /// <summary>Tables inside tables that are opened; what lies deeper is text.</summary>
    const int Depth = 3;

    /// <summary>A summary is a line, not a page.</summary>
    const int LongestSummary = 500;

    /// <summary>The table, or null where text says the value better.</summary>
    /// <param name="shape">What the value looks like.</param>
    /// <param name="depth">How many tables it lies in.</param>
    public static string? Of(Shape shape, int depth = 0) => shape switch
    {
        Items { First.Count: 0 } or Map { First.Count: 0 } => null,
        Items items => IsFlat(items) ? null : OfItems(items, depth),
        Map map => Table(["key", "value"], map.First.Select(p => (object?[])[p.Key, p.Value]), depth, Note(map.First.Count, map.Count, null)),
        Members members => Details(members.Prints ? Summary(members) : members.Type, members.Values, depth),
        Grid grid => Table([], grid.First, depth,
            grid.Rows > Shapes.Shown || grid.Columns > Shapes.Shown ? string.Create(CultureInfo.InvariantCulture, $"{grid.Rows:N0} rows and {grid.Columns:N0} columns in all") : ""),
        Group { Labels: { } labels } group => Details(Summary(group), labels.Zip(group.Values), depth),
        Group { Values: var values } group when values.Any(v => v is not null && SelfShown.Of(v) is not null) => Details(group.Name, values.Select(v => ("", v)), depth),
        _ => null,
    };

    /// <summary>A table in any case: a sequence of single values has one column.</summary>
    public static string OfRows(Shape shape) => Of(shape) ?? (shape is Items items
        ? Table(["value"], items.First.Select(item => (object?[])[item]), 0, Note(items.First.Count, items.Count, items.Fault))
        : $"<pre>{Escape(PlainText.Of(null, shape))}</pre>");

    /// <summary>Values of one kind, each said by a word or number: a line of text shows them all.</summary>
    static bool IsFlat(Items items) => items.Fault is null
        && items.First.All(item => (item is null || SelfShown.Of(item) is null) && Shapes.Of(item) is Scalar)
        && items.First.OfType<object>().Select(item => item.GetType()).Distinct().Count() <= 1;

    static string OfItems(Items items, int depth)
    {
        string note = Note(items.First.Count, items.Count, items.Fault);
        Shape[] rows = [.. items.First.Select(item => item is not null && SelfShown.Of(item) is not null ? new Scalar("") : Shapes.Of(item))];
        if (rows.All(r => r is Members) && SameNames(rows) is { } names)
            return Table(names, rows.Cast<Members>().Select(m => m.Values.Select(v => v.Value).ToArray()), depth, note);
        if (rows is [Group { Name: "", Labels: { } labels }, ..] && rows.All(r => r is Group { Name: "" } g && g.Values.Count == labels.Count))
            return Table(labels, rows.Cast<Group>().Select(g => g.Values), depth, note);
        return Table(["index", "value"], items.First.Select((item, i) => (object?[])[i, item]), depth, note);
    }

    static string Summary(Shape shape)
    {
        string text = PlainText.Of(null, shape);
        return text.Length > LongestSummary ? text[..LongestSummary] + "…" : text;
    }

    /// <summary>What the value is in a line, and its parts by name below it.</summary>
    static string Details(string summary, IEnumerable<(string Name, object? Value)> parts, int depth) =>
        $"<details{(depth == 0 ? " open" : "")}><summary><code>{Escape(summary)}</code></summary>{Table([], parts.Select(p => (object?[])[p.Name, p.Value]), depth)}</details>";

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

    static string Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<object?>> rows, int depth, string note = "")
    {
        var html = new StringBuilder("<table class=\"value\">");
        if (heads.Count > 0)
            html.Append("<thead><tr>").AppendJoin("", heads.Select(h => $"<th scope=\"col\">{Escape(h)}</th>")).Append("</tr></thead>");
        html.Append("<tbody>");
        foreach (var row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(value => Cell(value, depth + 1))).Append("</tr>");
        html.Append("</tbody></table>");
        return note.Length > 0 ? html.Append($"<p class=\"note\">{Escape(note)}.</p>").ToString() : html.ToString();
    }

    static string Cell(object? value, int depth)
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
        if (depth < Depth && Of(shape, depth) is { } inner)
            return $"<td>{inner}</td>";
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
