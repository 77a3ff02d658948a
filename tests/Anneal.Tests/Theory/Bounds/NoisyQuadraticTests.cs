using CsCheck;

namespace Anneal.Tests;

public class NoisyQuadraticTests
{
    static readonly NoisyQuadratic Problem = new(Curvature: 2, NoiseVariance: 0.5);

    [Fact]
    public void The_recursion_is_the_second_moment_over_all_outcomes()
    {
        // Noise of ±σ with equal chances has the variance σ²; all 2⁶ runs together are the expectation itself.
        double σ = Math.Sqrt(Problem.NoiseVariance);
        var schedule = new LinearDecay(0.4, 6, 0.1);
        double mean = Enumerable.Range(0, 64).Average(signs =>
        {
            double x = 1.5;
            for (int t = 0; t < 6; t++)
                x -= schedule.At(t) * (Problem.Curvature * x + ((signs >> t & 1) == 1 ? σ : -σ));
            return x * x;
        });
        Assert.Equal(mean, Problem.SquaredError(schedule, 1.5, 6), 1e-15);
    }

    [Fact]
    public void The_path_begins_before_the_first_update_and_ends_after_the_last()
    {
        double[] path = [.. Problem.SquaredErrors(new Constant(0.1), 3, 20)];
        Assert.Equal(21, path.Length);
        Assert.Equal(9, path[0]);
        Assert.Equal(Problem.SquaredError(new Constant(0.1), 3, 20), path[20]);
    }

    [Fact]
    public void At_one_rate_the_closed_form_is_the_recursion() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[0, 5], Gen.Int[0, 200]).Sample((rate, start, steps) =>
            Assert.Equal(Problem.SquaredError(new Constant(rate), start, steps), Problem.SquaredErrorAtConstant(rate, start, steps), 1e-11));

    [Fact]
    public void At_one_rate_the_error_settles_on_the_noise_ball()
    {
        Assert.Equal(0.3 * 0.5 / (2 * (2 - 0.6)), Problem.ConstantLimit(0.3), 1e-16);
        Assert.Equal(Problem.ConstantLimit(0.3), Problem.SquaredError(new Constant(0.3), 10, 1000), 1e-15);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void A_rate_at_or_above_2_over_the_curvature_has_no_limit(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Problem.ConstantLimit(rate));
        Assert.StartsWith("rate must be below 2 / Curvature (1).", error.Message);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void With_inverse_time_the_error_times_t_approaches_its_limit(double c)
    {
        const long T = 1_000_000;
        double limit = Problem.InverseTimeLimit(c);
        Assert.Equal(1, T * Problem.SquaredError(new InverseTimeDecay(c), 1, T) / limit, 2e-3);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.1)]
    public void At_and_below_the_border_there_is_no_such_limit(double c) =>
        Assert.Equal(double.PositiveInfinity, Problem.InverseTimeLimit(c));

    [Theory]
    [InlineData(0.05, -0.2)]
    [InlineData(0.1, -0.4)]
    [InlineData(0.25, -1)]
    [InlineData(1, -1)]
    public void The_slope_is_the_smaller_of_1_and_twice_c_times_the_curvature(double c, double expected) =>
        Assert.Equal(expected, Problem.InverseTimeSlope(c), 1e-15);

    [Fact]
    public void The_measured_slope_below_the_border_is_the_predicted_one()
    {
        var schedule = new InverseTimeDecay(0.05);
        double near = Problem.SquaredError(schedule, 100, 20_000), far = Problem.SquaredError(schedule, 100, 200_000);
        Assert.Equal(Problem.InverseTimeSlope(0.05), Math.Log10(far / near), 1e-4);
    }

    [Fact]
    public void At_the_border_the_error_is_logarithm_over_time()
    {
        // c²σ² (ln t)/t with c = ¼; the start adds a constant to the logarithm, so two times are compared.
        var schedule = new InverseTimeDecay(0.25);
        double a = 10_000 * Problem.SquaredError(schedule, 1, 10_000), b = 1_000_000 * Problem.SquaredError(schedule, 1, 1_000_000);
        Assert.Equal(0.25 * 0.25 * 0.5 * Math.Log(100), b - a, 1e-4);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(7.3)]
    public void What_inverse_squares_leave_is_the_product_itself(double curvature)
    {
        var problem = new NoisyQuadratic(curvature, 0);
        const int T = 1_000_000;
        double left = 1;
        for (double t = 1; t <= T; t++)
            left *= 1 - curvature / (t * t);
        // The factors left out are 1 − μ/t², together about 1 − μ/T.
        Assert.Equal(left * (1 - curvature / T), problem.InverseSquareRemainder(), 1e-11);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Where_the_root_of_the_curvature_is_whole_one_update_lands_on_the_optimum(double curvature) =>
        Assert.Equal(0, new NoisyQuadratic(curvature, 0).InverseSquareRemainder());

    [Fact]
    public void The_best_rate_is_the_best()
    {
        double best = Problem.BestRate(3), after = Problem.SquaredError(new Constant(best), Math.Sqrt(3), 1);
        Assert.True(Problem.SquaredError(new Constant(best * 1.01), Math.Sqrt(3), 1) > after);
        Assert.True(Problem.SquaredError(new Constant(best * 0.99), Math.Sqrt(3), 1) > after);
        Assert.Equal(Problem.BestSquaredError(Math.Sqrt(3), 1), after, 1e-15);
    }

    [Fact]
    public void Playing_the_best_rate_every_time_gives_the_best_error()
    {
        double error = 4;
        for (int t = 0; t < 50; t++)
            error = Problem.SquaredError(new Constant(Problem.BestRate(error)), Math.Sqrt(error), 1);
        Assert.Equal(Problem.BestSquaredError(2, 50), error, 1e-15);
    }

    [Fact]
    public void No_schedule_beats_the_best_error() => Samples.Composed.Sample(schedule =>
        Assert.True(Problem.SquaredError(schedule, 2, 100) >= Problem.BestSquaredError(2, 100) * (1 - 1e-12)));

    [Fact]
    public void Without_updates_or_noise_the_best_error_is_the_start_or_0()
    {
        Assert.Equal(9, Problem.BestSquaredError(3, 0));
        Assert.Equal(0, new NoisyQuadratic(1, 0).BestSquaredError(3, 1));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.StartsWith("Curvature must be", Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyQuadratic(0, 1)).Message);
        Assert.StartsWith("NoiseVariance must be", Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyQuadratic(1, -1)).Message);
    }
}
