namespace Anneal.Lessons.Tests;

public class RuleTrialExercisesTests() : ExercisesOf(typeof(RuleTrialExercises))
{
    // The right numbers, worked out by hand, with the digits that the exercise asks for.
    [Theory]
    [InlineData("ValleyShare", new[] { 0.12 })]
    [InlineData("ValleyShare", new[] { 0.1 })]
    [InlineData("FalseFindings", new[] { 1.05, 0.4 })]
    [InlineData("FalseFindings", new[] { 1.0, 0.5 })]
    [InlineData("Sentence", new[] { 3.0 })]
    public void Numbers_found_by_hand_are_right(string name, double[] answers) =>
        Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("ValleyShare", 0, 1, "slope along x")]
    [InlineData("ValleyShare", 0, 1.2, "the distance")]
    [InlineData("FalseFindings", 0, 0.05, "one pair")]
    [InlineData("FalseFindings", 0, 0.35, "21 pairs")]
    [InlineData("FalseFindings", 1, 0.66, "independent")]
    [InlineData("FalseFindings", 1, 0.05, "one pair")]
    [InlineData("Sentence", 0, 1, "sign")]
    [InlineData("Sentence", 0, 2, "margin")]
    [InlineData("Sentence", 0, 4, "rules out")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
