using CsCheck;

namespace Anneal.Tests;

public class LastIterateBoundTests
{
    /// <summary>Ω·√T for T = 400, D = G = 1, printed to three places; s_t is the rate of the t-th update, At(t − 1).</summary>
    public static TheoryData<Schedule, double> Printed => new()
    {
        { new Constant(1), 2.751 },
        { new InverseSqrtDecay(1), 2.445 },
        { new WarmupStableDecay(Peak: 1, Steps: 400, WarmupSteps: 0, DecaySteps: 80), 2.186 },
        { new CosineDecay(1, 400), 2.068 },
        { new LinearDecay(1, 400), 2.013 },
    };

    [Theory, MemberData(nameof(Printed))]
    public void The_printed_values_are_met(Schedule schedule, double expected) =>
        Assert.Equal(expected, LastIterateBound.Of(schedule, 400).Best * Math.Sqrt(400), 0.0005);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_gradient_norm_that_is_none_is_refused_by_its_place(double norm)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => LastIterateBound.Of(new CosineDecay(0.1, 3), [1, norm, 1]));
        Assert.StartsWith("gradientNorms[1] must be a finite number, 0 or above.", refused.Message);
    }

    [Fact]
    public void Rates_beyond_all_numbers_give_a_bound_beyond_all_numbers() =>
        Assert.Equal(double.PositiveInfinity, LastIterateBound.Of(new Constant(1e200), 10).At(1));

    [Fact]
    public void It_is_the_double_sum_of_the_paper() =>
        Gen.Select(Gen.Int[0, 1000].Select(n => n / 1000.0).Array[1, 60], Gen.Double[0.1, 3].Array[60], Gen.Double[0.1, 10], Gen.Double[0.1, 10])
            .Where((rates, _, _, _) => rates.Any(rate => rate > 0))
            .Sample((rates, norms, distance, scale) =>
            {
                double[] steps = [.. Enumerable.Range(1, rates.Length - 1)];
                var schedule = new PiecewiseConstant(steps, rates);
                double actual = LastIterateBound.Of(schedule, norms[..rates.Length], distance).At(scale);
                double expected = Naive(rates, norms, distance, scale);
                Assert.Equal(expected, actual, 1e-12 * expected);
            });

    [Fact]
    public void The_best_scale_is_the_best()
    {
        var bound = LastIterateBound.Of(new CosineDecay(0.3, 100), 100, distance: 2, gradientNorm: 5);
        Assert.Equal(bound.Best, bound.At(bound.BestScale), 1e-15);
        Assert.True(bound.At(bound.BestScale * 1.01) > bound.Best);
        Assert.True(bound.At(bound.BestScale / 1.01) > bound.Best);
    }

    [Fact]
    public void The_best_bound_does_not_depend_on_the_height_of_the_schedule() => Assert.Equal(
        LastIterateBound.Of(new CosineDecay(1, 100), 100).Best, LastIterateBound.Of(new CosineDecay(0.001, 100), 100).Best, 1e-15);

    [Fact]
    public void Gradient_norms_count_squared_under_the_root()
    {
        var schedule = new LinearDecay(1, 50);
        Assert.Equal(3 * LastIterateBound.Of(schedule, 50).Best, LastIterateBound.Of(schedule, 50, gradientNorm: 3).Best, 1e-15);
        Assert.Equal(
            LastIterateBound.Of(schedule, 50, gradientNorm: 3).Best,
            LastIterateBound.Of(schedule, [.. Enumerable.Repeat(3.0, 50)]).Best, 1e-15);
    }

    [Fact]
    public void Updates_of_rate_0_at_the_end_change_nothing() => Assert.Equal(
        LastIterateBound.Of(new LinearDecay(1, 50), 50), LastIterateBound.Of(new LinearDecay(1, 50), 70));

    [Fact]
    public void One_update_is_bounded_by_the_mean_of_two_squares()
    {
        var bound = LastIterateBound.Of(new Constant(0.5), 1, distance: 3, gradientNorm: 2);
        Assert.Equal((9 / 0.5 + 0.5 * 4) / 2, bound.At(1), 1e-15);
        Assert.Equal(6, bound.Best, 1e-15);
    }

    [Fact]
    public void A_run_without_any_rate_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => LastIterateBound.Of(new Constant(0), 10));
        Assert.StartsWith("At least one of the updates must have a rate above 0.", error.Message);
    }

    [Fact]
    public void A_negative_rate_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LastIterateBound.Of(new LinearDecay(1, 10).Continue(), 20));

    [Fact]
    public void A_million_updates_are_counted_in_one_pass()
    {
        // Linear to zero is known in closed form for large T: Ω·√T → 2.
        Assert.Equal(2, LastIterateBound.Of(new LinearDecay(1, 1_000_000), 1_000_000).Best * 1000, 1e-4);
    }

    /// <summary>The formula as printed, O(T²), in decimal; trailing zeros have been taken off.</summary>
    static double Naive(double[] rates, double[] norms, double distance, double scale)
    {
        int last = Array.FindLastIndex(rates, rate => rate > 0) + 1;
        decimal[] s = [.. rates.Take(last).Select(rate => (decimal)rate)];
        decimal[] g = [.. norms.Take(last).Select(norm => (decimal)norm)];
        decimal A(int k) => s.Skip(k - 1).Sum();
        decimal B(int k) => s.Zip(g, (rate, norm) => rate * rate * norm * norm).Skip(k - 1).Sum();
        decimal noise = B(1) / A(1);
        for (int k = 1; k < last; k++)
            noise += s[k - 1] / A(k + 1) * (B(k) / A(k));
        decimal d = (decimal)distance, η = (decimal)scale;
        return (double)((d * d / (η * A(1)) + η * noise) / 2);
    }
}
