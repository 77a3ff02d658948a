using CsCheck;

namespace Anneal.Tests;

public class PowerSumsTests
{
    [Fact]
    public void A_progression_of_powers_is_the_sum_of_its_terms() =>
        Gen.Select(Gen.Int[1, 3200], Gen.Int[1, 320], Gen.Int[0, 3000], Gen.Double[-4, 4], Gen.Bool).Sample((a, b, count, p, down) =>
        {
            // Multiples of 1/64 make every term of the progression exact in both directions.
            double start = a / 64.0, stride = b / 64.0;
            double expected = CompensatedSum.Over(x => Math.Pow(x, p), start, stride, count);
            double actual = down && count > 0
                ? PowerSums.Progression(start + stride * (count - 1), -stride, count, p)
                : PowerSums.Progression(start, stride, count, p);
            Assert.Equal(expected, actual, 2e-13 * expected);
        });

    [Theory]
    [InlineData(1, 500_000_500_000.0)]
    [InlineData(2, 333_333_833_333_500_000.0)]
    [InlineData(-1, 14.392726722865723)] // the millionth harmonic number
    [InlineData(-2, 1.6449330668487265)]
    [InlineData(-9, 1.0020083928260822)] // ζ(9)
    [InlineData(0.5, 666_667_166.4588221)]
    [InlineData(-0.5, 1998.5401454911484)]
    public void The_first_million_powers_have_known_sums(double p, double expected) =>
        Assert.Equal(expected, PowerSums.Progression(1, 1, 1_000_000, p), 1e-14 * expected);

    [Fact]
    public void A_progression_may_start_at_0() => Assert.Equal(285, PowerSums.Progression(0, 1, 10, 2), 1e-12);

    [Theory]
    [InlineData(0, 2, 0.5, 1.885618083164127)]
    [InlineData(1, 4, -1, 1.3862943611198906)]
    [InlineData(1, 4, -0.5, 2)]
    [InlineData(2, 3, 2, 19.0 / 3)]
    [InlineData(0, 0, 1, 0)]
    public void Integrals_of_powers_are_known(double from, double to, double p, double expected) =>
        Assert.Equal(expected, PowerSums.Integral(from, to, p), 1e-15);

    [Theory]
    [InlineData(-1)]
    [InlineData(-1.5)]
    [InlineData(-3)]
    public void The_area_under_one_over_x_and_steeper_from_0_is_infinite(double p) => Assert.Equal(double.PositiveInfinity, PowerSums.Integral(0, 1, p));

    [Fact]
    public void A_short_way_far_out_keeps_its_digits() => Assert.Equal(1e-9, PowerSums.Integral(1e9, 1e9 + 1, -1), 1e-18 * 1.1);
}
