using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>The numbers behind a chart.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Each as long as the headings.</param>
sealed partial record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>More rows than this are thinned out evenly.</summary>
    const int MostRows = 400;

    /// <summary>The table that the chart brings along, or else one made of its traces.</summary>
    public static ChartTable Of(JsonObject? given, JsonArray traces, JsonObject layout)
    {
        if (given?.List("columns") is { } columns && given.List("rows") is { } rows)
            return new([.. columns.Select(Cell)], [.. rows.OfType<JsonArray>().Select(row => row.Select(Cell).ToList())]);
        return traces is [{ } only] && only.List("z") is { } z && z.All(row => row is JsonArray) ? Grid(only, z)
            : ShareX(traces) ? SideBySide(traces, layout)
            : OneBelowTheOther(traces, layout);
    }

    /// <summary>A folded table; nothing when there is nothing to show.</summary>
    public string ToHtml(string title)
    {
        if (Rows.Count == 0)
            return "";
        int every = (Rows.Count + MostRows - 1) / MostRows;
        var note = every > 1 ? $", one in {every} of {Rows.Count.ToString("N0", CultureInfo.InvariantCulture)} rows" : "";
        StringBuilder html = new($"<details class=\"data\"><summary>{Html.Escape(title)}{note}</summary>");
        html.Append($"<div class=\"scroll\" role=\"group\" aria-label=\"{Html.Escape(title)}\"><table><thead><tr>");
        var classes = Columns.Select((_, i) => Rows.All(row => i >= row.Count || row[i].Length == 0 || IsNumber(row[i])) ? " class=\"number\"" : "").ToList();
        foreach (var (column, kind) in Columns.Zip(classes))
            html.Append($"<th scope=\"col\"{kind}>{Html.Escape(column)}</th>");
        html.Append("</tr></thead><tbody>\n");
        for (int i = 0; i < Rows.Count; i += every)
            html.Append("<tr>").AppendJoin("", Rows[i].Zip(classes).Select(cell => $"<td{cell.Second}>{Html.Escape(cell.First)}</td>")).Append("</tr>\n");
        return html.Append("</tbody></table></div></details>\n").ToString();
    }

    /// <summary>True for what reads as a number: any minus sign, with or without grouping commas, times a power of ten or not.</summary>
    public static bool IsNumber(string text)
    {
        string number = text.Trim().Replace('−', '-');
        return double.TryParse(Power().Replace(number, "e1"), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);
    }

    [GeneratedRegex("·10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+$|(?<=^-?1)0[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+$")]
    private static partial Regex Power();

    static bool ShareX(JsonArray traces) => traces.Count > 0 && traces.All(trace => trace!.List("y") is not null)
        && traces.Skip(1).All(trace => JsonNode.DeepEquals(trace!.List("x"), traces[0]!.List("x")));

    static ChartTable SideBySide(JsonArray traces, JsonObject layout)
    {
        var x = traces[0]!.List("x");
        var y = traces.Select(trace => trace!.List("y")!).ToList();
        return new([AxisTitle(layout, "xaxis") ?? "x", .. traces.Select((trace, i) => trace!.Text("name") ?? AxisTitle(layout, "yaxis") ?? $"y {i + 1}")],
            [.. Enumerable.Range(0, y.Max(list => list.Count)).Select(i => (List<string>)[x is null ? $"{i}" : At(x, i), .. y.Select(list => At(list, i))])]);
    }

    static ChartTable OneBelowTheOther(JsonArray traces, JsonObject layout) => new(
        ["series", AxisTitle(layout, "xaxis") ?? "x", AxisTitle(layout, "yaxis") ?? "y"],
        [.. traces.SelectMany((trace, k) =>
        {
            var (x, y) = (trace!.List("x") ?? trace!.List("labels"), trace!.List("y") ?? trace!.List("values"));
            return Enumerable.Range(0, Math.Max(x?.Count ?? 0, y?.Count ?? 0)).Select(i =>
                (List<string>)[trace!.Text("name") ?? $"{k + 1}", x is null ? "" : At(x, i), y is null ? "" : At(y, i)]);
        })]);

    /// <summary>A surface: a column for each x, a row for each y, thinned out to what can be read.</summary>
    static ChartTable Grid(JsonNode trace, JsonArray z)
    {
        const int most = 25;
        var (x, y) = (trace.List("x"), trace.List("y"));
        int width = z.Max(row => ((JsonArray)row!).Count), everyX = (width + most - 1) / most, everyY = (z.Count + most - 1) / most;
        var columns = Enumerable.Range(0, width).Where(i => i % everyX == 0).ToList();
        return new(["y \\ x", .. columns.Select(i => x is null ? $"{i}" : At(x, i))],
            [.. Enumerable.Range(0, z.Count).Where(j => j % everyY == 0).Select(j =>
                (List<string>)[y is null ? $"{j}" : At(y, j), .. columns.Select(i => At((JsonArray)z[j]!, i))])]);
    }

    static string? AxisTitle(JsonObject layout, string axis) =>
        layout[axis] is JsonObject a ? a["title"] is JsonObject title ? title.Text("text") : a.Text("title") : null;

    static string At(JsonArray list, int i) => i < list.Count ? Cell(list[i]) : "";

    /// <summary>Numbers to seven significant digits: more than a drawing shows, few enough to read.</summary>
    static string Cell(JsonNode? value) => value is null ? "" : value.GetValueKind() switch
    {
        JsonValueKind.Number => ReadableNumber.Of(value.GetValue<double>(), 7),
        JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
