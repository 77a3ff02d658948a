namespace Anneal.Lessons.Tests;

public class WarningExercisesTests() : ExercisesOf(typeof(WarningExercises))
{
    // The right numbers are worked out by hand, on paper; those of the guesses were measured.
    [Theory]
    [InlineData("LeadGuess", 50.0)]
    [InlineData("BaseRate", 9.8, 0.1)]
    [InlineData("Flaw", 3.0)]
    [InlineData("QkGuess", 4.0)]
    [InlineData("Decide", 2.0, 1.0, 3.0)]
    public void The_answers_are_these(string name, params double[] byHand) => Assert.Equal(Progress.Solved, Named(name).Check(byHand).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("LeadGuess", 0, 1000, "600 updates")]
    [InlineData("LeadGuess", 0, 200, "just as large")]
    [InlineData("BaseRate", 0, 96, "other way round")]
    [InlineData("BaseRate", 0, 84.2, "half of all runs")]
    [InlineData("BaseRate", 1, 0.08, "stay silent")]
    [InlineData("Flaw", 0, 2, "measured too")]
    [InlineData("QkGuess", 0, 16, "Less")]
    [InlineData("Decide", 0, 1, "last to tell")]
    [InlineData("Decide", 1, 2, "healed")]
    [InlineData("Decide", 2, 1, "does not learn")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);

    // A second writing of each, by loops alone.
    [Fact]
    public void The_onset_read_off_by_a_loop() => Assert.Equal(Progress.Solved, WarningsFromScratch.Onset.Check((runs, rise) =>
    {
        var onsets = new double[runs.Length];
        for (int r = 0; r < runs.Length; r++)
        {
            double lowest = double.PositiveInfinity, x = 0;
            onsets[r] = -1;
            for (int i = 0; i < runs[r].Length; i++)
            {
                x = double.IsFinite(runs[r][i]) ? runs[r][i] : double.PositiveInfinity;
                lowest = Math.Min(lowest, x);
                if (onsets[r] < 0 && x >= lowest + rise)
                    onsets[r] = i;
            }
            if (x < lowest + rise)
                onsets[r] = -1;
        }
        return onsets;
    }).Progress);

    [Fact]
    public void The_climb_from_its_end() => Assert.Equal(Progress.Solved, WarningsFromScratch.Climb.Check((weights, steps, peak, limit) =>
    {
        var rates = new double[weights[0].Length];
        double bound = peak;
        for (int t = rates.Length - 1; t >= 0; t--)
        {
            for (int i = 0; i < weights.Length; i++)
                bound = Math.Min(bound, limit * weights[i][t] / steps[i][t]);
            rates[t] = bound;
        }
        return rates;
    }).Progress);

    // diag(2 + 3·0.25, 5 + 3·0.0625, −1 + 3) at the point shown, up to h² from the cube: the largest is 5.1875 + h².
    [Fact]
    public void The_power_iteration_finds_the_largest_eigenvalue()
    {
        double last = 0;
        WarningsFromScratch.Power.Check((g, at, v, h, rounds) =>
        {
            if (rounds != 6)
                return [];
            for (int k = 0; k < 200; k++)
            {
                double norm = Math.Sqrt(v.Sum(x => x * x));
                v = [.. v.Select(x => x / norm)];
                double[] ahead = g([.. at.Zip(v, (x, d) => x + h * d)]), behind = g([.. at.Zip(v, (x, d) => x - h * d)]);
                double[] product = [.. ahead.Zip(behind, (a, b) => (a - b) / (2 * h))];
                last = v.Zip(product, (x, y) => x * y).Sum();
                v = product;
            }
            return [];
        });
        Assert.Equal(5.1875 + 0.01, last, 1e-9);
    }
}
