namespace Anneal.Lessons.Tests;

public class GradientExercisesTests() : ExercisesOf(typeof(GradientExercises))
{
    // By hand: 64·32 + 32 + 32·10 + 10 = 2,410; 2⁻³⁰ = 9.3·10⁻¹⁰; 1.5³⁰ = 1.9·10⁵; ½(1 − 1/20) = 0.475.
    [Theory]
    [InlineData("Batch", new[] { 0.5, 4 })]
    [InlineData("Drawn", new[] { 0.081633, 0 })]
    [InlineData("Backward", new[] { -3, 1.5, 0.75 })]
    [InlineData("Collapse", new[] { -3, 2.5 })]
    [InlineData("Flattery", new[] { 3, 0.475 })]
    [InlineData("Shapes", new[] { 10.0, 32, 2410 })]
    [InlineData("Depth", new[] { -9.0, 5 })]
    public void Worked_by_hand(string name, double[] answers) => Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("Batch", 0, 0.25, "Take the root")]
    [InlineData("Batch", 0, 1.5, "the 9 as well")]
    [InlineData("Batch", 1, 2, "halves the variance")]
    [InlineData("Drawn", 0, 0.1, "with replacement")]
    [InlineData("Drawn", 0, 0.08, "n − 1")]
    [InlineData("Drawn", 1, 0.02, "left to chance")]
    [InlineData("Backward", 0, -1.5, "a₁ = 2")]
    [InlineData("Backward", 1, 0.75, "multiply by x")]
    [InlineData("Backward", 1, -3, "passes w₂")]
    [InlineData("Backward", 2, 1.5, "multiplied by 1")]
    [InlineData("Collapse", 0, -0.5, "do not add")]
    [InlineData("Collapse", 1, 7, "passes through")]
    [InlineData("Collapse", 1, 4, "passes through the others")]
    [InlineData("Flattery", 0, 4, "Is the third true")]
    [InlineData("Flattery", 1, 0.5, "signal")]
    [InlineData("Flattery", 1, 0.525, "too little")]
    [InlineData("Shapes", 0, 32, "Rows are outputs")]
    [InlineData("Shapes", 1, 64, "hidden units")]
    [InlineData("Shapes", 2, 2_368, "a bias too")]
    [InlineData("Shapes", 2, 2_474, "no biases")]
    [InlineData("Depth", 0, -30, "exponent of 2")]
    [InlineData("Depth", 1, 1.65, "sum")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
