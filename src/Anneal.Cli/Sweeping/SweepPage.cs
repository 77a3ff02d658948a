using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anneal.Experiments;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A judged sweep as a page of its own: table, ranking, and loss against rate.</summary>
internal static class SweepPage
{
    public static void Write(SweepResults results, SweepReport report, string file)
    {
        var sweep = results.Sweep;
        var alive = report.Methods.Where(m => m.Losses.All(double.IsFinite)).ToList();
        List<Output> charts = [];
        if (alive.Count > 0)
            charts.Add(Shown(Charts.SweepChart.ranking("final loss", alive.Select(m => m.Name), alive.Select(m => m.Losses.ToArray())).Json));
        charts.Add(Shown(Charts.SweepChart.uCurves(sweep.Methods.Select(m => m.Name), sweep.Rates, sweep.Methods.Select(m => report.Curve(m.Name))).Json));
        CellRun[] cells =
        [
            Text("results",
            [
                $"# Sweep on {MarkdownText.Escape(sweep.Setting.Data)}", "", $"{sweep.Setting.Steps} updates a trial, {results.Trials.Count} trials.", "",
                $"| {string.Join(" | ", SweepText.Headings)} |", $"|{string.Concat(Enumerable.Repeat(" --- |", SweepText.Headings.Length))}",
                .. SweepText.Rows(report).Select(row => $"| {string.Join(" | ", row.Select(MarkdownText.Escape))} |"), "",
                .. SweepText.Findings(report, sweep).Select(finding => $"- {MarkdownText.Escape(finding)}"), "",
            ]),
            new(new Cell("charts", CellKind.Code, "fsharp", "", []), charts, TimeSpan.Zero),
            Text("methods",
            [
                "## Methods", "",
                .. sweep.Methods.Select(m => $"- {MarkdownText.Escape(m.Name)}: rule {MarkdownText.Code(RuleJson.Write(m.Rule))}, rate × {MarkdownText.Code(ScheduleNotation.Print(m.Schedule))}"), "",
                "## The sweep as JSON", "", "With the rates that were tried in the end.", "", "```json", Indented(SweepJson.Write(sweep)), "```",
            ]),
        ];
        var run = new NotebookRun(new Notebook("sweep", "sweep.ipynb", "fsharp", [.. cells.Select(c => c.Cell)]), cells);
        PageFile.Write(file, Page.Render(run, new PageSettings { Description = $"A comparison of {sweep.Methods.Count} methods on {sweep.Setting.Data}." }));
    }

    static CellRun Text(string id, string[] lines) => new(new Cell(id, CellKind.Markdown, "markdown", string.Join('\n', lines), []), [], TimeSpan.Zero);

    static string Indented(string json) => JsonSerializer.Serialize(JsonNode.Parse(json), indented);

    static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static Anneal.Notebooks.Display Shown(string json) => new(new Dictionary<string, string> { ["application/vnd.plotly.v1+json"] = json });
}
