using Anneal.Advice;
using Anneal.Charts;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Range tests as a page of its own: smoothed loss against rate, one line for each seed, and the suggestions.</summary>
internal static class FindRatePage
{
    public static void Write(RateSubject subject, FoundRates found, string file)
    {
        var curves = found.Curves.Select((curve, seed) => (Name: $"seed {seed}", Points: curve.Points.Where(p => double.IsFinite(p.Smoothed)).Select(p => Tuple.Create(p.Rate, p.Smoothed)).ToArray())).Where(c => c.Points.Length > 1).ToList();
        string[] lines =
        [
            $"# Rates for {MarkdownText.Escape(subject.Name)}", "", $"Rule {MarkdownText.Code(RuleJson.Write(subject.Rule))}, {found.Test.Steps} updates from {FindRateCommand.Text(found.Test.From)} to {FindRateCommand.Text(found.Test.To)}.", "",
            "| suggestion | rate | between | why |", "| --- | --- | --- | --- |",
            .. found.Suggestions.Select(s => $"| {FindRateCommand.Name(s.Kind)} | {FindRateCommand.Text(s.Rate)} | {FindRateCommand.Text(s.Low)} and {FindRateCommand.Text(s.High)} | {MarkdownText.Escape(s.Reason)} |"), "",
        ];
        Cell words = new("text", CellKind.Markdown, "markdown", string.Join('\n', lines), []), drawing = new("charts", CellKind.Code, "fsharp", "", []);
        Display[] shown = curves.Count == 0 ? []
            : [new(new Dictionary<string, string> { ["application/vnd.plotly.v1+json"] = ChartView.logX(LineChart.plain("Smoothed loss after an update at each rate", "rate", "loss", curves.Select(c => c.Name), curves.Select(c => c.Points))).Json })];
        var run = new NotebookRun(new Notebook("rates", "rates.ipynb", "fsharp", [words, drawing]), [new CellRun(words, [], TimeSpan.Zero), new CellRun(drawing, shown, TimeSpan.Zero)]);
        PageFile.Write(file, Page.Render(run, new PageSettings { Description = $"A range test of {subject.Name}." }));
    }
}
