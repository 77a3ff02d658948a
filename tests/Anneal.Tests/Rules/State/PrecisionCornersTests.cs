namespace Anneal.Tests;

/// <summary>Rounding and its wrappers where numbers overflow, scales are small, arrays are split, or a rule has more to keep than lanes can.</summary>
public class PrecisionCornersTests
{
    /// <summary>Above 65504 float16's next number would be 65536: what lies between becomes infinity as often as it lies beyond, of all 65,536 values of the bits.</summary>
    [Theory]
    [InlineData(65_504, 0)]
    [InlineData(65_512, 16_384)]
    [InlineData(65_520, 32_768)]
    [InlineData(65_532, 57_344)]
    public void Past_the_largest_float16_a_number_becomes_infinite_as_often_as_it_should(double x, int expected)
    {
        foreach (int sign in new[] { 1, -1 })
        {
            double[] drawn = [.. Enumerable.Range(0, 65_536).Select(bits => NumberFormat.Float16.Stochastic(sign * x, (ushort)bits))];
            Assert.Equal(expected, drawn.Count(double.IsInfinity));
            Assert.All(drawn, v => Assert.True(v == sign * 65_504.0 || v == sign * double.PositiveInfinity));
        }
    }

    [Fact]
    public unsafe void A_sum_past_the_largest_number_loses_nothing_that_could_come_back()
    {
        double[] weights = [1e6, 65_504, -1e6], before = [60_000, 65_504, -60_000], lost = [8, 4, -8];
        fixed (double* w = weights, b = before, l = lost)
            WeightRounding.KahanEach(w, b, l, 3, NumberFormat.Float16);
        Assert.Equal([double.PositiveInfinity, 65_504, double.NegativeInfinity], weights);
        Assert.Equal([0, 4, 0], lost);
    }

    [Fact]
    public void Kahans_weights_of_64_bits_are_the_same_on_any_number_of_threads()
    {
        const int n = 250_001;
        double[] gradient = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))], start = [.. gradient.Select(g => 1 + g / 2)];
        var rule = new KahanWeights(new Sgd());
        var layout = Layout.Of(n);
        double[] one = [.. start], three = [.. start];
        RuleState first = rule.Start(layout), second = rule.Start(layout);
        for (int t = 0; t < 3; t++)
        {
            rule.Step(first, one, gradient, new StepOptions(1e-4) { Threads = 1 });
            rule.Step(second, three, gradient, new StepOptions(1e-4) { Threads = 3 });
        }
        Assert.Equal(one, three);
        Assert.Equal(first["lost"], second["lost"]);
        // Each weight and what it lost are what exact sums give, to the last place of what is lost: 2⁻¹⁷ of numbers up to 1, of numbers to 2 twice that.
        for (int i = 0; i < n; i += 101)
        {
            double exact = NumberFormat.BFloat16.Nearest(start[i]) - 3e-4 * gradient[i];
            Assert.InRange(Math.Abs(three[i] + second["lost"][i] - exact), 0, 3 * Math.Pow(2, -16));
        }
    }

    [Fact]
    public void A_scale_below_1_is_a_scale_like_any_other()
    {
        var rule = new DynamicLossScale(new Sgd(), InitialScale: 1);
        var state = rule.Start(Layout.Of(1));
        double[] weights = [1];
        rule.Step(state, weights, [double.PositiveInfinity], 0.1);
        rule.Step(state, weights, [double.NaN], 0.1);
        Assert.Equal(0.25, rule.ScaleOf(state));
        Assert.Equal([1.0], weights);
        // The gradient of a loss times ¼ is 0.5: that of the loss is 2.
        rule.Step(state, weights, [0.5], 0.1);
        Assert.Equal(1 - 0.1 * 2, weights[0], 1e-15);
    }

    [Fact]
    public void AdamAtan2_keeps_its_memory_in_bfloat16_unless_it_also_keeps_the_first_weights()
    {
        var state = new AdamAtan2().Start(Layout.Of(4), Precision.SingleWithBFloat16State);
        Assert.All(state.Slots, slot => Assert.Equal(2, slot.Bytes.Length / slot.Length));
        Assert.Contains("bfloat16", Assert.Throws<ArgumentException>(() => new AdamAtan2(Regeneration: 0.1).Start(Layout.Of(4), Precision.SingleWithBFloat16State)).Message);
    }

    [Theory]
    [InlineData(AdamMiniBlocks.ByName, "ln_f.weight", false)]
    [InlineData(AdamMiniBlocks.ByName, "final.bias", false)]
    [InlineData(AdamMiniBlocks.ByName, "conv.weight", true)]
    [InlineData(AdamMiniBlocks.PerTensor, "ln_f.weight", true)]
    [InlineData(AdamMiniBlocks.PerWeight, "ln_f.weight", true)]
    public void Adam_mini_asks_the_name_for_decay_only_where_it_asks_it_for_blocks(AdamMiniBlocks blocks, string name, bool decays)
    {
        var rule = new AdamMini(Decay: 0.5, Blocks: blocks);
        double[] weights = [2, 2, 2];
        rule.Step(rule.Start(Layout.Of((name, [3]))), weights, new double[3], 0.1);
        Assert.All(weights, w => Assert.Equal(decays ? 2 * (1 - 0.1 * 0.5) : 2, w, 1e-15));
    }

    [Fact]
    public void Sharpness_in_Adams_coordinates_refuses_what_it_cannot_read()
    {
        Assert.Throws<ArgumentNullException>(() => PreconditionedSharpness.OfAdam(null!));
        var rule = new AdamW();
        var state = rule.Start(Layout.Of(1));
        Assert.Contains("update", Assert.Throws<ArgumentException>(() => PreconditionedSharpness.OfAdam(state)).Message);
        rule.Step(state, new double[1], [1], 0.1);
        Assert.Equal("beta1", Assert.Throws<ArgumentOutOfRangeException>(() => PreconditionedSharpness.OfAdam(state, beta1: 1)).ParamName);
        Assert.Equal("beta2", Assert.Throws<ArgumentOutOfRangeException>(() => PreconditionedSharpness.OfAdam(state, beta2: 1)).ParamName);
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => PreconditionedSharpness.OfAdam(state, epsilon: 0)).ParamName);
        // (1 − β₁)·(√(v/(1 − β₂)) + ε) after one gradient of 1.
        Assert.Equal(0.1 * (1 + 1e-8), Assert.Single(PreconditionedSharpness.OfAdam(state)), 1e-15);
    }
}
