namespace Anneal.Lessons.Tests;

public class PlanningExercisesTests() : ExercisesOf(typeof(PlanningExercises))
{
    // The right numbers are worked out by hand, on paper; those of the guesses were measured.
    [Theory]
    [InlineData("BatchGuess", 4.25)]
    [InlineData("CooldownGuess", 50.0)]
    [InlineData("Clocks", 33_333.33, 8.7374, 0.87374)]
    [InlineData("Flaw", 3.0)]
    [InlineData("GoOn", 1.0, 2.0, 4.0)]
    public void The_answers_are_these(string name, params double[] byHand)
    {
        var exercise = Named(name);
        Assert.Equal(Progress.Solved, exercise.Check(byHand).Progress);
        Assert.Equal(exercise.Answers, byHand, (a, b) => Math.Abs(a - b) <= 1e-3 * Math.Abs(b));
    }

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("BatchGuess", 0, 16, "linear")]
    [InlineData("BatchGuess", 0, 8, "between")]
    [InlineData("BatchGuess", 0, 1.4, "smaller model")]
    [InlineData("BatchGuess", 0, 0.25, "Not lower")]
    [InlineData("CooldownGuess", 0, 2, "smaller model")]
    [InlineData("CooldownGuess", 0, 20, "twice the gap")]
    [InlineData("CooldownGuess", 0, 90, "half of the gap")]
    [InlineData("Clocks", 0, 10, "multiplied by the rate")]
    [InlineData("Clocks", 0, 3333.3, "alone")]
    [InlineData("Clocks", 0, 23104.9, "half-life")]
    [InlineData("Clocks", 1, 0.11445, "other way")]
    [InlineData("Clocks", 2, 0.00026212, "Divide by the rate")]
    [InlineData("Flaw", 0, 2, "is right")]
    [InlineData("GoOn", 0, 3, "made already")]
    [InlineData("GoOn", 1, 1, "stand still")]
    [InlineData("GoOn", 2, 2, "load it")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);

    // 10,000 samples in batches of 4 are 2,500 batches, 313 for each of 8 devices, 79 updates of 4; three times that are 237, and 3 % of it, rounded up, 8.
    [Fact]
    public void Updates_counted_by_hand() =>
        Assert.Equal(Progress.Solved, PlanningFromScratch.Updates.Check(ByHand).Progress);

    static double[] ByHand(double samples, double batch, double devices, double accumulation, double epochs, double share)
    {
        // Whole numbers, as a framework has them.
        long batches = ((long)samples + (long)batch - 1) / (long)batch, each = (batches + (long)devices - 1) / (long)devices, updates = (each + (long)accumulation - 1) / (long)accumulation;
        long run = (long)Math.Ceiling(updates * (decimal)epochs);
        return [updates, run, (double)Math.Ceiling(run * (decimal)share)];
    }

    [Fact]
    public void The_warmup_stays_at_the_limit_and_one_update_less_does_not()
    {
        double[] t = [0, 1, 2, 3, 5, 8, 12, 20, 40, 80], weights = [10, 10, 10, 10.1, 10.2, 10.5, 11, 12, 14, 16], steps = [8, 6.9, 7.5, 6, 4, 1.6, 1.3, 1.1, 1.2, 1.3];
        double Worst(double length) => t.Select((x, i) => 0.01 * Math.Min(1, x / length) * steps[i] / weights[i]).Max();
        int shortest = Enumerable.Range(1, 100).First(w => Worst(w) <= 0.0015);
        Assert.Equal(14, shortest);
        Assert.True(Worst(shortest - 1) > 0.0015);
        Assert.Equal(Progress.Solved, PlanningFromScratch.Warmup.Check((at, w, u, peak, limit) =>
        {
            double Ratio(double length, int i) => peak * Math.Min(1, at[i] / length) * u[i] / w[i];
            int length = Enumerable.Range(1, 10_000).First(n => Enumerable.Range(0, at.Length).All(i => Ratio(n, i) <= limit * (1 + 1e-12)));
            return [.. at.Select(x => peak * Math.Min(1, x / length))];
        }).Progress);
    }
}
