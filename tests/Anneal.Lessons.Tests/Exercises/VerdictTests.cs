using System.Net;
using System.Text.Json;

namespace Anneal.Lessons.Tests;

public class VerdictTests
{
    static readonly Exercise exercise = new("pair", "Give \"a\" & <b>",
        new Part("a", 1, 0.1, new Hint(2, "doubled it's")), new Part("b", 3, 0.1))
    { Right = "Both right." };

    [Theory]
    [InlineData(1, 3, Progress.Solved)]
    [InlineData(1, Answer.NotYet, Progress.NotYet)]
    [InlineData(Answer.NotYet, Answer.NotYet, Progress.NotYet)]
    [InlineData(2, Answer.NotYet, Progress.Wrong)]
    [InlineData(1, 4, Progress.Wrong)]
    [InlineData(1, double.PositiveInfinity, Progress.Wrong)]
    public void Progress_follows_the_answers(double a, double b, Progress progress) =>
        Assert.Equal(progress, exercise.Check(a, b).Progress);

    [Fact]
    public void The_text_says_how_far_the_reader_is()
    {
        Assert.Equal("✓ Both right.", exercise.Check(1, 3).ToString());
        Assert.Equal("○ Not solved yet.", exercise.Check(1, Answer.NotYet).ToString());
        Assert.Equal($"✗ Not right yet.\na: 2. doubled it's\nb: 4. {exercise.Wrong}", exercise.Check(2, 4).ToString());
    }

    [Fact]
    public void The_number_of_answers_must_be_the_number_of_parts() =>
        Assert.Contains("asks for 2 numbers, not 1", Assert.Throws<ArgumentException>(() => exercise.Check(1)).Message);

    [Fact]
    public void The_answer_box_holds_prompt_answers_and_hints_as_JSON()
    {
        string html = exercise.Check(1, 3).ToHtml();
        const string start = "<div class=\"answer-box\" data-answer=\"";
        int from = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var box = JsonDocument.Parse(WebUtility.HtmlDecode(html[from..html.IndexOf('"', from)])).RootElement;
        Assert.Equal("Give \"a\" & <b>", box.GetProperty("prompt").GetString());
        Assert.Equal("Both right.", box.GetProperty("right").GetString());
        Assert.Equal(exercise.Wrong, box.GetProperty("wrong").GetString());
        var a = box.GetProperty("answers")[0];
        Assert.Equal(("a", 1, 0.1), (a.GetProperty("label").GetString(), a.GetProperty("value").GetDouble(), a.GetProperty("tolerance").GetDouble()));
        var hint = a.GetProperty("hints")[0];
        Assert.Equal((2, 0.1, "doubled it's"), (hint.GetProperty("value").GetDouble(), hint.GetProperty("tolerance").GetDouble(), hint.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(1, 3, "solved")]
    [InlineData(2, 3, "wrong")]
    [InlineData(Answer.NotYet, 3, "not-yet")]
    public void The_HTML_carries_the_progress_for_programs(double a, double b, string progress) =>
        Assert.StartsWith($"<div class=\"exercise\" data-exercise=\"pair\" data-progress=\"{progress}\">", exercise.Check(a, b).ToHtml());

    [Fact]
    public void Nothing_of_the_author_reaches_the_page_unescaped() => Assert.DoesNotContain("<b>", exercise.Check(2, 4).ToHtml());
}
