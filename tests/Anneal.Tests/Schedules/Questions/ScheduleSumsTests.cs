using CsCheck;
using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace Anneal.Tests;

public class ScheduleSumsTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    static readonly (long From, long To)[] Ranges =
        [(0, 0), (0, 1), (0, 10), (3, 17), (0, 100), (19, 21), (7, 1000), (90, 100), (995, 2000)];

    [Theory, MemberData(nameof(Schedules))]
    public void The_sum_is_the_sum_of_the_rates(Schedule schedule) => Assert.All(Ranges, range =>
        Agree(Naive(range.From, range.To, schedule.At), schedule.Sum(range.From, range.To)));

    [Theory, MemberData(nameof(Schedules))]
    public void The_sum_of_squares_is_the_sum_of_the_squared_rates(Schedule schedule) => Assert.All(Ranges, range =>
        Agree(Naive(range.From, range.To, t => schedule.At(t) * schedule.At(t)), schedule.SumOfSquares(range.From, range.To)));

    [Fact]
    public void The_sum_of_a_composition_is_the_sum_of_its_rates() =>
        Gen.Select(Samples.Combined, Gen.Int[0, 300], Gen.Int[0, 500]).Sample((schedule, from, count) =>
            Agree(Naive(from, from + count, schedule.At), schedule.Sum(from, from + count)), iter: 200);

    [Fact]
    public void The_sum_of_squares_of_a_composition_is_that_of_its_rates() =>
        Gen.Select(Samples.Combined, Gen.Int[0, 300], Gen.Int[0, 500]).Sample((schedule, from, count) =>
            Agree(Naive(from, from + count, t => schedule.At(t) * schedule.At(t)), schedule.SumOfSquares(from, from + count)), iter: 200);

    [Theory, MemberData(nameof(Schedules))]
    public void The_integral_is_the_numeric_integral(Schedule schedule) => Assert.All([(0.0, 100.0), (12.5, 61.75), (150.0, 151.0)], range =>
        Agree(Numeric(schedule, range.Item1, range.Item2), schedule.Integral(range.Item1, range.Item2), 1e-9));

    [Fact]
    public void Integrals_of_neighbouring_ranges_add_up() =>
        Gen.Select(Samples.Combined, Gen.Double[0, 200], Gen.Double[0, 200], Gen.Double[0, 200]).Sample((schedule, a, b, c) =>
            Agree(schedule.Integral(a, a + b + c), schedule.Integral(a, a + b) + schedule.Integral(a + b, a + b + c), 1e-11));

    [Fact]
    public void The_integral_of_a_composition_is_the_numeric_integral() =>
        Gen.Select(Samples.Combined, Gen.Double[0, 200], Gen.Double[1, 200]).Sample((schedule, from, length) =>
            Agree(Numeric(schedule, from, from + length), schedule.Integral(from, from + length), 1e-9));

    [Fact]
    public void A_whole_cosine_sums_to_half_of_its_steps_and_half_a_step() => Agree(0.1 * (1_000_000_001 / 2.0),
        new CosineDecay(0.1, 1_000_000_000).Sum(0, 1_000_000_000));

    [Fact]
    public void The_last_steps_of_a_long_cosine_keep_their_digits()
    {
        // sin²x = x² (1 − x²/3 + …): five terms, the largest x being 5e-6·π/2.
        double unit = Math.PI / 2 * 1e-6, expected = unit * unit * 385 - Math.Pow(unit, 4) / 3 * 25333;
        Agree(expected, new CosineDecay(1, 1_000_000).Sum(999_990, 1_000_000), 1e-14);
    }

    [Fact]
    public void A_trillion_rates_of_inverse_time_sum_to_the_harmonic_number() => Agree(
        SpecialFunctions.DiGamma(1e12 + 1) - SpecialFunctions.DiGamma(1), new InverseTimeDecay(1).Sum(0, 1_000_000_000_000), 1e-13);

    [Fact]
    public void All_squares_of_inverse_time_sum_to_the_sixth_of_pi_squared() =>
        Agree(Math.PI * Math.PI / 6 - 1e-12 + 0.5e-24, new InverseTimeDecay(1).SumOfSquares(0, 1_000_000_000_000), 1e-13);

    [Fact]
    public void Rates_that_halve_at_every_step_sum_to_twice_the_first() =>
        Agree(2 * (1 - Math.Pow(2, -40)), new ExponentialDecay(1, 0.5).Sum(0, 40), 1e-15);

    [Fact]
    public void A_growing_exponential_sums_from_its_largest_term() =>
        Agree(Math.Pow(2, 1000), new ExponentialDecay(1, 2).Sum(0, 1000), 1e-12);

    [Fact]
    public void The_average_is_the_sum_per_update() =>
        Assert.Equal(0.055, new LinearDecay(0.1, 10).Average(0, 10), 1e-16);

    [Fact]
    public void The_average_of_no_updates_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(0.1).Average(3, 3));

    [Fact]
    public void A_jump_counts_where_the_schedule_says()
    {
        double[] boundaries = [10], values = [1, 2];
        Assert.Equal(10 + 2 * 10, new PiecewiseConstant(boundaries, values, BoundaryChange.At).Sum(0, 20));
        Assert.Equal(11 + 2 * 9, new PiecewiseConstant(boundaries, values, BoundaryChange.After).Sum(0, 20));
    }

    [Fact]
    public void A_shape_that_tells_nothing_is_summed_by_its_values()
    {
        var schedule = new Quadratic();
        Assert.Equal(285, schedule.Sum(0, 10));
        Assert.Equal(15333, schedule.SumOfSquares(0, 10));
        Assert.Equal(1000.0 / 3, schedule.Integral(0, 10), 1e-10);
    }

    sealed record Quadratic : Schedule
    {
        protected override double Rate(double t) => t * t;
    }

    /// <summary>The independent route: every term, added in decimal, which holds 28 digits.</summary>
    static double Naive(long from, long to, Func<double, double> term)
    {
        decimal sum = 0;
        for (long t = from; t < to; t++)
            sum += Exact(term(t));
        return (double)sum;
    }

    /// <summary>A plain cast keeps 15 digits of a double only; the second brings the rest.</summary>
    static decimal Exact(double value)
    {
        decimal rough = (decimal)value;
        return rough + (decimal)(value - (double)rough);
    }

    /// <summary>The double exponential rule between all corners that the schedule names, asked through At alone.</summary>
    static double Numeric(Schedule schedule, double from, double to)
    {
        double[] ends = [from, .. schedule.Pieces(from, to).Select(piece => piece.To)];
        return ends.Zip(ends.Skip(1)).Sum(ends => DoubleExponentialTransformation.Integrate(
            t => schedule.At(Math.Max(Math.BitIncrement(ends.First), Math.Min(t, Math.BitDecrement(ends.Second)))), ends.First, ends.Second, 1e-12));
    }

    static void Agree(double expected, double actual, double share = 1e-12) =>
        Assert.True(Math.Abs(expected - actual) <= share * Math.Abs(expected) + 1e-26, $"expected {expected:R}, got {actual:R}");
}
