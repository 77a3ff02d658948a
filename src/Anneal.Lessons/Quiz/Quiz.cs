using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Lessons;

/// <summary>The questions at the end of a lesson. It shows itself: in an exported page as forms that answer, elsewhere as a list with folded answers.</summary>
/// <param name="Lesson">The lesson's file name without ending.</param>
/// <param name="Items">The questions, in the lesson's order.</param>
[TypeFormatterSource(typeof(HtmlFormatters))]
public sealed record Quiz(string Lesson, params IReadOnlyList<QuizItem> Items) : IHtml
{
    /// <summary>Variants of a question that a page carries.</summary>
    public const int Variants = 4;

    static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The share of questions that somebody who guesses blindly gets right.</summary>
    public double GuesserScore => Items.Average(item => item.Variant(0).Guess);

    /// <summary>The quiz of this lesson.</summary>
    /// <param name="lesson">Its file name without ending, or the two digits it begins with.</param>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static Quiz Of(string lesson) =>
        QuizRegister.All.FirstOrDefault(quiz => quiz.Lesson == lesson || quiz.Lesson[..2] == lesson)
        ?? throw new ArgumentException($"No lesson “{lesson}” has a quiz. There are: {string.Join(", ", QuizRegister.All.Select(quiz => quiz.Lesson))}.", nameof(lesson));

    /// <inheritdoc/>
    public string ToHtml() => QuizHtml.Of(this);

    /// <summary>What the page's script needs, as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        Lesson,
        Items = Items.Select(item => new
        {
            item.Id,
            item.Section,
            item.Kind,
            Variants = Distinct(item).Select(Data),
        }),
    }, options);

    /// <summary>Questions that are drawn the same every time are carried once.</summary>
    static IEnumerable<Question> Distinct(QuizItem item) =>
        Enumerable.Range(0, Variants).Select(item.Variant).DistinctBy(question => JsonSerializer.Serialize(Data(question), options));

    static object Data(Question question) => question switch
    {
        ChoiceQuestion choice => new { choice.Text, choice.Why, Options = choice.Options.Select(Data) },
        NumberQuestion number => new
        {
            number.Text,
            number.Why,
            Parts = number.Parts.Select(part => new
            {
                part.Label,
                Value = part.Expected,
                part.Tolerance,
                Hints = part.Hints.Select(hint => new { hint.Value, Tolerance = hint.Tolerance ?? part.Tolerance, hint.Text }),
            }),
        },
        OrderQuestion order => new { order.Text, order.Why, order.Items, order.Shown },
        FormulaQuestion formula => new { formula.Text, formula.Why, formula.Formula, Gaps = formula.Gaps.Select(gap => gap.Options.Select(Data)) },
        _ => throw new NotSupportedException($"A page cannot ask a {question.GetType().Name}."),
    };

    static object Data(Option option) => new { option.Text, Right = option.IsRight ? true : (bool?)null, option.Feedback, option.Curve };
}
