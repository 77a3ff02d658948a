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

    /// <summary>The element; a host that knows nothing of it shows the text inside.</summary>
    public static string Html(Exercise exercise)
    {
        string json = JsonSerializer.Serialize(new
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
        }, options);
        return $"<div class=\"answer-box\" data-answer=\"{WebUtility.HtmlEncode(json)}\">{WebUtility.HtmlEncode(exercise.Prompt)}</div>";
    }
}
