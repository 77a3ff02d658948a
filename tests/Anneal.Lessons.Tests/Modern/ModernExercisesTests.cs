namespace Anneal.Lessons.Tests;

public class ModernExercisesTests() : ExercisesOf(typeof(ModernExercises))
{
    // The right numbers, worked out by hand, with the digits that the exercise asks for.
    [Theory]
    [InlineData("WeakShare", new[] { 0.1, 33.3 })]
    [InlineData("StepsNeeded", new[] { 4.0, 11 })]
    [InlineData("CostShare", new[] { 20.0, 0.98 })]
    [InlineData("LeadGuess", new[] { 40.0, 140 })]
    [InlineData("Doubt", new[] { 3.0 })]
    public void Numbers_found_by_hand_are_right(string name, double[] answers) =>
        Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("WeakShare", 0, 2.44, "share of the lengths")]
    [InlineData("WeakShare", 0, 33.3, "spectral norm")]
    [InlineData("WeakShare", 1, 0.1, "gradient's own share")]
    [InlineData("StepsNeeded", 0, 5, "one step earlier")]
    [InlineData("StepsNeeded", 1, 47, "multiplies by 1.5")]
    [InlineData("CostShare", 0, 0.05, "other way round")]
    [InlineData("CostShare", 1, 0.00977, "percentage")]
    [InlineData("LeadGuess", 0, 90, "leads by more")]
    [InlineData("LeadGuess", 1, 300, "in proportion")]
    [InlineData("LeadGuess", 1, 200, "well below")]
    [InlineData("Doubt", 0, 1, "tuned")]
    [InlineData("Doubt", 0, 2, "Rankings")]
    [InlineData("Doubt", 0, 4, "seed")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
