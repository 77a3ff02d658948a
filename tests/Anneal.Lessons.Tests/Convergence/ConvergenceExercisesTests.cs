namespace Anneal.Lessons.Tests;

public class ConvergenceExercisesTests() : ExercisesOf(typeof(ConvergenceExercises))
{
    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("BallGuess", 0, 0, "keeps adding")]
    [InlineData("BallGuess", 0, 0.01, "one step")]
    [InlineData("BallGuess", 0, 0.1, "2ημ")]
    [InlineData("BallGuess", 0, 1, "η² first")]
    [InlineData("OneStep", 0, 0.125, "1/L")]
    [InlineData("OneStep", 1, 0.25, "half-way")]
    [InlineData("OneStep", 2, 2, "curvature")]
    [InlineData("OneStep", 2, 0.25, "squared")]
    [InlineData("Powers", 0, 0, "finite sum")]
    [InlineData("Powers", 1, 2, "π²/6")]
    [InlineData("Short", 0, 0, "finite number")]
    [InlineData("Short", 0, 0.3634, "was covered")]
    [InlineData("Short", 0, 0.9003, "first step alone")]
    [InlineData("Slope", 0, -0.2, "twice")]
    [InlineData("Slope", 1, 2.512, "hundredfold")]
    [InlineData("Slope", 2, 63.1, "−1 whatever")]
    [InlineData("Flaw", 0, 3, "level tangent")]
    [InlineData("WhichC", 0, 10, "logarithm")]
    [InlineData("WhichC", 0, 3, "flattest")]
    [InlineData("WhichC", 0, 21, "not cμ > 1")]
    [InlineData("WhichC", 1, 35.6, "best one")]
    [InlineData("FinalRate", 0, 0.001, "dropped")]
    [InlineData("FinalRate", 0, 0.002, "σ² is 4")]
    [InlineData("FinalRate", 0, 0.016, "divides")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
