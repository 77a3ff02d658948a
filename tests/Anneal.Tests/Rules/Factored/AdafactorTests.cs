using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

public class AdafactorTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Adafactor_factors_a_matrix_whose_shorter_side_is_long_enough(int from, bool factored)
    {
        var state = new Adafactor(MinDimensionToFactor: from).Start(Layout.Of(2, 5));
        Assert.Equal(factored ? (2, 5, 0) : (0, 0, 10), (state["row"].Length, state["column"].Length, state["v"].Length));
    }

    [Theory]
    [InlineData(AdafactorRates.Capped)]
    [InlineData(AdafactorRates.Given)]
    [InlineData(AdafactorRates.Relative)]
    [InlineData(AdafactorRates.RelativeWithWarmup)]
    public void Adafactor_takes_its_rate_as_it_is_told(AdafactorRates rates)
    {
        // The relative rates turn at step 10,000, where 0.01 and 1e-6·t are 1/√t.
        double v = 0, expected = 1;
        double[] w = [1];
        var rule = new Adafactor(ClippingThreshold: null, ScaleFloor: null, Rates: rates);
        var state = rule.Start(Layout.Of(1));
        for (int t = 1; t <= 12_000; t++)
        {
            double g = Gradient(t, 1);
            rule.Step(state, w, [g], Rate);
            double kept = 1 - Math.Pow(t, -0.8);
            v = kept * v + (1 - kept) * (g * g + 1e-30);
            expected -= g / Math.Sqrt(v) * rates switch
            {
                AdafactorRates.Capped => Math.Min(Rate, 1 / Math.Sqrt(t)),
                AdafactorRates.Relative => Math.Min(0.01, 1 / Math.Sqrt(t)),
                AdafactorRates.RelativeWithWarmup => Math.Min(1e-6 * t, 1 / Math.Sqrt(t)),
                _ => Rate,
            };
            // 12,000 roundings of numbers of size 1 at most.
            Assert.True(Math.Abs(expected - w[0]) < 1e-11, $"step {t}: {w[0]:R} instead of {expected:R}");
        }
    }
}
