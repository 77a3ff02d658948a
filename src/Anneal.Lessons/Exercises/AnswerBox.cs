using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Lessons;

/// <summary>Writes the element that an exported page turns into a form which checks the reader's answers offline.</summary>
static class AnswerBox
{
    static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Results that the box of a coding exercise asks for.</summary>
    public const int Results = 5;

    /// <summary>The element; a host that knows nothing of it shows the text inside.</summary>
    public static string Html(Exercise exercise) => Element("data-answer", exercise.Prompt, new
    {
        exercise.Prompt,
        Answers = exercise.Parts.Select(part => new
        {
            part.Label,
            Value = part.Expected,
            part.Tolerance,
            Hints = part.Hints.Select(hint => new { hint.Value, Tolerance = hint.Tolerance ?? part.Tolerance, hint.Text }),
        }),
        exercise.Right,
        exercise.Wrong,
    });

    /// <summary>The same for a program: its first results are judged as the check judges them all. Slips that show only later are left out.</summary>
    public static string Html(CodingExercise exercise, CodingSheet sheet)
    {
        int count = Math.Min(Results, sheet.Expected.Count);
        double[] expected = [.. sheet.Expected.Take(count)];
        return Element("data-program", exercise.Prompt, new
        {
            exercise.Prompt,
            exercise.Step,
            exercise.FirstStep,
            Expected = expected,
            Slips = sheet.Slips.Where(slip => slip.Values.Count >= count && slip.Values.Take(count).All(double.IsFinite)
                    && new Trajectory([.. slip.Values.Take(count)]).DifferenceFrom(new(expected)) is not null)
                .Select(slip => new { Values = slip.Values.Take(count), slip.Text }),
            Right = $"Right: the first {count} results agree. The check in the notebook also tries inputs that are not shown.",
            exercise.Wrong,
        });
    }

    static string Element(string attribute, string prompt, object data) =>
        $"<div class=\"answer-box\" {attribute}=\"{WebUtility.HtmlEncode(JsonSerializer.Serialize(data, options))}\">{WebUtility.HtmlEncode(prompt)}</div>";
}
