namespace Anneal.Lessons.Tests;

public class CosineQuestionTests
{
    // Lecture 002, section 8.8; the rates were computed by bc with 30 digits: 0.0001 + 0.0019 * (1 + c(4*a(1)*t/5000)) / 2
    static readonly CosineQuestion lecture = new(Peak: 0.002, Floor: 0.0001, Steps: 5000, At: 1250);

    [Theory]
    [InlineData(0, 0.002)]
    [InlineData(1250, 0.00172175144212722)]
    [InlineData(2500, 0.00105)]
    [InlineData(3750, 0.00037824855787278)]
    [InlineData(5000, 0.0001)]
    public void The_lecture_exercise_has_these_answers(double t, double rate) =>
        Assert.Equal(rate, new CosineQuestion(0.002, 0.0001, 5000, t).Rate, 1e-18);

    [Theory]
    [InlineData(0.001999911, "radians")]
    [InlineData(0.003343503, "½ is missing")]
    [InlineData(0.000378249, "swapped")]
    [InlineData(0.001621751, "not added back")]
    [InlineData(0.001807107, "not the peak")]
    [InlineData(0.001707107, "left out altogether")]
    [InlineData(0.001443503, "1 + and the ½")]
    [InlineData(0.00105, "whole cosine wave")]
    [InlineData(0.001970467, "π is missing")]
    [InlineData(0.001525, "straight line")]
    [InlineData(0.001721, "cut where it should have been rounded")]
    public void A_typical_mistake_gets_its_hint(double answer, string text) =>
        Assert.Contains(text, lecture.ToPart(decimals: 6).HintFor(answer)?.Text);

    [Theory]
    [InlineData(0.0691342, "too late")]
    [InlineData(0.0961940, "too early")]
    public void One_step_off_is_told_where_the_digits_show_it(double answer, string text) =>
        Assert.Contains(text, new CosineQuestion(0.1, 0, 8, 2).ToPart(decimals: 7).HintFor(answer)?.Text);

    [Fact]
    public void The_rounded_answer_is_right_and_the_cut_one_is_not()
    {
        var part = lecture.ToPart(decimals: 6);
        Assert.True(part.IsRight(0.001722));
        Assert.True(part.IsRight(0.00172175));
        Assert.False(part.IsRight(0.001721));
    }

    [Fact]
    public void Generated_questions_are_the_same_for_the_same_seed() =>
        Assert.Equal(CosineQuestion.Generate(seed: 7, count: 20), CosineQuestion.Generate(seed: 7, count: 20));

    // Worked out by a Python transcription of the documented draws.
    [Fact]
    public void The_first_question_of_seed_2026_is_this_one_on_every_platform() =>
        Assert.Equal(new CosineQuestion(0.002, 0.0002, 24_000, 8_000), CosineQuestion.Generate(seed: 2026, count: 1)[0]);

    [Fact]
    public void Generated_questions_accept_their_own_answer_and_each_hint_answers_to_its_value() =>
        Assert.All(CosineQuestion.Generate(seed: 1, count: 300), q =>
        {
            var part = q.ToPart(decimals: 6);
            Assert.True(part.IsRight(Math.Round(q.Rate, 6)), q.ToString());
            Assert.All(part.Hints, h => Assert.Same(h, part.HintFor(h.Value)));
            Assert.InRange(q.At, 1, q.Steps - 1);
        });

    [Theory]
    [InlineData(0.1, 0.2, 10, 5)]
    [InlineData(0.1, 0, 10, 11)]
    [InlineData(0.1, 0, 10, -1)]
    [InlineData(0.1, 0, 10, double.NaN)]
    public void A_question_without_an_answer_is_refused(double peak, double floor, double steps, double at) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineQuestion(peak, floor, steps, at));
}
