using Anneal.Charts;
using Anneal.Notebooks;
using Anneal.Runs;

namespace Anneal.Cli;

/// <summary>Plan, log and their difference as a page that works offline.</summary>
internal static class ComparisonPage
{
    /// <summary>Points of a curve: as many as a screen shows.</summary>
    const int Most = 800;

    public static void Write(string file, RunConfiguration run, RunLog log, RunComparison comparison)
    {
        int stride = Math.Max(1, log.Count / Most);
        int[] chosen = [.. Enumerable.Range(0, log.Count).Where(i => i % stride == 0 || i == log.Count - 1)];
        double last = Math.Max(run.Plan.Updates - 1, log.Steps[^1]);
        Tuple<double, double>[] planned = [.. Enumerable.Range(0, Most + 1).Select(i => Math.Floor(last * i / Most)).Distinct().Select(step => Tuple.Create(step, run.RateAt(step))).Where(p => double.IsFinite(p.Item2))];
        Tuple<double, double>[] logged = [.. chosen.Select(i => Tuple.Create(log.Steps[i], log.Rates[i]))];
        Tuple<double, double>[] difference = [.. chosen.Select(i => Tuple.Create(log.Steps[i], log.Rates[i] - run.RateAt(Math.Max(0, log.Steps[i] + comparison.Offset)))).Where(p => double.IsFinite(p.Item2))];
        var curves = LineChart.plain("Plan and log", "step", "rate", ["plan", "log"], [planned, logged]);
        var gap = LineChart.plain("Log − plan", "step", "rate", ["log − plan"], [difference]);
        string findings = comparison.Findings.Count == 0 ? "The run followed its plan." : string.Concat(comparison.Findings.Select(f => $"- **{f.Severity.ToString().ToLowerInvariant()}**: {f.Sentence}\n"));
        Cell words = new("text", CellKind.Markdown, "markdown", $"# What the run did\n\n{comparison.Compared} entries compared, {comparison.Different} differ.\n\n{findings}\n", []);
        Cell first = new("curves", CellKind.Code, "fsharp", "LineChart.plain \"Plan and log\"", []), second = new("difference", CellKind.Code, "fsharp", "LineChart.plain \"Log − plan\"", []);
        var page = new NotebookRun(new Notebook("run", "run.ipynb", "fsharp", [words, first, second]), [new CellRun(words, [], TimeSpan.Zero), Shown(first, curves), Shown(second, gap)]);
        SafeFile.Write(file, Page.Render(page, new PageSettings { Description = "A run's planned and logged rates." }));
        Console.Out.WriteLine($"Wrote {file}.");
    }

    static CellRun Shown(Cell cell, ChartView chart) => new(cell, [new Display(new Dictionary<string, string> { ["application/vnd.plotly.v1+json"] = chart.Json })], TimeSpan.Zero);
}
