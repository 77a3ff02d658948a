using System.Globalization;
using System.Net;
using System.Text;

namespace Anneal.Lessons;

/// <summary>How far the reader is with an exercise.</summary>
public enum Progress
{
    /// <summary>At least one number is missing and none is wrong.</summary>
    NotYet,

    /// <summary>At least one number is wrong.</summary>
    Wrong,

    /// <summary>All numbers are right.</summary>
    Solved,
}

/// <summary>What an exercise says to the reader's answers.</summary>
/// <param name="Exercise">The exercise.</param>
/// <param name="Answers">One per part.</param>
[TypeFormatterSource(typeof(HtmlFormatters))]
public sealed record Verdict(Exercise Exercise, IReadOnlyList<double> Answers) : IHtml
{
    /// <summary>How far the reader is.</summary>
    public Progress Progress =>
        Pairs.Any(p => !double.IsNaN(p.Answer) && !p.Part.IsRight(p.Answer)) ? Progress.Wrong
        : Answers.Any(double.IsNaN) ? Progress.NotYet
        : Progress.Solved;

    /// <summary>One line per thing worth saying, the overall result first.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            switch (Progress)
            {
                case Progress.Solved:
                    return [$"✓ {Exercise.Right}"];
                case Progress.NotYet:
                    return ["○ Not solved yet."];
                default:
                    var wrong = Pairs.Where(p => !double.IsNaN(p.Answer) && !p.Part.IsRight(p.Answer));
                    return ["✗ Not right yet.", .. wrong.Select(p =>
                        $"{p.Part.Label}: {Show(p.Answer)}. {p.Part.HintFor(p.Answer)?.Text ?? (p.Part.HasTooFewDigits(p.Answer) ? "Right as far as it goes, but give more digits." : Exercise.Wrong)}")];
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Lines);

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder($"<div class=\"exercise\" data-exercise=\"{WebUtility.HtmlEncode(Exercise.Id)}\" data-progress=\"{Name(Progress)}\">");
        foreach (string line in Lines)
            html.Append("<p>").Append(WebUtility.HtmlEncode(line)).Append("</p>");
        return html.Append(AnswerBox.Html(Exercise)).Append("</div>").ToString();
    }

    IEnumerable<(Part Part, double Answer)> Pairs => Exercise.Parts.Zip(Answers);

    internal static string Name(Progress progress) => progress switch
    {
        Progress.Solved => "solved",
        Progress.Wrong => "wrong",
        _ => "not-yet",
    };

    static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}
