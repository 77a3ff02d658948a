namespace Anneal.Lessons.Tests;

public class CosineExercisesTests() : ExercisesOf(typeof(CosineExercises))
{
    // The wrong numbers here are worked out by hand or by bc from the mistake, not taken from the hints.
    [Theory]
    [InlineData("Quarter", 0, 75, "straight line")]
    [InlineData("Quarter", 0, 50, "half-time")]
    [InlineData("Quarter", 0, 25, "steps that are over")]
    [InlineData("Quarter", 0, 14.6, "lost already")]
    [InlineData("Quarter", 0, 92.4, "square")]
    [InlineData("FiveRates", 1, 0.001721, "cut where it should have been rounded")]
    [InlineData("FiveRates", 1, 0.002, "radians")]
    [InlineData("FiveRates", 3, 0.001722, "swapped")]
    [InlineData("FiveRates", 3, 0.000656, "½ is missing")]
    [InlineData("Mirror", 0, 0.067847, "not to the peak")]
    [InlineData("Mirror", 0, 0.532153, "upside down")]
    [InlineData("Mirror", 0, 0.047847, "not taken away")]
    [InlineData("Mirror", 0, 0.31, "middle point")]
    [InlineData("Mirror", 0, 0.148889, "straight line")]
    [InlineData("NthUpdate", 0, 0.069134, "too late")]
    [InlineData("NthUpdate", 1, 0, "no")]
    [InlineData("NthUpdate", 1, 0.014645, "t = 7")]
    [InlineData("TwoClocks", 0, 1, "warm-up leaves")]
    [InlineData("TwoClocks", 0, 3, "earlier line")]
    [InlineData("TwoClocks", 0, 4, "spans peak − floor")]
    [InlineData("TwoClocks", 0, 5, "0.6913")]
    [InlineData("TwoClocks", 1, 0.00057777, "asked at t − W")]
    [InlineData("TwoClocks", 1, 0.00071578, "T − W steps")]
    [InlineData("TwoClocks", 1, 0.00062, "whole clock")]
    [InlineData("TwoClocks", 1, 0.00061456, "not added back")]
    [InlineData("HalfBudget", 0, 50, "share of the steps")]
    [InlineData("HalfBudget", 0, 72.6, "straight line's")]
    [InlineData("HalfBudget", 0, 85.4, "added up")]
    [InlineData("HalfBudget", 0, 95, "taken away")]
    [InlineData("Budget", 0, 5.25, "area under the curve")]
    [InlineData("Budget", 0, 5.24905, "first update uses t = 0")]
    [InlineData("Budget", 0, 5.25105, "5,001 terms")]
    [InlineData("Budget", 0, 4.75095, "above the floor")]
    [InlineData("Budget", 0, 5, "the floor is missing")]
    [InlineData("Budget", 0, 10.5, "½")]
    [InlineData("Budget", 0, 10, "constant rate")]
    [InlineData("EqualBudget", 0, 0.00045, "triangle")]
    [InlineData("EqualBudget", 0, 0.00055, "full peak")]
    [InlineData("EqualBudget", 0, 5, "Divide")]
    [InlineData("EqualBudget", 0, 0.001, "That is the peak")]
    [InlineData("Steepest", 0, 3.1416, "½")]
    [InlineData("Steepest", 0, 1, "average")]
    [InlineData("Steepest", 0, 0.5, "chain rule")]
    [InlineData("Steepest", 0, 2, "at most 1")]
    [InlineData("Steepest", 0, -1.5708, "negative")]
    [InlineData("Crossing", 0, 3482, "rounded up")]
    [InlineData("Crossing", 0, 3482.67, "whole steps")]
    [InlineData("Crossing", 0, 3285, "divided by the range")]
    [InlineData("Crossing", 0, 3334, "off both")]
    [InlineData("Crossing", 0, 1517, "counted from the end")]
    [InlineData("Crossing", 0, 3948, "straight line")]
    [InlineData("Crossing", 0, 199_560, "degrees")]
    public void A_typical_mistake_gets_its_hint(string name, int part, double answer, string text)
    {
        var exercise = Named(name);
        double[] answers = exercise.Answers;
        answers[part] = answer;
        var verdict = exercise.Check(answers);
        Assert.Equal(Progress.Wrong, verdict.Progress);
        Assert.Contains(text, verdict.Lines[1]);
        Assert.DoesNotContain(exercise.Wrong, verdict.Lines[1]);
    }

    [Fact]
    public void The_mirror_gives_a_rate_that_is_correctly_rounded() =>
        Assert.Contains($"η(200) = {Math.Round(new CosineDecay(0.6, 900, 0.02).At(200), 6)}.", CosineExercises.Mirror.Prompt);

    [Fact]
    public void The_budget_is_what_adding_up_gives() =>
        Assert.Equal(Enumerable.Range(0, 5_000).Sum(t => new CosineDecay(0.002, 5_000, 0.0001).At(t)), CosineExercises.Budget.Answers[0], 1e-12);

    [Fact]
    public void Half_of_the_budget_by_adding_up_is_nearly_the_area()
    {
        double[] rates = [.. Enumerable.Range(0, 5_000).Select(t => new CosineDecay(0.002, 5_000, 0.0001).At(t))];
        Assert.Equal(100 * rates.Take(2_500).Sum() / rates.Sum(), CosineExercises.HalfBudget.Answers[0], 0.02);
    }

    [Fact]
    public void The_crossing_is_the_first_step_found_by_looking_at_every_one() =>
        Assert.Equal(Enumerable.Range(0, 5_001).First(t => new CosineDecay(0.002, 5_000, 0.0001).At(t) <= 0.0005), CosineExercises.Crossing.Answers[0]);

    [Fact]
    public void Generated_exercises_follow_the_seed()
    {
        Assert.Equal(CosineExercises.Generated(7, 3).Answers, CosineQuestion.Generate(7, 3).Select(q => q.Rate));
        Assert.NotEqual(CosineExercises.Generated(7, 3).Answers, CosineExercises.Generated(8, 3).Answers);
    }
}
