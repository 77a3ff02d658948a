using System.Text.Json;

namespace Anneal.Lessons.Tests;

public class QuizTests
{
    [Fact]
    public void What_the_page_gets_is_JSON_with_every_question_and_at_least_one_variant()
    {
        foreach (var quiz in QuizRegister.All)
        {
            using var json = JsonDocument.Parse(quiz.ToJson());
            var items = json.RootElement.GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(quiz.Items.Count, items.Count);
            Assert.All(items, item => Assert.InRange(item.GetProperty("variants").GetArrayLength(), 1, Quiz.Variants));
        }
    }

    [Fact]
    public void An_unknown_lesson_is_told_which_there_are() =>
        Assert.Contains("01-what-a-rate-does", Assert.Throws<ArgumentException>(() => Quiz.Of("99")).Message, StringComparison.Ordinal);
}
