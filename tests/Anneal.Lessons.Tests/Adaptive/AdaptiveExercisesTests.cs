namespace Anneal.Lessons.Tests;

public class AdaptiveExercisesTests() : ExercisesOf(typeof(AdaptiveExercises))
{
    // The right numbers, worked out by hand, with the digits that the exercise asks for.
    [Theory]
    [InlineData("FirstStep", new[] { 0.1, 0.1 })]
    [InlineData("FirstStep", new[] { 0.06, 0.14 })]
    [InlineData("Limit", new[] { 0.04 })]
    [InlineData("Swing", new[] { 0.05 })]
    [InlineData("Swing", new[] { 0.03 })]
    [InlineData("Swing", new[] { 0.07 })]
    [InlineData("Correction", new[] { 3.16, 0.99 })]
    [InlineData("Settles", new[] { 3.0 })]
    [InlineData("Copies", new[] { 0.99, 9.09 })]
    [InlineData("Round", new[] { 1.0, -0.349 })]
    public void Numbers_found_by_hand_are_right(string name, double[] answers) =>
        Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("FirstStep", 0, 0.0001, "plain descent")]
    [InlineData("FirstStep", 0, 100, "own rate")]
    [InlineData("FirstStep", 1, 100, "plain descent")]
    [InlineData("FirstStep", 1, 0.0001, "own rate")]
    [InlineData("Limit", 0, 0, "finite limit")]
    [InlineData("Limit", 0, 0.08, "first gradient is 2")]
    [InlineData("Limit", 0, 0.016, "root of s")]
    [InlineData("Limit", 0, 0.05, "alone")]
    [InlineData("Limit", 0, 0.0316, "ρ²")]
    [InlineData("Swing", 0, 0, "come to rest")]
    [InlineData("Swing", 0, 0.1, "length of a step")]
    [InlineData("Settles", 0, 4, "would follow")]
    [InlineData("Settles", 0, 2, "distance")]
    [InlineData("Copies", 0, 9.1, "1 to 100")]
    [InlineData("Copies", 0, 50, "larger")]
    [InlineData("Copies", 1, 50, "ten times")]
    [InlineData("Copies", 1, 1, "same steps")]
    [InlineData("Correction", 0, 1, "corrected step")]
    [InlineData("Correction", 0, 100, "root of v")]
    [InlineData("Correction", 0, 0.316, "Upside down")]
    [InlineData("Correction", 0, 0.9, "1 − β, not")]
    [InlineData("Correction", 1, 0.9, "0.32")]
    [InlineData("Correction", 1, 0.81, "not 1 − β₁²")]
    [InlineData("Correction", 1, 0.01, "That is 1 − β₂")]
    [InlineData("Correction", 1, 0.9487, "solve for β₂")]
    [InlineData("Round", 0, -1, "one step left")]
    [InlineData("Round", 1, 0.349, "against them")]
    [InlineData("Round", 1, -0.1218, "root of v")]
    [InlineData("Round", 1, -1.0472, "large gradient's")]
    [InlineData("Round", 1, 0.68, "same divisor")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
