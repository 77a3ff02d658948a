namespace Anneal.Lessons.Tests;

public class ShapesExercisesTests() : ExercisesOf(typeof(ShapesExercises))
{
    // The right numbers are worked out by hand, on paper.
    [Theory]
    [InlineData("AverageGuess", 33.333)]
    [InlineData("Stairs", 0.00625, 14_000.0, 0.004419)]
    [InlineData("Plateau", 5.0, 9.0)]
    [InlineData("RootDecay", 0.00069877, 16_000.0)]
    [InlineData("Restarts", 70.0, 0.069134, 150.0)]
    [InlineData("Choose", 2.0, 1.0, 5.0)]
    public void The_answers_are_these(string name, params double[] byHand)
    {
        var exercise = Named(name);
        Assert.Equal(Progress.Solved, exercise.Check(byHand).Progress);
        Assert.Equal(exercise.Answers, byHand, (a, b) => Math.Abs(a - b) <= 1e-3 * b);
    }

    // The ratio of the rates squared; and the same with the climb's 20 updates taken off as if they did nothing.
    [Theory]
    [InlineData(6.25)]
    [InlineData(6.25 * 0.98 * 0.98)]
    public void A_rough_calculation_is_near_enough_for_the_warm_up(double byHand) =>
        Assert.Equal(Progress.Solved, ShapesExercises.WarmGuess.Check(byHand).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("WarmGuess", 0, 1, "2.5 times as high")]
    [InlineData("WarmGuess", 0, 2.5, "ratio of the rates")]
    [InlineData("WarmGuess", 0, 0.4, "slower")]
    [InlineData("WarmGuess", 0, 39.0625, "2.5⁴")]
    [InlineData("AverageGuess", 0, 50, "cosine's")]
    [InlineData("AverageGuess", 0, 66, "one minus")]
    [InlineData("Stairs", 0, 0.004419, "smooth curve")]
    [InlineData("Stairs", 0, 0.003125, "Five halvings")]
    [InlineData("Stairs", 0, 0.0125, "fourth halving")]
    [InlineData("Stairs", 0, 0.225, "multiplies again")]
    [InlineData("Stairs", 1, 12_000, "six halvings")]
    [InlineData("Stairs", 1, 13_288, "next landing")]
    [InlineData("Stairs", 1, 7, "number of halvings")]
    [InlineData("Stairs", 1, 13_999, "update before")]
    [InlineData("Stairs", 2, 0.00625, "no ⌊ ⌋")]
    [InlineData("Plateau", 0, 4, "equal is not better")]
    [InlineData("Plateau", 1, 6, "starts again")]
    [InlineData("Plateau", 1, 8, "third is needed")]
    [InlineData("RootDecay", 0, 0.0442, "d^(−½) alone")]
    [InlineData("RootDecay", 0, 0.0158, "W^(−½) alone")]
    [InlineData("RootDecay", 0, 4.88e-7, "roots are missing")]
    [InlineData("RootDecay", 1, 8_000, "would be 1/t")]
    [InlineData("RootDecay", 1, 12_000, "from the peak")]
    [InlineData("RootDecay", 1, 2_000, "way up")]
    [InlineData("Restarts", 0, 40, "third cycle")]
    [InlineData("Restarts", 0, 30, "second one")]
    [InlineData("Restarts", 1, 0.0625, "straight line")]
    [InlineData("Restarts", 1, 0.030866, "been lost")]
    [InlineData("Restarts", 1, 0.083147, "squared")]
    [InlineData("Restarts", 1, 0.025, "starts anew")]
    [InlineData("Restarts", 2, 160, "sums of these")]
    [InlineData("Choose", 0, 1, "climb again")]
    [InlineData("Choose", 0, 3, "never finished")]
    [InlineData("Choose", 1, 2, "never moves")]
    [InlineData("Choose", 1, 4, "from scratch")]
    [InlineData("Choose", 2, 2, "can say it")]
    [InlineData("Choose", 2, 3, "ignores the reports")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
