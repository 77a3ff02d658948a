using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;

namespace Anneal.Lessons.Tests;

public partial class CosineSolutionTests
{
    [Fact]
    public void The_lecture_exercise_is_solved_in_five_lines() => Assert.Equal(
        [
            @"\eta(1250) &= 0.0001 + (0.002 - 0.0001) \cdot \tfrac{1}{2}\left(1 + \cos\frac{\pi \cdot 1250}{5000}\right)",
            @"&= 0.0001 + 0.0019 \cdot \tfrac{1}{2}\left(1 + \cos\frac{\pi}{4}\right)",
            @"&\approx 0.0001 + 0.0019 \cdot \tfrac{1}{2}(1 + 0.707107)",
            @"&\approx 0.0001 + 0.0019 \cdot 0.853553",
            @"&\approx 0.0001 + 0.00162175 \approx 0.00172175",
        ],
        new CosineQuestion(0.002, 0.0001, 5000, 1250).Solution.Lines);

    [Fact]
    public void A_right_angle_is_exact_and_a_negative_cosine_is_bracketed()
    {
        Assert.Equal(@"&= 0.0001 + 0.0019 \cdot \tfrac{1}{2}(1 + 0)", new CosineQuestion(0.002, 0.0001, 5000, 2500).Solution.Lines[2]);
        Assert.Equal(@"&= 0.0001 + 0.0019 \cdot \tfrac{1}{2}(1 + (-1))", new CosineQuestion(0.002, 0.0001, 5000, 5000).Solution.Lines[2]);
        Assert.Equal(@"&= 0.0001 + 0 = 0.0001", new CosineQuestion(0.002, 0.0001, 5000, 5000).Solution.Lines[4]);
    }

    [Fact]
    public void A_tiny_rate_is_a_power_of_ten() =>
        Assert.EndsWith(@"\approx 2.4674 \cdot 10^{-8}", new CosineQuestion(0.1, 0, 100_000, 99_968.37722).Solution.Lines[4]);

    [GeneratedRegex(@"(?<digits>[0-9.]+)(?: \\cdot 10\^\{(?<exponent>-?[0-9]+)\})?$")]
    private static partial Regex LastNumber { get; }

    // The rate in 28-digit decimal arithmetic: cos by its Taylor series, so that the printed digits have a judge of their own.
    static decimal Reference(CosineQuestion q)
    {
        decimal x = 3.1415926535897932384626433833m * (decimal)q.At / (decimal)q.Steps, term = 1, cos = 1;
        for (int n = 2; n < 60; n += 2)
            cos += term *= -x * x / (n * (n - 1));
        return (decimal)q.Floor + ((decimal)q.Peak - (decimal)q.Floor) * (1 + cos) / 2;
    }

    [Fact]
    public void The_last_number_is_the_rate_correctly_rounded_to_six_digits() =>
        Gen.Select(Gen.Int[1, 9999], Gen.Int[0, 999], Gen.Int[2, 100_000], Gen.Double[0, 0.999], (peak, floor, steps, x) =>
                new CosineQuestion(peak / 1e4, peak / 1e4 * (floor / 1e3), steps, Math.Round(steps * x)))
            .Sample(q =>
            {
                var last = LastNumber.Match(q.Solution.Lines[4]);
                decimal printed = decimal.Parse(last.Groups["digits"].Value, CultureInfo.InvariantCulture);
                int exponent = last.Groups["exponent"].Success ? int.Parse(last.Groups["exponent"].Value, CultureInfo.InvariantCulture) : 0;
                decimal scale = (decimal)Math.Pow(10, Math.Abs(exponent)), reference = Reference(q);
                printed = exponent < 0 ? printed / scale : printed * scale;
                // Half a unit of the sixth digit; the double computation may be off by 1e-13 of the rate at a tie.
                decimal unit = (decimal)Math.Pow(10, Math.Floor(Math.Log10((double)reference)) - 5);
                return Math.Abs(printed - reference) <= unit / 2 + reference * 1e-9m;
            });

    [Theory]
    [InlineData(0, @"= 0.1 \cdot \tfrac{1}{2}\left(1 + \cos0\right)")]
    [InlineData(12_000, @"\cos\pi\right)")]
    [InlineData(8_000, @"\cos\frac{2\pi}{3}\right)")]
    [InlineData(1_234, @"&\approx 0.1 \cdot \tfrac{1}{2}\left(1 + \cos(0.102833\,\pi)\right)")]
    public void The_angle_is_a_fraction_of_pi_where_that_is_short(double t, string end) =>
        Assert.EndsWith(end, new CosineQuestion(0.1, 0, 12_000, t).Solution.Lines[1]);
}
