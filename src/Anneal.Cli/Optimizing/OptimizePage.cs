using Anneal.Live;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The paths of optimizers as a page of its own: on contours where the function is one of two numbers, and the loss against steps.</summary>
internal static class OptimizePage
{
    public static void Write(Objective function, IReadOnlyList<Walk> walks, string file)
    {
        string[] names = [.. walks.Select(w => w.Racer.Name)];
        double[][][] paths = [.. walks.Select(w => w.Points.ToArray())];
        var losses = Charts.LossChart.curves(names, paths.Select(path => path.Select(p => function.Value(p)).ToArray()));
        var charts = function.PlotRange is null ? new[] { losses }
            : new[] { paths.Length > 1 ? Charts.PathChart.race(function, names, paths) : Charts.PathChart.paths(function, names, paths), losses };
        string[] lines =
        [
            $"# {function.Name}", "", "$$", function.Formula, "$$", "",
            .. walks.Select(w => $"- {MarkdownText.Escape(w.Racer.Name)}: rule {MarkdownText.Code(RuleJson.Write(w.Racer.Rule))}, rate {MarkdownText.Code(ScheduleReport.Notation(w.Racer.Rate))}{(w.Stopped is { } why ? $" — stopped: {MarkdownText.Escape(why.TrimEnd('.'))}" : "")}"), "",
        ];
        Cell words = new("text", CellKind.Markdown, "markdown", string.Join('\n', lines), []), drawing = new("charts", CellKind.Code, "fsharp", "", []);
        var run = new NotebookRun(
            new Notebook("optimize", "optimize.ipynb", "fsharp", [words, drawing]),
            [
                new CellRun(words, [], TimeSpan.Zero),
                new CellRun(drawing, [.. charts.Select(c => new Display(new Dictionary<string, string> { ["application/vnd.plotly.v1+json"] = c.Json }))], TimeSpan.Zero),
            ]);
        PageFile.Write(file, Page.Render(run, new PageSettings { Description = "Paths of optimizers on a test function." }));
        Console.Out.WriteLine($"Wrote {file}.");
    }
}
