using System.Net;
using System.Text;

namespace Anneal.Lessons;

/// <summary>Writes the element that an exported page turns into a quiz. A host that knows nothing of it shows the questions with their answers folded.</summary>
static class QuizHtml
{
    public static string Of(Quiz quiz)
    {
        var html = new StringBuilder($"<div class=\"quiz\" data-quiz=\"{Escape(quiz.ToJson())}\"><ol>");
        foreach (var item in quiz.Items)
        {
            var question = item.Variant(0);
            html.Append($"<li><p>{Escape(question.Text)}</p>{Shown(question)}<details><summary>Answer</summary><p>{Escape(Answer(question))} {Escape(question.Why)}</p></details></li>");
        }
        return html.Append("</ol></div>").ToString();
    }

    static string Shown(Question question) => question switch
    {
        ChoiceQuestion choice => List(choice.Options.Select(option => option.Text)),
        OrderQuestion order => List(order.Shown.Select(place => order.Items[place])),
        FormulaQuestion formula => $"<p>{Escape(Filled(formula, _ => "…"))}</p>",
        _ => "",
    };

    /// <summary>The right answer in a line.</summary>
    internal static string Answer(Question question) => question switch
    {
        ChoiceQuestion choice => choice.Options.Single(option => option.IsRight).Text,
        NumberQuestion number => string.Concat(number.Parts.Select(part => $"{part.Label}: {ReadableNumber.Of(part.Expected, 5)}. ")).TrimEnd(),
        OrderQuestion order => string.Join(" → ", order.Items) + ".",
        FormulaQuestion formula => Filled(formula, gap => gap.Options.Single(option => option.IsRight).Text) + ".",
        _ => "",
    };

    static string Filled(FormulaQuestion formula, Func<Gap, string> text) =>
        formula.Gaps.Select((gap, i) => (Mark: $"{{{i}}}", Text: text(gap))).Aggregate(formula.Formula, (filled, gap) => filled.Replace(gap.Mark, gap.Text, StringComparison.Ordinal));

    static string List(IEnumerable<string> texts) => $"<ul>{string.Concat(texts.Select(text => $"<li>{Escape(text)}</li>"))}</ul>";

    static string Escape(string text) => WebUtility.HtmlEncode(text);
}
