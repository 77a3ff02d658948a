using Anneal.Live;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A schedule's chart as a page of its own.</summary>
internal static class SchedulePage
{
    public static void Write(Schedule schedule, double last, string file)
    {
        var chart = Charts.ScheduleChart.phases(last, schedule);
        string text = $"# Learning rate\n\n{MarkdownText.Code(ScheduleReport.Notation(schedule))}\n\n$$\n{schedule.Latex}\n$$\n";
        Cell words = new("text", CellKind.Markdown, "markdown", text, []), drawing = new("chart", CellKind.Code, "fsharp", $"ScheduleChart.phases {last} schedule", []);
        var run = new NotebookRun(
            new Notebook("schedule", "schedule.ipynb", "fsharp", [words, drawing]),
            [
                new CellRun(words, [], TimeSpan.Zero),
                new CellRun(drawing, [new Display(new Dictionary<string, string> { ["application/vnd.plotly.v1+json"] = chart.Json })], TimeSpan.Zero),
            ]);
        PageFile.Write(file, Page.Render(run, new PageSettings { Description = "One schedule: its formula, curve and phases." }));
        Console.Out.WriteLine($"Wrote {file}.");
    }
}
