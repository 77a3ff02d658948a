using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>A Plotly chart as a figure: the drawing, a caption that describes it, and its data as a table.</summary>
static partial class ChartHtml
{
    /// <summary>Kinds of trace that the enclosed build of plotly.js draws.</summary>
    static readonly HashSet<string> Drawn = ["bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie", "scatter", "violin"];

    static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(PageState page, string json)
    {
        var chart = Parse(page, json);
        var traces = chart["data"] as JsonArray ?? [];
        foreach (var type in traces.Select(trace => trace?.Text("type") ?? "scatter"))
            if (!Drawn.Contains(type))
                throw page.Fault($"Pages do not draw charts of type {type}, only: {string.Join(", ", Drawn)}.");
        if (chart["layout"] is not JsonObject layout)
            chart["layout"] = layout = [];
        page.Charts++;
        int figure = ++page.Figures;
        var meta = layout["meta"] as JsonObject;
        var title = MarkdownHtml.PlainText((TakeTitle(layout) ?? "").Replace("<br>", " "));
        var description = Untitled(meta?.Text("description") ?? Summary(traces), title);
        var caption = meta?.Text("caption");
        var table = ChartTable.Of(meta?["table"] as JsonObject, traces, layout);
        var live = page.MayCompute ? meta?.Text("live") : null;
        page.Computed += live is null ? 0 : 1;
        var links = Links(page, meta?.List("links"));
        var stops = Stops(layout);
        layout.Remove("meta");
        AskNobody(chart);
        return $"""
            <figure class="output chart" id="figure-{figure}"{(live is null ? "" : $" data-live=\"{Html.Escape(live)}\"")}>
            <div class="plot" role="img" aria-label="{Html.Escape(title.Length > 0 ? title : $"Chart {figure}")}" aria-describedby="{(caption is null ? "caption" : "description")}-{figure}" style="height:{Height(layout):0}px"></div>
            <noscript><p class="undrawn">The drawing needs scripts, which are switched off here.{(stops.Length == 0 ? "" : $" It would open at {Html.Escape(stops)}.")}{(table.Rows.Count == 0 ? "" : " Its data can be unfolded below; unfolded, they are printed too.")}</p></noscript>
            <script type="application/json">{chart.ToJsonString(Compact).Replace("<", "\\u003c")}</script>
            <figcaption id="caption-{figure}"><b>Figure {figure}.</b> {(title.Length > 0 ? $"<span class=\"title\">{Html.Escape(Sentence(title))}</span> " : "")}{Html.Escape(caption ?? description)}</figcaption>
            {(caption is null ? "" : $"<p class=\"aside\" id=\"description-{figure}\">{Html.Escape(description)}</p>\n")}{table.ToHtml($"Data of figure {figure}{(layout.List("sliders") is [_, ..] ? ", as first drawn" : "")}")}{links}</figure>

            """;
    }

    /// <summary>Where the sliders stand at first: such as "β = 0.9, κ = 100".</summary>
    static string Stops(JsonObject layout) => string.Join(", ", (layout.List("sliders") ?? []).OfType<JsonObject>().Select(slider =>
    {
        var value = slider["currentvalue"] as JsonObject;
        int active = slider["active"] is JsonValue given && given.TryGetValue(out int at) ? at : 0;
        var stop = slider.List("steps") is { } steps && active >= 0 && active < steps.Count ? steps[active]?.Text("label") : null;
        return stop is null ? "" : $"{value?.Text("prefix")}{stop}{value?.Text("suffix")}";
    }).Where(text => text.Length > 0));

    /// <summary>Links to other pages of the site where more can be done with what the chart shows; nothing on a site without those pages.</summary>
    static string Links(PageState page, JsonArray? links) => string.Concat((links ?? []).OfType<JsonObject>()
        .Select(link => (Title: link.Text("title"), Part: MarkdownHtml.PlainText((link.Text("part") ?? "").Replace("<br>", " ")), Page: link.Text("page"), Fragment: link.Text("fragment")))
        .Where(link => link.Title is not null && link.Page is not null && page.Leads(link.Page))
        .GroupBy(link => link.Title!)
        .Select(group =>
        {
            var all = group.Select(link => (link.Part, Address: Html.Escape($"{link.Page}#{link.Fragment}"))).ToList();
            // Of one chart the title is the link; of several, each panel's name.
            string written = all is [var (part, address)]
                ? $"<a href=\"{address}\">{Html.Escape(part.Length == 0 ? group.Key : $"{group.Key}, {part}")}</a>"
                : $"{Html.Escape(group.Key)}: {string.Join(", ", all.Select((link, i) => $"<a href=\"{link.Address}\">{Html.Escape(link.Part.Length == 0 ? $"{i + 1}" : link.Part)}</a>"))}";
            return $"<p class=\"more\">{written}</p>\n";
        }));

    static JsonObject Parse(PageState page, string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw page.Fault("The chart is not a JSON object with \"data\" and \"layout\".");
        }
        catch (JsonException e)
        {
            throw page.Fault($"The chart is not valid JSON: {JsonFault.Reason(e)}", e);
        }
    }

    /// <summary>Members by which plotly.js would load or send something.</summary>
    static readonly string[] OtherMachines = ["plotlyServerURL", "topojsonURL", "showSendToCloud", "showEditInChartStudio", "showLink", "sendData"];

    /// <summary>Takes out the addresses of images that are not in the chart itself, styles in texts that could load something, and whatever else asks another machine.</summary>
    static void AskNobody(JsonNode? node)
    {
        if (node is JsonArray list)
            for (int i = 0; i < list.Count; i++)
                if (Tamed(list[i]) is { } tame)
                    list[i] = tame;
                else
                    AskNobody(list[i]);
        if (node is not JsonObject members)
            return;
        foreach (var name in OtherMachines)
            members.Remove(name);
        if (members.Text("source") is { } source && !Addresses.IsImage(source))
            members.Remove("source");
        foreach (var (name, member) in members.ToList())
            if (Tamed(member) is { } tame)
                members[name] = tame;
            else
                AskNobody(member);
    }

    /// <summary>The text in place of one whose marks have a style that the sanitizer would refuse; null for anything else.</summary>
    static JsonNode? Tamed(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && text.Contains("style", StringComparison.OrdinalIgnoreCase)
        && Style().Replace(text, style => AllowedHtml.RefusedValue().IsMatch(WebUtility.HtmlDecode(style.Groups[1].Value)) ? "" : style.Value) is var tame && tame != text ? JsonValue.Create(tame) : null;

    [GeneratedRegex("""style\s*=\s*("[^"]*"|'[^']*')""", RegexOptions.IgnoreCase)]
    private static partial Regex Style();

    /// <summary>Pixels for the drawing alone: charts reserve room for plotly.js's own sliders, and the page has its controls outside.</summary>
    static double Height(JsonObject layout)
    {
        const double usual = 420, least = 200, slider = 84;
        double height = layout["height"] is JsonValue given && given.TryGetValue(out double pixels) ? pixels : usual;
        return layout.ContainsKey("height") ? Math.Max(least, height - slider * (layout.List("sliders")?.Count ?? 0)) : height;
    }

    /// <summary>The title moves from the drawing into the caption, where it is text.</summary>
    static string? TakeTitle(JsonObject layout)
    {
        var title = layout["title"] is JsonObject parts ? parts.Text("text") : layout.Text("title");
        layout.Remove("title");
        return title;
    }

    static string Sentence(string title) => title is [.., '.' or '?' or '!'] ? title : title + ".";

    /// <summary>
    /// A description is written to be read alone and may begin with the title; in the caption the title stands before it already. A symbol, which is a
    /// single letter, stays as it is: η is not H.
    /// </summary>
    static string Untitled(string description, string title) =>
        title.Length > 0 && description.StartsWith(title, StringComparison.Ordinal) && description[title.Length..].TrimStart('.', '?', '!', ':') is [' ', var first, .. var rest]
            ? (rest is [var second, ..] && char.IsLetter(second) ? char.ToUpperInvariant(first) : first) + rest
            : description;

    static string Summary(JsonArray traces)
    {
        var names = string.Join(", ", traces.Select(trace => trace?.Text("name")).Where(name => name is not null));
        return names.Length == 0 ? "The values are in the table." : $"Shown: {names}. The values are in the table.";
    }
}
