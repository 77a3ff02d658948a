namespace Anneal.Lessons.Tests;

public class MomentumExercisesTests() : ExercisesOf(typeof(MomentumExercises))
{
    double Answered(string name, int part) => Named(name).Parts[part].Expected;

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("StepsGuess", 0, 87, "adds up")]
    [InlineData("StepsGuess", 0, 44, "more than half")]
    [InlineData("StepsGuess", 0, 9.3, "too bold")]
    [InlineData("StepsGuess", 0, 3.5, "not into 1")]
    [InlineData("Convert", 0, 12, "other way round")]
    [InlineData("Convert", 0, 0.57, "multiplies by β")]
    [InlineData("Convert", 0, 0.6, "20 times as long")]
    [InlineData("Convert", 1, 36, "adds up")]
    [InlineData("Convert", 1, 0.09, "first step")]
    [InlineData("Convert", 2, 44, "89.5")]
    [InlineData("Convert", 2, 22, "β = 0.95")]
    [InlineData("Convert", 2, 20, "64 %")]
    [InlineData("Border", 0, 0.5, "square it")]
    [InlineData("Border", 0, 0.75, "root first")]
    [InlineData("Border", 1, 1.5, "2 + 2β")]
    [InlineData("Border", 1, 0.5359, "a little before")]
    [InlineData("BestSetting", 0, 0.9802, "the factor")]
    [InlineData("BestSetting", 0, 0.9998, "root of κ")]
    [InlineData("BestSetting", 0, 0.9996, "√κ = 100")]
    [InlineData("BestSetting", 1, 0.9608, "That is β")]
    [InlineData("BestSetting", 2, 10_000, "That is κ")]
    [InlineData("BestSetting", 2, 50, "with memory")]
    [InlineData("Ratio", 0, 2, "measurement")]
    [InlineData("Ratio", 0, 4, "does follow")]
    [InlineData("Ratio", 1, 100, "like 1/t,")]
    [InlineData("Ratio", 1, 3_332, "1/(t + 3)")]
    [InlineData("Ratio", 1, 29_997, "not 3/(t + 3)")]
    [InlineData("NoiseGuess", 0, 0.0101, "steady gradient")]
    [InlineData("NoiseGuess", 0, 0.001, "averaging ten")]
    [InlineData("NoiseGuess", 0, 0.2, "half of it")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says)
    {
        var asked = Named(name).Parts[part];
        Assert.False(asked.IsRight(wrong));
        Assert.Contains(says, asked.HintFor(wrong)?.Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>x after each update of heavy ball with a = η·h, from 1 and at rest, written out without the library.</summary>
    static IEnumerable<double> HeavyBall(double a, double β)
    {
        double x = 1, before = 1;
        while (true)
        {
            yield return x;
            (x, before) = ((1 + β - a) * x - β * before, x);
        }
    }

    [Fact]
    public void The_guessed_number_of_steps_is_the_counted_one()
    {
        int count = HeavyBall(1 / 9.0, 4 / 9.0).Zip(HeavyBall(25 / 9.0, 4 / 9.0))
            .TakeWhile(p => double.Hypot(1.8 * p.First, 0.9 * p.Second) > 1e-3 * double.Hypot(1.8, 0.9)).Count();
        Assert.Equal(25, count);
        Assert.Equal(Answered("StepsGuess", 0), count);
    }

    [Fact]
    public void The_guessed_borders_are_where_runs_change_their_manner()
    {
        bool Falls(double β) => HeavyBall(0.25, β).Take(3_000).TakeWhile(x => Math.Abs(x) > 1e-250).All(x => x > 0);
        bool Ends(double β) => Math.Abs(HeavyBall(3, β).ElementAt(20_000)) < 1;
        double monotone = Answered("Border", 0), stable = Answered("Border", 1);
        Assert.True(Falls(monotone * 0.99) && !Falls(monotone * 1.01));
        Assert.True(Ends(stable * 1.001) && !Ends(stable * 0.999));
    }

    [Fact]
    public void The_closed_form_of_the_ratio_exercise_is_the_run()
    {
        double[] x = [.. HeavyBall(1 / 9.0, 4 / 9.0).Take(40)];
        Assert.Equal((1 + 31 / 3.0) / (1 + 30 / 3.0) * 2 / 3, x[31] / x[30], 1e-12);
        double Off(double t) => (1 + (t + 1) / 3) / (1 + t / 3) - 1;
        double t = Answered("Ratio", 1);
        Assert.True(Off(t) <= 1e-4 * (1 + 1e-9) && Off(t - 1) > 1e-4);
    }

    [Fact]
    public void The_guessed_ball_solves_the_recursion_of_the_moments()
    {
        // E[x²], E[x·before], E[before²] under x ← p·x − β·before − η·ξ, iterated until they stand.
        double η = 0.02, β = 0.9, p = 1 + β - η, xx = 0, xb = 0, bb = 0;
        for (int i = 0; i < 20_000; i++)
            (xx, xb, bb) = (p * p * xx - 2 * p * β * xb + β * β * bb + η * η, p * xx - β * xb, xx);
        Assert.Equal(xx, Answered("NoiseGuess", 0), 1e-10);
    }
}
