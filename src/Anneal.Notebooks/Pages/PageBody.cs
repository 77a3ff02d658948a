using System.Text;

namespace Anneal.Notebooks;

/// <summary>
/// The cells of a notebook in the order in which a page shows them: pictures before the code that made them, code folded to a line unless it is there
/// to be read, checked claims folded to a line, an exercise as one block, and set-up at the end.
/// </summary>
/// <remarks>The tags of cells that matter here are constants below; what is written for authors about them is in .github/AUTHORING.md.</remarks>
sealed class PageBody(PageState page, NotebookRun run, PageSettings settings)
{
    /// <summary>Code that is the point: it stands open, before its output.</summary>
    const string ReadTag = "read";

    /// <summary>The cells of an exercise.</summary>
    const string ExerciseTag = "exercise", CheckTag = "check", SolutionTag = "solution";

    readonly StringBuilder html = new();
    readonly CellRun[] cells = Runs(run);

    /// <summary>The HTML of all cells.</summary>
    public string Render()
    {
        int first = 0;
        while (first < cells.Length && IsSetUp(cells[first].Cell))
            first++;
        for (int i = first; i < cells.Length;)
            i += Next(i);
        for (int i = 0; i < first; i++)
            Code(i);
        return html.ToString();
    }

    /// <summary>True for code that is directives alone, such as <c>#!import "boot.dib"</c>.</summary>
    static bool IsSetUp(Cell cell) => cell.Kind == CellKind.Code && cell.Source.Split('\n').Any(line => Highlighter.IsDirective(line))
        && cell.Source.Split('\n').All(line => Highlighter.IsDirective(line) || string.IsNullOrWhiteSpace(line));

    /// <summary>Writes what begins at a cell, and says how many cells it was.</summary>
    int Next(int i)
    {
        Place(i);
        return cells[i].Cell.Kind switch
        {
            CellKind.Markdown => Text(i),
            CellKind.Code when IsExercise(i) => Exercise(i),
            CellKind.Code => Code(i),
            _ => 1,
        };
    }

    static CellRun[] Runs(NotebookRun run)
    {
        var runs = run.Cells.ToDictionary(c => c.Cell.Id);
        return [.. run.Notebook.Cells.Select(cell => runs.GetValueOrDefault(cell.Id) ?? new(cell, [], TimeSpan.Zero))];
    }

    void Place(int i) => page.Place = $"Cell {i + 1} of {cells.Length} ({cells[i].Cell.Language})";

    int Text(int i)
    {
        var cell = cells[i].Cell;
        bool isSolution = cell.Tags.Contains(SolutionTag);
        if (isSolution && !settings.Solutions)
            return 1;
        var text = MarkdownHtml.Render(page, cell.Source, cell.Attachments);
        if (isSolution && !text.Contains("<details", StringComparison.Ordinal))
            text = $"<details><summary>Solution</summary>\n{text}</details>\n";
        html.Append($"<div class=\"cell text{(isSolution ? " solution" : "")}\" id=\"cell-{i + 1}\">\n{text}</div>\n");
        return 1;
    }

    /// <summary>A cell, and the claims of the cells after it that do nothing but check.</summary>
    int Code(int i)
    {
        Place(i);
        var cell = cells[i];
        var claims = Claims(i).ToList();
        var others = Others(cell);
        bool onlyChecks = claims.Count > 0 && others.Count == 0 && !IsRead(cell);
        int end = i + 1;
        if (onlyChecks || others.Count > 0)
            while (end < cells.Length && OnlyChecks(end))
                claims.AddRange(Claims(end++));
        bool setUp = IsSetUp(cell.Cell);
        string outputs = Outputs(others);
        bool first = IsRead(cell) || cell.Failure is not null;
        string source = onlyChecks || cell.Cell.Source.Length == 0 ? "" : Source(cell.Cell, setUp ? "Set-up" : first ? null : "Show the code", open: first);
        html.Append($"<div class=\"cell{(setUp ? " set-up" : "")}\" id=\"cell-{i + 1}\">\n");
        if (first)
            html.Append(source).Append(outputs).Append(Folded(claims, i, i + 1, end));
        else
            html.Append(outputs).Append(Under(source + Folded(claims, i, onlyChecks ? i : i + 1, end)));
        html.Append("</div>\n");
        return end - i;
    }

    /// <summary>A stub and the check below it, which has a box for answers.</summary>
    bool IsExercise(int i) => cells[i].Cell.Tags.Contains(ExerciseTag) && i + 1 < cells.Length && cells[i + 1].Cell.Tags.Contains(CheckTag) && Box(i + 1) is not null;

    /// <summary>The HTML in which the check of an exercise has its box; null where it has none.</summary>
    string? Box(int i) => cells[i].Outputs.OfType<Display>()
        .Select(display => display.Data.GetValueOrDefault("text/html"))
        .LastOrDefault(text => text?.Contains("class=\"answer-box\"", StringComparison.Ordinal) == true);

    /// <summary>Where numbers are asked for, the box is all there is to see; where a program is, its stub is there to be copied.</summary>
    int Exercise(int i)
    {
        bool isProgram = Box(i + 1)!.Contains("data-program=", StringComparison.Ordinal);
        html.Append($"<div class=\"cell exercise\" id=\"cell-{i + 1}\">\n");
        if (isProgram)
        {
            Place(i);
            html.Append(Source(cells[i].Cell, $"Your turn · {Languages.Title(cells[i].Cell.Language)}", open: true)).Append(Outputs(Others(cells[i])));
        }
        Place(i + 1);
        html.Append($"<span id=\"cell-{i + 2}\"></span>").Append(Outputs(Others(cells[i + 1])));
        if (isProgram)
            html.Append("<details class=\"how\"><summary>How to run it</summary>")
                .Append($"<p>Open the notebook <code>{Html.Escape(Path.GetFileName(run.Notebook.Path))}</code> in VS Code or Jupyter, write your lines in place of the stub, ")
                .Append("run the cell and then the check below it: it also tries inputs that are not shown here. Or write the program in any language, ")
                .Append("give it the inputs above, and paste its first results into the box.</p></details>\n");
        html.Append(Under(Folded([.. Claims(i + 1)], i, i + 2, i + 2)));
        html.Append("</div>\n");
        return 2;
    }

    static bool IsRead(CellRun cell) => cell.Cell.Tags.Contains(ReadTag);

    bool OnlyChecks(int i) => cells[i].Cell.Kind == CellKind.Code && !IsExercise(i) && !IsRead(cells[i]) && cells[i].Failure is null
        && Claims(i).Any() && Others(cells[i]).Count == 0;

    /// <summary>What the checks of a cell said: lines that begin with a tick.</summary>
    IEnumerable<string> Claims(int i) => Together(cells[i].Outputs).OfType<StreamText>()
        .Where(stream => !stream.IsError)
        .SelectMany(stream => Lines(stream.Text))
        .Where(IsClaim);

    static bool IsClaim(string line) => line.StartsWith("✓ ", StringComparison.Ordinal);

    static string[] Lines(string text) => text.TrimEnd('\n', '\r').Split('\n');

    /// <summary>What a cell put out besides its claims.</summary>
    static List<Output> Others(CellRun cell) => [.. Together(cell.Outputs)
        .Select(output => output is StreamText { IsError: false } stream && Lines(stream.Text).Any(IsClaim)
            ? stream with { Text = string.Join('\n', Lines(stream.Text).Where(line => !IsClaim(line))) } : output)
        .Where(output => output is not StreamText { Text: "" })];

    string Outputs(IReadOnlyList<Output> outputs)
    {
        var shown = string.Concat(outputs.Select(output => OutputHtml.Render(page, output)));
        return shown.Length == 0 ? "" : $"<div class=\"outputs\">\n{shown}</div>\n";
    }

    static string Under(string folds) => folds.Length == 0 ? "" : $"<div class=\"under\">\n{folds}</div>\n";

    /// <summary>The code of a cell; a label makes it a line that unfolds.</summary>
    static string Source(Cell cell, string? label, bool open)
    {
        var language = Languages.Title(cell.Language);
        return $"""<details class="source{(open ? " read" : "")}"{(open ? " open" : "")}><summary>{Html.Escape(label ?? language)}{(label is null or ['Y', ..] ? "" : $" <small>{language}</small>")}</summary>"""
            + CodeHtml.Block(cell.Language, WithoutSwitch(cell.Source)) + "</details>\n";
    }

    /// <summary>The line by which a cell tells Jupyter its language says nothing to a reader.</summary>
    static string WithoutSwitch(string source) => source.Split('\n', 2) is [var line, var rest] && line.Trim() is "#!fsharp" or "#!csharp" ? source[(source.IndexOf('\n') + 1)..].TrimStart('\n') : source;

    /// <summary>One line that unfolds to the claims, and to the code of the cells that check them and show nothing else.</summary>
    string Folded(IReadOnlyList<string> claims, int own, int from, int end)
    {
        if (claims.Count == 0)
            return "";
        StringBuilder folded = new($"<details class=\"claims\"><summary>✓ {(claims.Count == 1 ? "1 claim" : $"{claims.Count} claims")} checked</summary>\n<ul>");
        foreach (var claim in claims)
            folded.Append($"<li>{Html.Escape(claim[2..])}</li>");
        folded.Append("</ul>\n");
        for (int i = from; i < end; i++)
            folded.Append(i == own ? "" : $"<span id=\"cell-{i + 1}\"></span>").Append(Source(cells[i].Cell, "Show the checks", open: false));
        return folded.Append("</details>\n").ToString();
    }

    /// <summary>Joins stretches of the same stream, which programs write in pieces.</summary>
    static IEnumerable<Output> Together(IReadOnlyList<Output> outputs)
    {
        StreamText? stream = null;
        foreach (var output in outputs)
        {
            if (stream is not null && output is StreamText more && more.IsError == stream.IsError)
            {
                stream = stream with { Text = stream.Text + more.Text };
                continue;
            }
            if (stream is not null)
                yield return stream;
            stream = output as StreamText;
            if (stream is null)
                yield return output;
        }
        if (stream is not null)
            yield return stream;
    }
}
