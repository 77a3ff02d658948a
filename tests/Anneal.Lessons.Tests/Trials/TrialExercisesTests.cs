namespace Anneal.Lessons.Tests;

public class TrialExercisesTests() : ExercisesOf(typeof(TrialExercises))
{
    // The right numbers are worked out by hand, on paper.
    [Theory]
    [InlineData("ThreeUpdates", 3.16667, 1.94936)] // 9/10 + 6/10 + 5/3, √3.8
    [InlineData("GradientLength", 3.31662, 3.31662)]
    [InlineData("BestConstant", 0.9126, 75.98)] // 166.54/√(400 · 11 · 7.5674), 166.54 · √(11 · 7.5674/400)
    [InlineData("Ranks", 0.8, -0.8)]
    [InlineData("Holm", 0.06, 0.06, 1.0)]
    [InlineData("Travel", 0.21497, 0.9, 4.1866)]
    [InlineData("TiedGuess", 3.0)]
    [InlineData("TooHighGuess", 27.0)]
    public void The_answers_are_these(string name, params double[] byHand)
    {
        var exercise = Named(name);
        Assert.Equal(Progress.Solved, exercise.Check(byHand).Progress);
        Assert.Equal(exercise.Answers, byHand, (a, b) => Math.Abs(a - b) <= 1e-3 * Math.Abs(b));
    }

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("ThreeUpdates", 0, 2.26667, "first term")]
    [InlineData("ThreeUpdates", 0, 0.9, "average")]
    [InlineData("ThreeUpdates", 0, 1.5, "T − 1")]
    [InlineData("ThreeUpdates", 1, 1.12546, "√3")]
    [InlineData("ThreeUpdates", 1, 3.8, "root")]
    [InlineData("ThreeUpdates", 1, 1.0392, "average")]
    [InlineData("GradientLength", 0, 11, "G²")]
    [InlineData("GradientLength", 0, 3.1623, "intercept")]
    [InlineData("GradientLength", 0, 1, "chain rule")]
    [InlineData("GradientLength", 1, 0.33166, "not in it")]
    [InlineData("BestConstant", 0, 2.5107, "average")]
    [InlineData("BestConstant", 0, 3.0265, "G is missing")]
    [InlineData("BestConstant", 0, 0.2752, "first power")]
    [InlineData("BestConstant", 1, 1519.6, "Ω·√T")]
    [InlineData("BestConstant", 1, 27.62, "2.751")]
    [InlineData("Ranks", 0, 0.2, "taken off 1")]
    [InlineData("Ranks", 0, 0.9667, "6 in front")]
    [InlineData("Ranks", 1, 0.8, "sign")]
    [InlineData("Ranks", 1, -1, "still disagree")]
    [InlineData("Holm", 0, 0.08, "Bonferroni")]
    [InlineData("Holm", 0, 0.04, "by 3")]
    [InlineData("Holm", 1, 0.03, "third smallest")]
    [InlineData("Holm", 2, 3, "Without correction")]
    [InlineData("Holm", 2, 2, "0.06")]
    [InlineData("Travel", 0, 0.505, "straight line")]
    [InlineData("Travel", 0, 0.21715, "beyond the end")]
    [InlineData("Travel", 1, 0.8, "half")]
    [InlineData("Travel", 2, 0.2389, "other way")]
    [InlineData("TiedGuess", 0, 13, "far behind")]
    [InlineData("TiedGuess", 0, 0, "not that sharp")]
    [InlineData("TooHighGuess", 0, 4, "proportion")]
    [InlineData("TooHighGuess", 0, 100, "repairs")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
