using System.Text;

namespace Anneal.Notebooks;

/// <summary>One cell on a page.</summary>
static class CellHtml
{
    /// <param name="page">The page it goes into.</param>
    /// <param name="run">The cell and its outputs.</param>
    /// <param name="number">Its place in the notebook, from 1.</param>
    public static string Render(PageState page, CellRun run, int number) => run.Cell.Kind switch
    {
        CellKind.Markdown => Text(page, run.Cell, number),
        CellKind.Code => Code(page, run, number),
        _ => "",
    };

    /// <summary>True for code that is directives alone, such as <c>#!import "boot.dib"</c>.</summary>
    public static bool IsSetUp(Cell cell) => cell.Kind == CellKind.Code
        && cell.Source.Split('\n').All(line => Highlighter.IsDirective(line) || string.IsNullOrWhiteSpace(line));

    static string Text(PageState page, Cell cell, int number)
    {
        var html = MarkdownHtml.Render(page, cell.Source, cell.Attachments);
        if (cell.Tags.Contains("solution") && !html.Contains("<details", StringComparison.Ordinal))
            html = $"<details><summary>Solution</summary>\n{html}</details>\n";
        return $"<div class=\"cell text{Role(cell)}\" id=\"cell-{number}\">\n{html}</div>\n";
    }

    static string Code(PageState page, CellRun run, int number)
    {
        var cell = run.Cell;
        bool setUp = IsSetUp(cell);
        bool folded = setUp || cell.Tags.Contains("hide-input") || cell.Tags.Contains("check");
        var language = Languages.Title(cell.Language);
        var label = setUp ? "Set-up" : cell.Tags.Contains("exercise") ? $"Your turn · {language}" : cell.Tags.Contains("check") ? $"Check · {language}" : language;
        var outputs = string.Concat(Together(run.Outputs).Select(output => OutputHtml.Render(page, output)));
        StringBuilder html = new();
        html.Append($"<div class=\"cell{Role(cell)}{(setUp ? " set-up" : "")}\" id=\"cell-{number}\">\n");
        if (cell.Source.Length > 0)
            html.Append($"""<details class="source"{(folded ? "" : " open")}><summary><span class="language">{Html.Escape(label)}</span>""")
                .Append($"""<code class="peek" aria-hidden="true">{Html.Escape(FirstLine(cell.Source))}</code></summary>""")
                .Append(CodeHtml.Block(cell.Language, cell.Source)).Append("</details>\n");
        if (outputs.Length > 0)
            html.Append($"<div class=\"outputs\">\n{outputs}</div>\n");
        return html.Append("</div>\n").ToString();
    }

    static string Role(Cell cell) => string.Concat(new[] { "exercise", "check", "solution" }.Where(cell.Tags.Contains).Select(tag => " " + tag));

    /// <summary>What is left to see of a folded cell: its first line that is more than a comment or a directive.</summary>
    static string FirstLine(string source)
    {
        var lines = source.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        return lines.Find(line => !line.StartsWith("//", StringComparison.Ordinal) && !Highlighter.IsDirective(line)) ?? lines.FirstOrDefault() ?? "";
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
