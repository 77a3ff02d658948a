using CsCheck;
using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace Anneal.Tests;

/// <summary>What calculus says of a curve agrees with its values, for every kind of curve, in either direction.</summary>
public class CurveTests
{
    public static TheoryData<Curve> Curves =>
    [
        new LineCurve(0.2, 0.7, 3, 40),
        new LineCurve(0.2, 0.7, 90, -40),
        new WaveCurve(0.1, 0.8, 2, 60),
        new WaveCurve(0.1, 0.8, 50, -60),
        new ExponentialCurve(0.05, 0.4, 1, 30),
        new ExponentialCurve(0.05, 0.4, 1, -30),
        new PowerCurve(0.05, 0.4, -2, 10, 1.7),
        new PowerCurve(0.05, 0.4, -2, 10, -1),
        new PowerCurve(0.05, 0.4, -2, 10, -0.5),
        new PowerCurve(0.05, 0.4, 100, -10, 0.5),
        new PowerCurve(0.05, 0.4, 100, -10, -1),
        new NumericCurve(x => 1 / (2 + Math.Sin(x / 9)), Derivative: x => -Math.Cos(x / 9) / 9 / ((2 + Math.Sin(x / 9)) * (2 + Math.Sin(x / 9)))),
        new SumCurve(new WaveCurve(0.1, 0.8, 2, 60), new PowerCurve(0, 0.4, -2, 10, -1)),
        new LineCurve(0.3, 0, 3, 40),
        new PowerCurve(0.3, 0, 5, 1, -1),
    ];

    [Theory, MemberData(nameof(Curves))]
    public void A_sum_is_the_sum_of_the_values(Curve curve)
    {
        foreach (var (first, count, stride) in new[] { (7.0, 1L, 1.0), (0, 60, 1), (3.5, 90, 0.75), (88.25, 60, -1.25), (12, 0, 1) })
        {
            double[] values = [.. Enumerable.Range(0, (int)count).Select(i => curve.At(first + i * stride))];
            Near(values.Sum(), curve.Sum(first, count, stride));
        }
    }

    [Theory, MemberData(nameof(Curves))]
    public void A_sum_of_squares_is_the_sum_of_the_squared_values(Curve curve)
    {
        foreach (var (first, count) in new[] { (7.0, 1L), (0, 60), (3.5, 90), (12, 0) })
            Near(Enumerable.Range(0, (int)count).Sum(i => curve.At(first + i) * curve.At(first + i)), curve.SumOfSquares(first, count));
    }

    [Theory, MemberData(nameof(Curves))]
    public void An_area_is_the_numeric_area_and_negative_when_run_backwards(Curve curve)
    {
        double area = GaussKronrodRule.Integrate(curve.At, 6, 61, out _, out _, 1e-12);
        Near(area, curve.Integral(6, 61));
        Near(-area, curve.Integral(61, 6));
        Assert.Equal(0, curve.Integral(6, 6));
    }

    [Theory, MemberData(nameof(Curves))]
    public void A_slope_is_the_quotient_of_small_differences(Curve curve)
    {
        foreach (double x in new[] { 6.0, 33, 71 })
            foreach (int side in new[] { -1, 1 })
                Assert.Equal((curve.At(x + 1e-4) - curve.At(x - 1e-4)) / 2e-4, curve.Slope(x, side), 1e-8);
    }

    [Theory, MemberData(nameof(Curves))]
    public void A_trend_is_that_of_the_values(Curve curve)
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => curve.At(8 + i))];
        var trend = curve.Trend(8, 48);
        Assert.Equal(trend, curve.Trend(48, 8));
        Assert.True(trend switch
        {
            Trend.Flat => values.Distinct().Count() == 1,
            Trend.Rising => values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second),
            Trend.Falling => values.Zip(values.Skip(1)).All(pair => pair.First > pair.Second),
            _ => curve is NumericCurve or SumCurve,
        }, $"{curve} is not {trend}");
    }

    [Theory, MemberData(nameof(Curves))]
    public void Moved_it_is_played_later_longer_and_higher(Curve curve)
    {
        if (curve is NumericCurve)
            return;
        var moved = curve.Moved(delay: 5, stretch: 3, factor: 0.5);
        foreach (double x in new[] { 6.0, 33, 71 })
            Near(0.5 * curve.At(x), moved.At(3 * x + 5));
        Near(curve.At(6) + 0.25, curve.Raised(0.25).At(6));
    }

    [Fact]
    public void Without_height_it_is_flat_even_where_its_form_has_a_pole()
    {
        var curve = new PowerCurve(0.25, 0, 0, 1, -1);
        Assert.Equal((0.25, 0.0, 1.0, 1.0, 0.25), (curve.At(0), curve.Slope(0, 1), curve.Integral(0, 4), curve.Sum(0, 4), curve.SumOfSquares(0, 4)));
        Assert.Equal(Trend.Flat, curve.Trend(0, 4));
    }

    [Fact]
    public void At_a_pole_no_width_has_no_area_and_any_width_has_no_end()
    {
        var curve = new PowerCurve(0, 1, 0, 1, -1);
        Assert.Equal(0, curve.Integral(0, 0));
        Assert.Equal(double.PositiveInfinity, curve.Integral(0, 1));
    }

    [Fact]
    public void The_area_under_one_over_x_keeps_its_digits_from_very_near_the_pole()
    {
        Near(20 * Math.Log(10), new PowerCurve(0, 1, 0, 1, -1).Integral(1e-20, 1));
        Near(20 * Math.Log(10), new PowerCurve(0, 1, 0, -1, -1).Integral(-1, -1e-20));
    }

    [Theory]
    [InlineData(2, Trend.Rising)]
    [InlineData(0, Trend.Flat)]
    [InlineData(-2, Trend.Falling)]
    public void A_power_runs_where_its_exponent_says(double exponent, Trend expected)
    {
        Assert.Equal(expected, new PowerCurve(0, 1, 0, 1, exponent).Trend(1, 2));
        var opposite = expected switch { Trend.Rising => Trend.Falling, Trend.Falling => Trend.Rising, _ => Trend.Flat };
        Assert.Equal(opposite, new PowerCurve(0, -1, 0, 1, exponent).Trend(1, 2));
        Assert.Equal(opposite, new PowerCurve(0, 1, 3, -1, exponent).Trend(1, 2));
    }

    [Theory]
    [InlineData(0, 1, Trend.Rising)]
    [InlineData(-1, 0, Trend.Falling)]
    [InlineData(-0.5, 0.5, Trend.Mixed)]
    [InlineData(0.5, 1.5, Trend.Mixed)]
    [InlineData(-1.5, -0.5, Trend.Mixed)]
    public void A_wave_turns_at_trough_and_crest(double from, double to, Trend expected)
    {
        var wave = new WaveCurve(0, 1, 0, 1);
        Assert.Equal(expected, wave.Trend(from, to));
        Assert.Equal(expected, wave.Trend(to, from));
        Assert.Equal(expected, new SumCurve(wave, wave).Trend(to, from));
    }

    [Fact]
    public void Two_directions_together_are_known_when_they_are_one()
    {
        foreach (var trend in Enum.GetValues<Trend>())
        {
            Assert.Equal(trend, Trend.Flat.Together(trend));
            Assert.Equal(trend, trend.Together(Trend.Flat));
            Assert.Equal(trend, trend.Together(trend));
        }
        Assert.Equal(Trend.Unknown, Trend.Rising.Together(Trend.Falling));
        Assert.Equal(Trend.Unknown, Trend.Falling.Together(Trend.Rising));
        Assert.Equal(Trend.Unknown, Trend.Mixed.Together(Trend.Rising));
    }

    [Fact]
    public void Squares_of_what_nearly_cancels_keep_their_digits() =>
        Near(385e-12, new LineCurve(1, -1, 0, 1e6).SumOfSquares(999_990, 10), 1e-9);

    [Fact]
    public void The_squares_of_the_last_steps_of_a_long_wave_keep_their_digits()
    {
        // sin⁴x = x⁴ (1 − 2x²/3 + …): Σk⁴ = 25333 and Σk⁶ = 1978405 for k = 1 … 10.
        double unit = Math.PI / 2 * 1e-6, expected = Math.Pow(unit, 4) * (25333 - 2 * unit * unit / 3 * 1978405);
        Near(expected, new CosineDecay(1, 1_000_000).SumOfSquares(999_990, 1_000_000), 1e-13);
    }

    [Fact]
    public void A_trillion_steps_of_a_wave_above_a_floor_are_not_walked()
    {
        var schedule = new CosineDecay(0.5, 1e12, Floor: 0.25);
        Near(0.375e12 + 0.125, schedule.Sum(0, 1_000_000_000_000));
        // ¼·(1 + sin²)² over whole quarters: 1/16 · (1 + 2·½ + ⅜) a step, and half of 0.5² − 0.25² for the ends.
        Near(1e12 / 16 * 2.375 + (0.25 - 0.0625) / 2, schedule.SumOfSquares(0, 1_000_000_000_000));
        Near(0.375e12 + 0.5, new CosineDecay(1, 1e12).SumOfSquares(0, 1_000_000_000_000));
    }

    [Fact]
    public void A_level_added_to_a_long_decay_or_multiplied_with_it_is_not_walked()
    {
        const long n = 1_000_000_000_000;
        double harmonic = SpecialFunctions.DiGamma(1e12 + 1) - SpecialFunctions.DiGamma(1), squares = Math.PI * Math.PI / 6 - 1e-12;
        Schedule decay = new InverseTimeDecay(1), level = new Constant(0.5);
        Assert.All([decay.Plus(level), level.Plus(decay)], sum => Near(squares + harmonic + 0.25 * n, sum.SumOfSquares(0, n)));
        Assert.All([decay * level.AsFactor(), level * decay.AsFactor()], product => Near(squares / 4, product.SumOfSquares(0, n)));
    }

    [Fact]
    public void An_exponential_far_down_or_up_neither_vanishes_nor_overflows()
    {
        Near(Math.Exp(-100), new ExponentialCurve(0, 1, 0, -1).Integral(100, 900));
        Near(1 / (1 - Math.Exp(-1)), new ExponentialCurve(0, 1, 0, 1).Sum(-900, 901));
    }

    [Fact]
    public void Between_two_neighbouring_numbers_an_exponential_stands_still()
    {
        double start = Math.BitDecrement(0.125), end = 0.125;
        Near(10 * start, ExponentialCurve.Between(Math.BitDecrement(start), start, 10).Sum(0, 10));
        Near(10 * start, ExponentialCurve.Between(start, end, 10).Sum(0, 10));
        Near(3 * start, new ExponentialCurve(0, start, 0, 1).Sum(0, 3, stride: 0));
    }

    [Fact]
    public void A_function_known_by_its_values_has_a_slope_on_each_side_of_a_kink()
    {
        var kink = new NumericCurve(x => Math.Abs(x - 5));
        Assert.Equal(1, kink.Slope(5, +1), 1e-9);
        Assert.Equal(-1, kink.Slope(5, -1), 1e-9);
        Curve mirrored = kink with { Origin = 10, Unit = -1 };
        Assert.Equal(1, mirrored.Slope(5, +1), 1e-9);
        Assert.Equal(-1, mirrored.Slope(5, -1), 1e-9);
    }

    [Fact]
    public void Far_out_the_differences_of_a_slope_are_taken_wide() =>
        Assert.Equal(0.5, new NumericCurve(x => 7 + x / 2).Slope(1e9, 1), 1e-9);

    [Fact]
    public void A_curve_between_two_rates_meets_both_in_either_direction() =>
        Gen.Select(Gen.Int[0, 64], Gen.Int[0, 64], Gen.Double[0.5, 200]).Sample((from, to, steps) =>
        {
            double start = from / 64.0, end = to / 64.0;
            foreach (Curve curve in new Curve[] { LineCurve.Between(start, end, steps), WaveCurve.Between(start, end, steps), ExponentialCurve.Between(start + 0.1, end + 0.1, steps).Raised(-0.1) })
            {
                Assert.Equal(start, curve.At(0), 1e-14);
                Assert.Equal(end, curve.At(steps), 1e-14);
                Assert.Equal(start == end ? Trend.Flat : start < end ? Trend.Rising : Trend.Falling, curve.Trend(0, steps));
            }
        });

    static void Near(double expected, double actual, double share = 1e-12) =>
        Assert.True(expected == actual || Math.Abs(expected - actual) <= share * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
