namespace Anneal.Lessons.Tests;

public class TransformerExercisesTests() : ExercisesOf(typeof(TransformerExercises))
{
    // The right numbers, worked out by hand, with the digits that the exercise asks for.
    [Theory]
    [InlineData("Weights", new[] { 12_288.0, 25_568 })]
    [InlineData("Difference", new[] { -5.0 })]
    [InlineData("Difference", new[] { -6.0 })]
    [InlineData("WayBack", new[] { 3.0 })]
    [InlineData("RunCost", new[] { 4.2, 11.7 })]
    [InlineData("Master", new[] { 5.0 })]
    [InlineData("Uncached", new[] { 32.5 })]
    [InlineData("Uncached", new[] { 32.0 })]
    public void Numbers_found_by_hand_are_right(string name, double[] answers) =>
        Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("Weights", 0, 4_096, "four matrices of the attention")]
    [InlineData("Weights", 0, 8_192, "MLP alone")]
    [InlineData("Weights", 0, 11_264, "output of the attention")]
    [InlineData("Weights", 0, 384, "square matrix")]
    [InlineData("Weights", 1, 24_576, "last matrix")]
    [InlineData("Weights", 1, 26_560, "tied")]
    [InlineData("Weights", 1, 13_280, "two blocks")]
    [InlineData("Difference", 0, -16, "nothing is left")]
    [InlineData("Difference", 0, -8, "one-sided")]
    [InlineData("Difference", 0, -2, "h²")]
    [InlineData("WayBack", 0, 2, "on top")]
    [InlineData("WayBack", 0, 4, "twice to save memory")]
    [InlineData("RunCost", 0, 0.7, "takes six")]
    [InlineData("RunCost", 0, 1.4, "pass forward")]
    [InlineData("RunCost", 0, 2.1, "multiplications")]
    [InlineData("RunCost", 1, 42_000, "seconds")]
    [InlineData("RunCost", 1, 700, "minutes")]
    [InlineData("Master", 0, 4, "rounds back")]
    [InlineData("Uncached", 0, 64, "last token")]
    [InlineData("Uncached", 0, 2_080, "number of tokens")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
