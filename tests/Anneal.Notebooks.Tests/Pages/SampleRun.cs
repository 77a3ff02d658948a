using System.Globalization;

namespace Anneal.Notebooks.Tests;

/// <summary>A run written by hand with every kind of cell and output that a page can hold.</summary>
static class SampleRun
{
    public static NotebookRun Lesson => Of("07-cosine",
    [
        Code("csharp", "#!import \"boot.dib\"", []),
        Text("""
            # Can you compute a schedule by hand?

            A cosine schedule lowers the learning rate $\eta$ from $\eta_{\max}$ to $\eta_{\min}$ along half a wave.
            You will need **forty minutes**, a pencil, and what [the lesson before](06-schedule-gallery.ipynb) says about shapes.

            - compute the rate at any step, in five lines;
            - say *where* the rate crosses a given value;
            - tell a rounding from a cut: see `Math.Round`.

            ## What does the formula say?

            $$
            \eta(t) = \eta_{\min} + \frac{\eta_{\max} - \eta_{\min}}{2} \left(1 + \cos\frac{\pi t}{T}\right), \qquad 0 \le t \le T
            $$

            At $t = 0$ the cosine is 1, at $t = T$, it is −1. The rate starts at $\eta_{\max}$.

            | symbol | meaning | value |
            | --- | :---: | ---: |
            | $\eta_{\max}$ | peak | 0.002 |
            | $T$ | total number of updates | 5,000 |

            > **Erratum 002-1.** The lecture prints 0.001721 at $t = 1250$; the value is 0.00172175.
            """),
        Code("csharp", """
            // The exercise of the lecture: 0.002 → 0.0001 over 5,000 updates.
            var cosine = new CosineDecay(Peak: 0.002, Steps: 5_000, Floor: 0.0001);
            foreach (var t in new[] { 0, 1250, 2500 })
                Console.WriteLine($"{t,5}: {cosine.At(t):G6}");
            cosine
            """,
            [
                new StreamText(false, "    0: 0.002\n 1250: 0.00172175\n"),
                new StreamText(false, " 2500: 0.00105\n"),
                new StreamText(true, "a warning on standard error\n"),
                new Display(new Dictionary<string, string> { ["text/plain"] = "CosineDecay { Steps = 5000, Peak = 0.002, Floor = 0.0001 } <script>alert(1)</script>" }, true),
            ]),
        Text("## How does it look?\n\n### One curve, three floors\n\nMove the slider: the floor lifts the end, not the start."),
        Code("fsharp", """
            open Anneal
            let floors = [ 0.0; 0.0001; 0.0005 ] // three
            floors |> List.map (fun f -> CosineDecay(Peak = 0.002, Steps = 5000.0, Floor = f)) |> ScheduleChart.curves 5000.0
            """, [Shown("application/vnd.plotly.v1+json", Chart())]),
        Code("csharp", """Check.Close("the rate at step 1250 is 0.00172175", cosine.At(1250), 0.00172175, 1e-8);""",
            [new StreamText(false, "✓ the rate at step 1250 is 0.00172175: 0.0017217514421272 (stated 0.00172175, within 1E-08)\n")]),
        Code("csharp", "table",
            [
                Shown("text/html", "<table><thead><tr><th>step</th><th>cosine</th><th>rate</th></tr></thead><tbody><tr><td>0</td><td>1</td><td>0.002</td></tr></tbody></table><script>alert(1)</script><b onclick='x()'>unclosed"),
                Shown("text/markdown", "The rate is $\\eta(1250) = 0.00172175$, *not* 0.001721."),
                Shown("text/latex", "$$\\frac{1}{2}$$"),
                Shown("application/json", """{"a":[1,2]}"""),
                Shown("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='40'><title>A line</title><path d='M0 40L120 0' stroke='black'/></svg>"),
            ], "hide-input"),
        Text("## Exercises\n\n### Exercise 1\n\nWhat is the rate at $t = 2500$?"),
        Code("csharp", "var answer = Answer.NotYet;", [], "exercise"),
        Code("csharp", "exercise.Judge(answer)",
            [
                Shown("text/html", "<div class=\"exercise\"><p>○ 07-1: not solved yet</p><div class=\"answer-box\" data-answer=\"" + System.Net.WebUtility.HtmlEncode(
                    """{"prompt": "The rate in the middle", "answers": [{"label": "η at t = 2500", "value": 0.00105, "tolerance": 1e-6, "hints": [{"value": 0.0021, "tolerance": 1e-6, "text": "You forgot the ½."}]}, {"label": "η at the end", "value": 0.0001, "tolerance": 1e-9, "hints": []}], "right": "Exactly half-way.", "wrong": "Substitute t = 2500 first."}""")
                    + "\">The rate in the middle</div></div>"),
            ], "check"),
        Text("""
            <details><summary>Solution</summary>

            The cosine of $\pi/2$ is 0, so half of the way is left:

            ```csharp
            var answer = 0.0001 + (0.002 - 0.0001) / 2;
            ```

            </details>
            """, "solution"),
    ]);

    public static NotebookRun Failing => Of("03-failing",
    [
        Text("# A failing notebook"),
        Code("csharp", "var zero = 0;\n1 / zero",
            [new Failure("DivideByZeroException", "Attempted to divide by zero.", 2, "1 / zero", ["at cell 2, line 2"])]),
        Code("csharp", "\"never reached\"", []),
    ]);

    /// <summary>A notebook of these cells.</summary>
    public static NotebookRun Of(string name, IReadOnlyList<CellRun> cells)
    {
        var numbered = cells.Select((run, i) => run with { Cell = run.Cell with { Id = $"c{i + 1}" } }).ToList();
        return new(new(name, Path.Combine(Path.GetTempPath(), name + ".ipynb"), "csharp", [.. numbered.Select(run => run.Cell)]), numbered);
    }

    public static CellRun Text(string source, params string[] tags) => new(new("", CellKind.Markdown, "markdown", source, tags), [], TimeSpan.Zero);

    public static CellRun Code(string language, string source, IReadOnlyList<Output> outputs, params string[] tags) =>
        new(new("", CellKind.Code, language, source, tags), outputs, TimeSpan.FromMilliseconds(12));

    public static Display Shown(string mime, string content) => new(new Dictionary<string, string> { [mime] = content });

    /// <summary>Three curves and a slider over frames.</summary>
    static string Chart()
    {
        string Curve(double floor) => string.Join(',', Enumerable.Range(0, 51).Select(i =>
            (floor + (0.002 - floor) * (1 + Math.Cos(Math.PI * i / 50)) / 2).ToString("G6", CultureInfo.InvariantCulture)));
        var x = string.Join(',', Enumerable.Range(0, 51).Select(i => i * 100));
        double[] floors = [0, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005];
        var frames = floors.Select(f => $$$"""{"name": "{{{f}}}", "data": [{"y": [{{{Curve(f)}}}]}], "traces": [0]}""");
        var steps = floors.Select(f => $$$"""{"label": "{{{f}}}", "method": "animate", "args": [["{{{f}}}"], {"mode": "immediate", "frame": {"duration": 0, "redraw": false}, "transition": {"duration": 0}}]}""");
        return $$$"""
            {"data": [{"type": "scatter", "mode": "lines", "name": "floor of the slider", "x": [{{{x}}}], "y": [{{{Curve(0)}}}]},
                      {"type": "scatter", "mode": "lines", "name": "CosineDecay </script>", "x": [{{{x}}}], "y": [{{{Curve(0.0001)}}}]}],
             "layout": {"title": {"text": "Learning rate"}, "xaxis": {"title": {"text": "step (updates made)"}}, "yaxis": {"title": {"text": "rate"}, "range": [0, 0.0021]},
                        "meta": {"description": "Rate against step for two floors; both fall along half a wave."},
                        "sliders": [{"active": 0, "currentvalue": {"prefix": "floor: "}, "steps": [{{{string.Join(',', steps)}}}]}]},
             "config": {}, "frames": [{{{string.Join(',', frames)}}}]}
            """;
    }
}
