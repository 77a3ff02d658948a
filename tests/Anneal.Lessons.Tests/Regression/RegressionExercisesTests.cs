namespace Anneal.Lessons.Tests;

public class RegressionExercisesTests() : ExercisesOf(typeof(RegressionExercises))
{
    // The right numbers are worked out by hand, on paper.
    [Theory]
    [InlineData("FirstChange", 4.0)]
    [InlineData("PeakGuess", 8.0)]
    [InlineData("OverflowGuess", 7.0)]
    [InlineData("Coupling", 49.0, 12.7551)]
    [InlineData("Decrease", 0.0022588, 0.1)]
    [InlineData("Ridge", 0.2004, 2.004)]
    [InlineData("PerPass", 39.21, 43.12, 392.0)]
    public void The_answers_are_these(string name, params double[] byHand)
    {
        var exercise = Named(name);
        Assert.Equal(Progress.Solved, exercise.Check(byHand).Progress);
        Assert.Equal(exercise.Answers, byHand, (a, b) => Math.Abs(a - b) <= 1e-3 * b);
    }

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("OverflowGuess", 0, 392, "does not last a pass")]
    [InlineData("OverflowGuess", 0, 1, "can hold")]
    [InlineData("OverflowGuess", 0, 38, "six zeros")]
    [InlineData("Coupling", 0, 25, "1 + m")]
    [InlineData("Coupling", 0, 1.96, "largest eigenvalue")]
    [InlineData("Coupling", 0, 2401, "square")]
    [InlineData("Coupling", 0, 1, "mean were 0")]
    [InlineData("Coupling", 1, 1, "Almost")]
    [InlineData("Coupling", 1, 25, "not 1 − m")]
    [InlineData("Coupling", 1, 0.0784, "curvature along w")]
    [InlineData("PeakGuess", 0, 1, "afford a higher one")]
    [InlineData("PeakGuess", 0, 2, "ends quietly")]
    [InlineData("PeakGuess", 0, 100, "blows up")]
    [InlineData("Decrease", 0, 0.0447, "counts rows")]
    [InlineData("Decrease", 0, 0.000051, "root is missing")]
    [InlineData("Decrease", 0, 0.00505, "first pass")]
    [InlineData("Decrease", 0, 0.1, "first rate")]
    [InlineData("Decrease", 1, 0.00226, "stands still")]
    [InlineData("Ridge", 0, 0.001, "must divide")]
    [InlineData("Ridge", 0, 0.4, "cancel")]
    [InlineData("Ridge", 0, 0.000005, "other way round")]
    [InlineData("Ridge", 1, 2, "0.998")]
    [InlineData("Ridge", 1, 4, "cancel")]
    [InlineData("Ridge", 1, 0.2, "ten times")]
    [InlineData("Ridge", 1, 0.02, "stronger")]
    [InlineData("PerPass", 0, 39.2, "triangle")]
    [InlineData("PerPass", 0, 43.12, "per pass")]
    [InlineData("PerPass", 1, 39.21, "per update")]
    [InlineData("PerPass", 1, 0.11, "392 times")]
    [InlineData("PerPass", 1, 39.2, "5.5")]
    [InlineData("PerPass", 2, 10, "last update's")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
