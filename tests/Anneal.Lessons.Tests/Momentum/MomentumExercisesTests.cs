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
    [InlineData("Regions", 0, 0.01, "divide by the curvature")]
    [InlineData("Regions", 0, 0.009, "√0.81")]
    [InlineData("Regions", 1, 0.475, "squared")]
    [InlineData("Regions", 1, 0.819, "√0.81")]
    [InlineData("Regions", 2, 0.5, "without memory")]
    [InlineData("Regions", 2, 3.62, "divide by the curvature")]
    [InlineData("BestSetting", 0, 0.9802, "the factor")]
    [InlineData("BestSetting", 0, 0.9998, "root of κ")]
    [InlineData("BestSetting", 0, 0.9996, "√κ = 100")]
    [InlineData("BestSetting", 1, 0.9608, "That is β")]
    [InlineData("BestSetting", 2, 10_000, "That is κ")]
    [InlineData("BestSetting", 2, 50, "with memory")]
    [InlineData("Ratio", 0, 0.2963, "bare power")]
    [InlineData("Ratio", 1, 0.6667, "only tends to")]
    [InlineData("Ratio", 1, 0.6889, "34/33")]
    [InlineData("Ratio", 2, 100, "like 1/t,")]
    [InlineData("Ratio", 2, 3_332, "1/(t + 3)")]
    [InlineData("Ratio", 2, 29_997, "not 3/(t + 3)")]
    [InlineData("LookAhead", 0, 9, "β(1 + h)")]
    [InlineData("LookAhead", 0, 1.11, "subtract 1")]
    [InlineData("LookAhead", 1, 2.111, "trace")]
    [InlineData("LookAhead", 1, 1.11, "not where it is −1")]
    [InlineData("LookAhead", 2, 380, "heavy ball")]
    [InlineData("LookAhead", 2, 1.357, "divide by the rate")]
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
    public void The_borders_are_where_runs_change_their_manner()
    {
        double β = 0.81, h = 4, little = 0.01;
        double monotone = Answered("Regions", 0), zigzag = Answered("Regions", 1), diverges = Answered("Regions", 2);
        bool Falls(double rate) => HeavyBall(rate * h, β).Take(3_000).TakeWhile(x => Math.Abs(x) > 1e-250).All(x => x > 0);
        bool Swaps(double rate) => HeavyBall(rate * h, β).Take(3_000).TakeWhile(x => Math.Abs(x) > 1e-250).Index().All(p => p.Item > 0 == (p.Index % 2 == 0));
        bool Ends(double rate) => Math.Abs(HeavyBall(rate * h, β).ElementAt(20_000)) < 1;
        Assert.True(Falls(monotone * (1 - little)) && !Falls(monotone * (1 + little)));
        Assert.True(Swaps(zigzag * 1.0005) && !Swaps(zigzag * 0.9995));
        Assert.True(Ends(diverges * 0.9999) && !Ends(diverges * 1.0001));
    }

    [Fact]
    public void The_closed_form_of_the_ratio_exercise_is_the_run()
    {
        double[] x = [.. HeavyBall(1 / 9.0, 4 / 9.0).Take(40)];
        Assert.Equal(Answered("Ratio", 0), x[3], 1e-12);
        Assert.Equal(Answered("Ratio", 1), x[31] / x[30], 1e-12);
        double Off(double t) => (1 + (t + 1) / 3) / (1 + t / 3) - 1;
        double t = Answered("Ratio", 2);
        Assert.True(Off(t) <= 1e-4 * (1 + 1e-9) && Off(t - 1) > 1e-4);
    }

    [Fact]
    public void Each_look_ahead_turns_from_stable_to_divergent_at_its_answer()
    {
        bool Stable(NesterovVariant look, double h)
        {
            double[] end = new Nesterov(0.9, look).Path(new Constant(0.01), (w, g) => { g[0] = h * w[0]; return 0; }, [1], 4_000).Last();
            return Math.Abs(end[0]) < 1;
        }
        foreach (var (part, look) in new[] { NesterovVariant.AsPrinted, NesterovVariant.SignFixed, NesterovVariant.Correct }.Index())
        {
            double limit = Answered("LookAhead", part);
            Assert.True(Stable(look, 0.99 * limit), $"{look} below its limit");
            Assert.False(Stable(look, 1.01 * limit), $"{look} above its limit");
        }
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
