using System.Globalization;
using CsCheck;

namespace Anneal.Live.Tests.Review;

/// <summary>The queue as a page asks for it.</summary>
public class LiveReviewTests
{
    static readonly DateTimeOffset start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    static readonly ReviewItem[] items = [new("09/a", "09", "Areas"), new("09/b", "09", "Areas"), new("09/c", "09", "Slopes"), new("10/a", "10", "Shapes")];

    static ReviewAnswer Look(double days, params GivenAnswer[] answers) => LiveReview.Look(new(Time(days), items, answers));

    static string Time(double days) => (start + TimeSpan.FromDays(days)).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    static GivenAnswer Given(string item, bool right, double days) => new(item, right, Time(days));

    [Fact]
    public void Without_answers_nothing_is_due()
    {
        var answer = Look(0);
        Assert.Empty(answer.Due);
        Assert.Null(answer.Next);
        Assert.All(answer.Groups, group => Assert.Equal((0, 0, 0.0), (group.Answered, group.Due, group.Strength)));
    }

    [Fact]
    public void A_wrong_answer_comes_back_in_ten_minutes_and_a_right_one_in_two_days()
    {
        GivenAnswer[] answers = [Given("09/a", true, 0), Given("09/b", false, 0)];
        Assert.Empty(Look(9.0 / 1440, answers).Due);
        Assert.Equal(start + TimeSpan.FromMinutes(10), Look(9.0 / 1440, answers).Next);
        Assert.Equal(["09/b"], Look(10.0 / 1440, answers).Due);
        Assert.Equal(start + TimeSpan.FromDays(2), Look(10.0 / 1440, answers).Next);
        Assert.Equal(["09/b", "09/a"], Look(3, answers).Due);
        Assert.Null(Look(3, answers).Next);
    }

    [Fact]
    public void An_answer_from_the_future_does_not_keep_its_question_away() => Gen.Select(Gen.Bool, Gen.Bool, Gen.Double[0.001, 10_000], Gen.Double[0, 100]).Sample((right, again, ahead, day) =>
    {
        var wrong = Given("09/a", right, day + ahead);
        var look = Look(day, wrong);
        Assert.Equal(["09/a"], look.Due);
        Assert.Null(look.Next);
        Assert.InRange(look.Items[0].Recall, 1, 1);

        // Answered once more, it comes back as if the other answer had been given just before.
        GivenAnswer[] answers = [wrong, Given("09/a", again, day)];
        var state = Look(day, answers).Items[0].State!;
        Assert.Equal(Look(day, Given("09/a", right, day), Given("09/a", again, day)).Items[0].State, state);
        Assert.Equal(start + TimeSpan.FromDays(day), state.Last, TimeSpan.FromMilliseconds(1));
        double due = (state.Due - start).TotalDays;
        if (due + 1e-4 < day + ahead)
            Assert.Equal((false, true), (Look(due - 1e-4, answers).Items[0].IsDue, Look(due + 1e-4, answers).Items[0].IsDue));
    });

    [Fact]
    public void Groups_are_lessons_each_with_its_sections()
    {
        var groups = Look(3, Given("09/a", true, 0), Given("09/c", true, 2)).Groups;
        Assert.Equal([("09", null), ("09", "Areas"), ("09", "Slopes"), ("10", null), ("10", "Shapes")], groups.Select(group => (group.Lesson, group.Section)));
        Assert.Equal([(3, 2, 1), (2, 1, 1), (1, 1, 0), (1, 0, 0), (1, 0, 0)], groups.Select(group => (group.Questions, group.Answered, group.Due)));
        double a = Fsrs.Recall(2.3065, 3), c = Fsrs.Recall(2.3065, 1);
        Assert.Equal([(a + c) / 3, a / 2, c, 0, 0], groups.Select(group => group.Strength), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void The_order_of_the_answers_and_answers_to_other_questions_do_not_matter() =>
        Gen.Shuffle(new[] { Given("09/a", true, 0), Given("09/a", false, 2), Given("09/a", true, 2.01), Given("10/a", true, 1), Given("99/x", true, 1), new GivenAnswer("09/b", true, "once") })
            .Sample(answers =>
            {
                var answer = Look(4, answers);
                Assert.Equal(LiveJson.Write(Look(4, Given("10/a", true, 1), Given("09/a", true, 0), Given("09/a", false, 2), Given("09/a", true, 2.01))), LiveJson.Write(answer));
            });

    [Fact]
    public void The_state_survives_being_written() => Gen.Select(Gen.Bool.Array[1, 12], Gen.Double[0.001, 200]).Sample((grades, wait) =>
    {
        var answer = Look(1 + wait * grades.Length, [.. grades.Select((right, i) => Given("09/a", right, i * wait))]);
        var read = System.Text.Json.JsonSerializer.Deserialize<ReviewAnswer>(LiveJson.Write(answer), new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web)
        {
            Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
        })!;
        Assert.Equal(answer.Items[0].State, read.Items[0].State);
        Assert.Equal(answer.Items[0], read.Items[0]);
    });

    [Fact]
    public void A_page_asks_in_json()
    {
        var question = LiveJson.Read<ReviewQuestion>($$"""{"now": "{{Time(0.5)}}", "items": [{"id": "09/a", "lesson": "09", "section": "Areas"}], "answers": [{"item": "09/a", "right": false, "at": "2026-11-29T12:00:00.123Z"}]}""");
        var answer = LiveReview.Look(question);
        Assert.Equal(["09/a"], answer.Due);
        Assert.Contains("\"phase\":\"Learning\"", LiveJson.Write(answer));
        Assert.Throws<FormatException>(() => LiveReview.Look(question with { Now = "now" }));
    }
}
