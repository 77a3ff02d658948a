using System.Globalization;
using System.Net;
using System.Text;

namespace Anneal.Lessons;

/// <summary>A slip and what it gives for the inputs shown.</summary>
sealed record KnownSlip(IReadOnlyList<double> Values, string Text);

/// <summary>What is shown of an exercise, and what its box judges by.</summary>
sealed record CodingSheet(IReadOnlyList<Input> Inputs, IReadOnlyList<double> Expected, IReadOnlyList<KnownSlip> Slips);

/// <summary>What a coding exercise says to the reader's program.</summary>
[TypeFormatterSource(typeof(HtmlFormatters))]
public sealed class CodingVerdict : IHtml
{
    readonly CodingSheet sheet;

    internal CodingVerdict(CodingExercise exercise, CodingSheet sheet, IReadOnlyList<string> lines, Progress progress)
    {
        Exercise = exercise;
        Progress = progress;
        this.sheet = sheet;
        string mark = progress switch { Progress.Solved => "✓", Progress.NotYet => "○", _ => "✗" };
        Lines = [$"{mark} {lines[0]}", .. lines.Skip(1)];
    }

    /// <summary>The exercise.</summary>
    public CodingExercise Exercise { get; }

    /// <summary>How far the reader is.</summary>
    public Progress Progress { get; }

    /// <summary>One line per thing worth saying: the result, the first step that differs, the usual cause.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Lines);

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder($"<div class=\"exercise coding\" data-exercise=\"{WebUtility.HtmlEncode(Exercise.Id)}\" data-progress=\"{Verdict.Name(Progress)}\">");
        foreach (string line in Lines)
            html.Append("<p>").Append(WebUtility.HtmlEncode(line)).Append("</p>");
        return html.Append(Table()).Append(AnswerBox.Html(Exercise, sheet)).Append("</div>").ToString();
    }

    /// <summary>Six significant digits: enough to compare by eye.</summary>
    internal static string Show(double value) => ReadableNumber.Of(value, 6);

    /// <summary>The inputs of the trial that is shown: single numbers in a line, lists as rows.</summary>
    string Table()
    {
        var single = sheet.Inputs.Where(input => input.Values.Count == 1).ToList();
        var lists = sheet.Inputs.Where(input => input.Values.Count != 1).ToList();
        var html = new StringBuilder();
        if (single.Count > 0)
            html.Append("<p class=\"inputs\">Inputs: ").AppendJoin(", ", single.Select(input => $"{WebUtility.HtmlEncode(input.Name)} = {Exact(input.Values[0])}")).Append("</p>");
        if (lists.Count == 0)
            return html.ToString();
        html.Append($"<table class=\"inputs\"><thead><tr><th>{WebUtility.HtmlEncode(Exercise.Step)}</th>")
            .AppendJoin("", Enumerable.Range(Exercise.FirstStep, lists.Max(input => input.Values.Count)).Select(step => $"<th>{step}</th>")).Append("</tr></thead><tbody>");
        foreach (var input in lists)
            html.Append($"<tr><th>{WebUtility.HtmlEncode(input.Name)}</th>").AppendJoin("", input.Values.Select(value => $"<td>{Exact(value)}</td>")).Append("</tr>");
        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>All digits, for a program in any language.</summary>
    static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
}
