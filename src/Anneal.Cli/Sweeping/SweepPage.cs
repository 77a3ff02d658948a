using Anneal.Experiments;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A judged sweep as a page of its own: table, ranking, and loss against rate.</summary>
internal static class SweepPage
{
    public static void Write(SweepResults results, SweepReport report, string file)
    {
        var sweep = results.Sweep;
        string[] lines =
        [
            $"# Sweep on {sweep.Setting.Data}", "",
            $"Model `{sweep.Setting.Model}`, batches `{sweep.Setting.Batches}`, {sweep.Setting.Steps} updates a trial, {results.Trials.Count} trials.", "",
            $"| {string.Join(" | ", SweepText.Headings)} |", $"|{string.Concat(Enumerable.Repeat(" --- |", SweepText.Headings.Length))}",
            .. SweepText.Rows(report).Select(row => $"| {string.Join(" | ", row)} |"), "",
            .. SweepText.Findings(report, sweep).Select(finding => $"- {finding}"), "",
            "## Methods", "",
            .. sweep.Methods.Select(m => $"- {m.Name}: `{RuleJson.Write(m.Rule)}`, rate × `{ScheduleNotation.Print(m.Schedule)}`"),
        ];
        var alive = report.Methods.Where(m => m.Losses.All(double.IsFinite)).ToList();
        List<Output> charts = [];
        if (alive.Count > 0)
            charts.Add(Shown(Charts.SweepChart.ranking("final loss", alive.Select(m => m.Name), alive.Select(m => m.Losses.ToArray())).Json));
        charts.Add(Shown(Charts.SweepChart.uCurves(sweep.Methods.Select(m => m.Name), sweep.Rates, sweep.Methods.Select(m => report.Curve(m.Name))).Json));
        Cell words = new("text", CellKind.Markdown, "markdown", string.Join('\n', lines), []), drawing = new("charts", CellKind.Code, "fsharp", "SweepChart.ranking …\nSweepChart.uCurves …", []);
        var run = new NotebookRun(
            new Notebook("sweep", "sweep.ipynb", "fsharp", [words, drawing]),
            [new CellRun(words, [], TimeSpan.Zero), new CellRun(drawing, charts, TimeSpan.Zero)]);
        AtomicFile.Write(file, Page.Render(run, new PageSettings { Description = $"A comparison of {sweep.Methods.Count} methods on {sweep.Setting.Data}." }));
    }

    static Anneal.Notebooks.Display Shown(string json) => new(new Dictionary<string, string> { ["application/vnd.plotly.v1+json"] = json });
}
