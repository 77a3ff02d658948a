namespace Anneal.Lessons.Tests;

public class WeightDecayExercisesTests() : ExercisesOf(typeof(WeightDecayExercises))
{
    // The right numbers, worked out by hand, with the digits that the exercise asks for.
    [Theory]
    [InlineData("Twins", new[] { 3.5, 1.0 })]
    [InlineData("Balance", new[] { 0.6667, 0.9901 })]
    [InlineData("TimeScale", new[] { 20_000.0, 0.1 })]
    [InlineData("BestDecay", new[] { 0.0032, 0.0128 })]
    [InlineData("Twins", new[] { 3.1, 1.4 })]
    [InlineData("Reach", new[] { 50.0, 10.0 })]
    [InlineData("Reach", new[] { 40.0, 12.0 })]
    public void Numbers_found_by_hand_are_right(string name, double[] answers) =>
        Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("Twins", 0, 1, "difference stays 5")]
    [InlineData("Twins", 0, 4, "half of what is missing")]
    [InlineData("Twins", 1, 3.5, "goes on shrinking")]
    [InlineData("Twins", 1, 2, "larger than")]
    [InlineData("Balance", 0, 0.3333, "Upside down")]
    [InlineData("Balance", 0, 0.9901, "That is (b)")]
    [InlineData("Balance", 1, 0.6667, "That is (a)")]
    [InlineData("Balance", 1, 0.99, "1/(1 + λ)")]
    [InlineData("TimeScale", 0, 2_000, "1/λ")]
    [InlineData("TimeScale", 0, 4_000_000, "carried over")]
    [InlineData("TimeScale", 1, 0.0005, "must stay")]
    [InlineData("BestDecay", 0, 0.0016, "¼")]
    [InlineData("BestDecay", 0, 0.0008, "own size")]
    [InlineData("BestDecay", 1, 0.0032, "variances add up")]
    [InlineData("BestDecay", 1, 0.0016, "table's half")]
    [InlineData("BestDecay", 1, 0.0096, "4 + 12")]
    [InlineData("Reach", 0, 5, "λθ = 5")]
    [InlineData("Reach", 1, 50, "sees only the sign")]
    [InlineData("Reach", 1, 1, "θ = 1/λ")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
