namespace Anneal.Lessons.Tests;

public class RateExercisesTests() : ExercisesOf(typeof(RateExercises))
{
    // By hand: 10 · 4 · 0.15 = 6; 10 · (−2) · 0.15 = −3; |1 − 10η| = 1.
    [Theory]
    [InlineData("Threshold", new[] { -2, 1, 0.2 })]
    [InlineData("Curvature", new[] { 4.666667, 0.428571 })]
    [InlineData("Converged", new[] { 3.9992, 3 })]
    [InlineData("Escape", new[] { 49.0, 121 })]
    [InlineData("Price", new[] { 0.22222, 0.10526, 11, 22 })]
    public void Worked_by_hand(string name, double[] answers) => Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("Threshold", 0, 10, "uphill")]
    [InlineData("Threshold", 0, -8, "not 20x")]
    [InlineData("Threshold", 0, 1, "not 5x")]
    [InlineData("Threshold", 1, -5, "goes right")]
    [InlineData("Threshold", 2, 0.1, "one update lands")]
    [InlineData("Threshold", 2, 0.4, "is 10")]
    [InlineData("Curvature", 0, 14, "takes the mean")]
    [InlineData("Curvature", 0, 4, "mean of the squares")]
    [InlineData("Curvature", 1, 0.14286, "sum")]
    [InlineData("Curvature", 1, 0.21429, "1/L")]
    [InlineData("Curvature", 1, 0.22222, "alone")]
    [InlineData("Converged", 0, 4, "before its step")]
    [InlineData("Converged", 0, 0, "very first step")]
    [InlineData("Converged", 1, 4, "earlier sentence")]
    [InlineData("Escape", 0, 21, "base 10")]
    [InlineData("Escape", 0, 990, "multiplies")]
    [InlineData("Escape", 1, 48_300, "thousand times as many")]
    [InlineData("Escape", 1, 72.5, "additional")]
    [InlineData("Price", 0, 0.2, "dropped")]
    [InlineData("Price", 0, 0.44444, "denominator as well")]
    [InlineData("Price", 1, 0.11111, "Nearly half")]
    [InlineData("Price", 2, 21, "for x")]
    [InlineData("Price", 3, 44, "twice as fast")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
