namespace Anneal.Lessons.Tests;

public class ChoosingExercisesTests() : ExercisesOf(typeof(ChoosingExercises))
{
    // The guesses were measured, or counted in the table.
    [Theory]
    [InlineData("VerdictGuess", 13.0)]
    [InlineData("Trust", 1.0, 2.0, 3.0)]
    [InlineData("SteepestGuess", 0.0)]
    [InlineData("RegretGuess", 6.0)]
    [InlineData("WidthGuess", 2.83)]
    public void The_answers_are_these(string name, params double[] byHand) =>
        Assert.Equal(Progress.Solved, Named(name).Check(byHand).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("VerdictGuess", 0, 29, "Not that bad")]
    [InlineData("VerdictGuess", 0, 20, "about half")]
    [InlineData("Trust", 0, 2, "runs are scarce")]
    [InlineData("Trust", 1, 1, "factor of a hundred")]
    [InlineData("Trust", 2, 2, "costs a look")]
    [InlineData("SteepestGuess", 0, 75, "Far fewer")]
    [InlineData("SteepestGuess", 0, 30, "Fewer")]
    [InlineData("RegretGuess", 0, 2, "kind to tables")]
    [InlineData("WidthGuess", 0, 1, "It moves")]
    [InlineData("WidthGuess", 0, 4, "wide layers")]
    [InlineData("WidthGuess", 0, 16, "square")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);

    // √(0.01 · 1) = 0.1 holds, √(0.1 · 1) = 0.316 holds, √(0.316 · 1) = 0.562 does not, √(0.316 · 0.562) = 0.422 does not, √(0.316 · 0.422) = 0.365 holds, √(0.365 · 0.422) = 0.392 does not; 0.392/0.365 = 1.07.
    [Fact]
    public void An_edge_bisected_by_hand() => Assert.Equal(Progress.Solved, ChoosingFromScratch.Edge.Check(ByHand).Progress);

    static double[] ByHand(double edge, double low, double high) =>
        (edge, low, high) == (0.37, 0.01, 1) ? [0.1, Math.Pow(10, -0.5), Math.Pow(10, -0.25), Math.Pow(10, -0.375), Math.Pow(10, -0.4375), Math.Pow(10, -0.40625)] : Steps(edge, low, high);

    static double[] Steps(double edge, double low, double high)
    {
        if (high / low <= 1.1)
            return [];
        double middle = Math.Exp((Math.Log(low) + Math.Log(high)) / 2);
        return [middle, .. middle <= edge ? Steps(edge, middle, high) : Steps(edge, low, middle)];
    }
}
