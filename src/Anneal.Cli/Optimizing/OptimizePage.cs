using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The paths of optimizers as a page of its own: on contours where the function is one of two numbers, and the loss against steps.</summary>
internal static class OptimizePage
{
    public static void Write(Objective function, Rule[] rules, string rates, double[][][] paths, string file)
    {
        string[] names = [.. rules.Select(r => r.GetType().Name)];
        var losses = Charts.LossChart.curves(names, paths.Select(path => path.Select(p => function.Value(p)).ToArray()));
        var charts = function.Window is null ? new[] { losses }
            : new[] { paths.Length > 1 ? Charts.PathChart.race(function, names, paths) : Charts.PathChart.paths(function, names, paths), losses };
        string text = $"# {function.Name}\n\n$$\n{function.Formula}\n$$\n\nRate: `{rates}`\n\n{string.Join('\n', rules.Select(r => $"- `{r}`"))}\n";
        Cell words = new("text", CellKind.Markdown, "markdown", text, []), drawing = new("charts", CellKind.Code, "fsharp", "PathChart.race objective names paths", []);
        var run = new NotebookRun(
            new Notebook("optimize", "optimize.ipynb", "fsharp", [words, drawing]),
            [
                new CellRun(words, [], TimeSpan.Zero),
                new CellRun(drawing, [.. charts.Select(c => new Display(new Dictionary<string, string> { ["application/vnd.plotly.v1+json"] = c.Json }))], TimeSpan.Zero),
            ]);
        File.WriteAllText(file, Page.Render(run, new PageSettings { Description = "Paths of optimizers on a test function." }));
        Console.Out.WriteLine($"Wrote {file}.");
    }
}
