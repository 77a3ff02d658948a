namespace Anneal.Tests;

/// <summary>What the theory behind each list of coefficients says of it, to its last triple: no golden record takes that many steps.</summary>
public class NewtonSchulzCoefficientsTests
{
    /// <summary>Singular values from a thousandth to 1, evenly and by powers.</summary>
    static double[] Promised { get; } = [.. Enumerable.Range(0, 20_001).Select(i => 0.001 + 0.999 * i / 20_000), .. Enumerable.Range(0, 3_001).Select(i => Math.Pow(10, -3 + i / 1_000.0))];

    static double[] Through(IEnumerable<NewtonSchulzStep> steps, double least = 0.001) => [.. Promised.Where(s => s >= least).Select(s => steps.Aggregate(s, (x, step) => step.At(x)))];

    /// <summary>
    /// The eight triples of Polar Express are the best polynomials from 0.001 on, with the cushion and the slowing that their publishers name. The list of its authors is the plain one,
    /// slowed afterwards, so that it is computed without slowing and ten steps long.
    /// </summary>
    [Theory]
    [InlineData(CoefficientSet.PolarExpress, 10, 1, 0.02407327424182761, 1.01)]
    [InlineData(CoefficientSet.PolarExpressCushioned, 8, 1.01, 0.02, 1)]
    [InlineData(CoefficientSet.PolarExpressSafer, 8, 1.02, 0.02, 1)]
    [InlineData(CoefficientSet.PolarExpressFive, 5, 1.02, 0.02, 1)]
    public void Polar_Express_is_the_list_that_its_algorithm_computes(CoefficientSet set, int steps, double safety, double cushion, double slowed)
    {
        var list = NewtonSchulzCoefficients.Of(set);
        var computed = NewtonSchulzCoefficients.PolarExpress(0.001, steps, safety, cushion);
        Assert.Equal(set == CoefficientSet.PolarExpressFive ? 5 : 8, list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            double slow = i < list.Count - 1 ? slowed : 1;
            // From the sixth on the equations are nearly singular, here as with the authors, whose digits end there too.
            double digits = i < 5 ? 1e-11 : 1e-5;
            foreach (var (wanted, got) in new[] { (computed[i].A / slow, list[i].A), (computed[i].B / (slow * slow * slow), list[i].B), (computed[i].C / Math.Pow(slow, 5), list[i].C) })
                Assert.Equal(wanted, got, digits * Math.Abs(wanted));
        }
    }

    /// <summary>
    /// The theorem of Polar Express: what lies between the smallest singular value planned for and 1 ends as near to 1 as the smallest does. After eight steps that is as near as
    /// doubles are; after five, 1 − 0.859. What is added is the rounding of the last polynomial, whose terms are at most 3.5 together.
    /// </summary>
    [Theory]
    [InlineData(CoefficientSet.PolarExpress, 1e-13)]
    [InlineData(CoefficientSet.PolarExpressCushioned, 1e-13)]
    [InlineData(CoefficientSet.PolarExpressSafer, 1e-13)]
    [InlineData(CoefficientSet.PolarExpressRounded, 1e-13)]
    [InlineData(CoefficientSet.PolarExpressFive, 0.15)]
    public void The_smallest_singular_value_is_the_one_that_ends_furthest_from_1(CoefficientSet set, double most)
    {
        var list = NewtonSchulzCoefficients.Of(set);
        double smallest = list.Aggregate(0.001, (s, step) => step.At(s));
        Assert.InRange(smallest, 1 - most, 1);
        double apart = 1 - smallest + 4 * 3.5 * Math.Pow(2, -53);
        Assert.All(Through(list), s => Assert.InRange(s, 1 - apart, 1 + apart));
    }

    [Fact]
    public void The_printed_Polar_Express_has_four_decimals_of_its_authors_list()
    {
        var exact = NewtonSchulzCoefficients.Of(CoefficientSet.PolarExpress);
        var printed = NewtonSchulzCoefficients.Of(CoefficientSet.PolarExpressRounded);
        Assert.Equal(exact.Count, printed.Count);
        // Cut or rounded: a unit of the fourth decimal at most.
        foreach (var (a, b) in exact.Zip(printed))
            Assert.All(new[] { a.A - b.A, a.B - b.B, a.C - b.C }, difference => Assert.InRange(difference, -1e-4, 1e-4));
    }

    /// <summary>Chebyshev's alternation: without cushion and slowing the best list from 0.001 on is that of CANS, printed to four decimals.</summary>
    [Fact]
    public void Cans_is_the_best_list_of_five()
    {
        var best = NewtonSchulzCoefficients.PolarExpress(0.001, 5);
        var list = NewtonSchulzCoefficients.Of(CoefficientSet.Cans);
        Assert.Equal(5, list.Count);
        // Half a unit of the fourth decimal.
        foreach (var (a, b) in best.Zip(list))
            Assert.All(new[] { a.A - b.A, a.B - b.B, a.C - b.C }, difference => Assert.InRange(difference, -5.001e-5, 5.001e-5));
    }

    /// <summary>
    /// A relaxed cubic lets singular values overshoot to 1.3: every step has its top there, and from the second on both ends of the range that the steps before leave come to the same
    /// place, which is the next range's lower end.
    /// </summary>
    [Fact]
    public void Each_cubic_step_tops_at_1_point_3_and_is_level_at_both_ends()
    {
        var list = NewtonSchulzCoefficients.Of(CoefficientSet.Cubic);
        Assert.Equal(5, list.Count);
        double low = 0;
        for (int i = 0; i < 5; i++)
        {
            var step = list[i];
            Assert.Equal(0, step.C);
            // Seven decimals: half a unit of a and of b, times 1.3 and 1.3³, and what was uncertain of the lower end times the slope.
            double digits = 0.5e-7 * (1.3 + 1.3 * 1.3 * 1.3), top = Math.Sqrt(-step.A / (3 * step.B));
            Assert.Equal(1.3, step.At(top), digits);
            double high = step.At(i == 0 ? 1 : 1.3);
            if (i > 0)
                Assert.Equal(high, step.At(low), digits * (1 + step.A));
            low = high;
        }
        // The digits of the first step pass through the slopes of the four others, 35 together, those of the second through 14, and so on.
        Assert.All(Through(list, 0.01), s => Assert.InRange(s, low - 1e-5, 1.3 + 1e-5));
    }

    /// <summary>One triple repeated has no singular value settle, but keeps them between the least and the greatest value that it takes where it has brought them.</summary>
    [Fact]
    public void Jordans_steps_bring_singular_values_between_0_point_68_and_1_point_14()
    {
        var step = Assert.Single(NewtonSchulzCoefficients.Of(CoefficientSet.Jordan));
        // The polynomial's own turning points.
        double root = Math.Sqrt(9 * step.B * step.B - 20 * step.A * step.C), most = step.At(Math.Sqrt((-3 * step.B - root) / (10 * step.C))), least = step.At(Math.Sqrt((-3 * step.B + root) / (10 * step.C)));
        Assert.Equal((0.68, 1.20), (Math.Round(least, 2), Math.Round(most, 2)));
        Assert.InRange(step.At(most), least, most);
        for (int steps = 6; steps <= 20; steps++)
            Assert.All(Through(Enumerable.Repeat(step, steps)), s => Assert.InRange(s, least - 1e-12, most + 1e-12));
    }

    [Fact]
    public void DeepSeeks_list_is_eight_of_Jordans_and_two_that_square_what_is_missing()
    {
        var list = NewtonSchulzCoefficients.Of(CoefficientSet.DeepSeekV4);
        Assert.Equal(10, list.Count);
        Assert.Equal(Enumerable.Repeat(NewtonSchulzCoefficients.Of(CoefficientSet.Jordan)[0], 8), list.Take(8));
        foreach (var last in list.Skip(8))
        {
            // Fixed at 1 and flat there: 2 − 1.5 + 0.5 and 2 − 3 · 1.5 + 5 · 0.5 are exact.
            Assert.Equal(1, last.At(1));
            Assert.Equal(0, last.A + 3 * last.B + 5 * last.C);
            // 1 + e becomes 1 + e²/2 + 3.5e³ + 2.5e⁴ + e⁵/2.
            foreach (double e in new[] { -0.01, 0.001, 0.02 })
                Assert.Equal(0.5 + 3.5 * e + 2.5 * e * e + 0.5 * e * e * e, (last.At(1 + e) - 1) / (e * e), 4e-16 / (e * e) * 4);
        }
        // The furthest that Jordan's steps leave is 0.68. The first of the two brings it to 0.96, the second to 1 and less than half the square of the rest.
        double left = 1 - list[8].At(0.6818);
        Assert.All(Through(list), s => Assert.InRange(s, 1 - 1e-12, 1 + left * left / 2));
    }

    [Theory]
    [InlineData(CoefficientSet.Quintic, 0.003, 0.97, 1.15)]
    [InlineData(CoefficientSet.Quintic, 0.01, 0.977, 1.032)]
    [InlineData(CoefficientSet.Cans, 0.001, 0.88, 1.12)]
    public void Lists_of_five_bring_singular_values_near_1(CoefficientSet set, double from, double least, double most) =>
        Assert.All(Through(NewtonSchulzCoefficients.Of(set), from), s => Assert.InRange(s, least, most));

    /// <summary>Every computed step sends the ends of its range equally far to both sides of 1, cushioned or not, and what lies between no further.</summary>
    [Theory]
    [InlineData(0.001, 0, 5)]
    [InlineData(0.001, 0.02, 5)]
    [InlineData(0.001, 0.1, 5)]
    [InlineData(0.3, 0.1, 5)]
    [InlineData(0.001, 0, 3)]
    [InlineData(0.3, 0.1, 3)]
    public void A_computed_step_sends_both_ends_equally_far_from_1(double smallest, double cushion, int degree)
    {
        double low = smallest, high = 1;
        foreach (var step in NewtonSchulzCoefficients.PolarExpress(smallest, 6, 1, cushion, degree))
        {
            double end = step.At(low);
            Assert.InRange(end, low - 1e-12, 1 + 1e-12);
            // A cubic has its top inside, and is 1 − E at both ends.
            Assert.Equal(2, end + (degree == 5 ? step.At(high) : Top(step)), 1e-12);
            for (int i = 0; i <= 1_000; i++)
                Assert.InRange(step.At(low + (high - low) * i / 1_000), end - 1e-12, 2 - end + 1e-12);
            (low, high) = (end, 2 - end);
        }

        static double Top(NewtonSchulzStep step) => step.At(Math.Sqrt(-step.A / (3 * step.B)));
    }

    [Fact]
    public void A_cushion_that_the_range_fills_changes_nothing()
    {
        // 0.3 of 1 is more than a tenth, and every later range is narrower.
        Assert.Equal(NewtonSchulzCoefficients.PolarExpress(0.3, 5), NewtonSchulzCoefficients.PolarExpress(0.3, 5, cushion: 0.1));
        Assert.NotEqual(NewtonSchulzCoefficients.PolarExpress(0.05, 5), NewtonSchulzCoefficients.PolarExpress(0.05, 5, cushion: 0.1));
        // A single step is the last, which is never slowed.
        Assert.Equal(NewtonSchulzCoefficients.PolarExpress(0.3, 1), NewtonSchulzCoefficients.PolarExpress(0.3, 1, safety: 1.5));
    }

    [Fact]
    public void A_range_of_almost_one_point_gets_the_flat_polynomial()
    {
        var step = Assert.Single(NewtonSchulzCoefficients.PolarExpress(1 - 1e-6, 1));
        Assert.Equal(new NewtonSchulzStep(1.875, -1.25, 0.375), step);
        // Just outside, the equations give the same to the digits they still have.
        var solved = Assert.Single(NewtonSchulzCoefficients.PolarExpress(1 - 1e-3, 1));
        Assert.Equal(1.875, solved.A, 0.01);
        Assert.NotEqual(step, solved);
    }

    [Fact]
    public void What_no_list_can_be_computed_for_is_refused()
    {
        foreach (double smallest in new[] { 0.0, -0.1, 1, 2, double.NaN })
            Assert.Equal("smallest", Assert.Throws<ArgumentOutOfRangeException>(() => NewtonSchulzCoefficients.PolarExpress(smallest, 5)).ParamName);
        Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(() => NewtonSchulzCoefficients.PolarExpress(0.1, 0)).ParamName);
        Assert.Equal("safety", Assert.Throws<ArgumentOutOfRangeException>(() => NewtonSchulzCoefficients.PolarExpress(0.1, 5, 0.99)).ParamName);
        Assert.Equal("cushion", Assert.Throws<ArgumentOutOfRangeException>(() => NewtonSchulzCoefficients.PolarExpress(0.1, 5, cushion: 1)).ParamName);
        foreach (int degree in new[] { 1, 4, 7 })
            Assert.Contains("3 or 5", Assert.Throws<ArgumentOutOfRangeException>(() => NewtonSchulzCoefficients.PolarExpress(0.1, 5, degree: degree)).Message);
        Assert.Single(NewtonSchulzCoefficients.PolarExpress(0.1, 1, 1, 0));
    }
}
