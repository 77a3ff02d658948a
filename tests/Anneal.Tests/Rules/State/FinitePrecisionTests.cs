namespace Anneal.Tests;

/// <summary>What few bits do to a run, and what the cures do about it.</summary>
public class FinitePrecisionTests
{
    /// <summary>Adam's second moment under gradients of 8 until it stands, then of 6: from 64 it should fall to 36.</summary>
    static double[] SecondMoment(Precision precision, int n)
    {
        Rule rule = new AdamW(Beta2: 0.999, Decay: 0);
        var state = rule.Start(Layout.Of(n), precision);
        float[] weights = new float[n], high = [.. Enumerable.Repeat(8f, n)], low = [.. Enumerable.Repeat(6f, n)];
        for (int t = 0; t < 12_000; t++)
            rule.Step(state, weights, t < 8_000 ? high : low, 1e-6);
        return state["v"];
    }

    [Fact]
    public void A_second_moment_in_bfloat16_stands_still_to_nearest_and_follows_by_chance()
    {
        // At 16 it moves by 0.001 · (64 − 16) = 0.048, less than half the distance of 0.125 between the numbers from there on; and back by less still.
        double nearest = SecondMoment(Precision.SingleWithBFloat16StateRoundedToNearest, 1)[0];
        Assert.Equal(16, nearest);
        double[] chance = SecondMoment(Precision.SingleWithBFloat16State, 2_000);
        double exact = 36 + (64 * (1 - Math.Pow(0.999, 8_000)) - 36) * Math.Pow(0.999, 4_000);
        Assert.Equal(exact, chance.Average(), 0.3);
    }

    [Fact]
    public void State_in_bfloat16_has_the_same_bits_at_any_number_of_threads_and_after_a_resume()
    {
        foreach (var precision in new[] { Precision.SingleWithBFloat16State, Precision.SingleWithBFloat16StateRoundedToNearest })
        {
            Rule rule = new AdamW();
            var shape = Layout.Of(("matrix", [500, 500]), ("vector", [20_003]));
            float[] one = [.. Enumerable.Range(0, shape.Count).Select(i => MathF.Sin(i))], several = [.. one], other = [.. one], gradient = new float[one.Length];
            RuleState first = rule.Start(shape, precision), second = rule.Start(shape, precision), third = rule.Start(shape, precision);
            for (int t = 0; t < 6; t++)
            {
                for (int i = 0; i < gradient.Length; i++)
                    gradient[i] = MathF.Cos(i + t);
                rule.Step(first, one, gradient, new StepOptions(0.01) { Threads = 1, Seed = 3 });
                rule.Step(second, several, gradient, new StepOptions(0.01) { Threads = 2 + t % 2, Seed = 3 });
                rule.Step(third, other, gradient, new StepOptions(0.01) { Seed = 4 });
                using var stream = new MemoryStream();
                StateFile.Save(second, stream);
                stream.Position = 0;
                second = StateFile.Load(rule, shape, stream, precision);
            }
            Assert.True(one.AsSpan().SequenceEqual(several));
            Assert.True(first.SameAs(second));
            Assert.Equal(precision != Precision.SingleWithBFloat16State, first.SameAs(third));
        }
    }

    /// <summary>Each with how far 10000 steps of 1e-4 from 1 may end from 2: a unit of the format, and what each step may be off.</summary>
    public static TheoryData<Rule, double> Cures => new()
    {
        { new KahanWeights(new Sgd()), Math.Pow(2, -6) + 10_000 * Math.Pow(2, -17) }, { new MasterWeights(new Sgd()), Math.Pow(2, -6) },
        { new KahanWeights(new Sgd(), NumberFormat.Float16), Math.Pow(2, -9) + 10_000 * Math.Pow(2, -23) }, { new MasterWeights(new Sgd(), NumberFormat.Float16), Math.Pow(2, -9) },
    };

    [Theory, MemberData(nameof(Cures))]
    public void Small_steps_add_up_where_what_is_lost_is_kept(Rule rule, double allowed)
    {
        var format = rule is KahanWeights kahan ? kahan.Format : ((MasterWeights)rule).Format;
        foreach (bool inDouble in new[] { false, true })
        {
            Assert.InRange(Reached(rule, 10_000, 1e-4, inDouble), 2 - allowed, 2 + allowed);
            // 2⁻¹³ has one digit: nothing of it is lost.
            Assert.Equal(2, Reached(rule, 8_192, Math.Pow(2, -13), inDouble));
            Assert.Equal(1, Reached(new RoundedWeights(new Sgd(), format, Rounding.Nearest), 10_000, 1e-4, inDouble));
        }

        double Reached(Rule rule, int steps, double rate, bool inDouble)
        {
            var state = rule.Start(Layout.Of(1), inDouble ? Precision.Double : Precision.Single);
            double[] w = [1];
            float[] f = [1];
            for (int t = 0; t < steps; t++)
                if (inDouble)
                    rule.Step(state, w, [-1], rate);
                else
                    rule.Step(state, f, [-1], rate);
            double reached = inDouble ? w[0] : f[0];
            Assert.Equal(reached, format.Nearest(reached));
            return reached;
        }
    }

    [Fact]
    public void The_smallest_rate_that_moves_a_weight_of_1_in_bfloat16_is_a_half_of_its_neighbours_distance()
    {
        Rule rule = new RoundedWeights(new Sgd(), Rounding: Rounding.Nearest);
        // Up the neighbour is 2⁻⁷ away, down 2⁻⁸; a tie goes to the even number, which is 1.
        Assert.Equal([1f, 1.0078125f, 1f, 0.99609375f], new[] { -0.00390625f, -0.0039064f, 0.001953125f, 0.0019532f }.Select(Moved));

        float Moved(float step)
        {
            float[] w = [1];
            rule.Step(rule.Start(Layout.Of(1), Precision.Single), w, [step], 1);
            return w[0];
        }
    }

    [Fact]
    public void The_scale_of_the_loss_falls_at_an_overflow_and_rises_after_a_while()
    {
        var rule = new DynamicLossScale(new Sgd(), InitialScale: 1024, GrowthInterval: 3);
        var state = rule.Start(Layout.Of(2));
        double[] w = [1, 2];
        Assert.Equal(1024, rule.ScaleOf(state));
        rule.Step(state, w, [1024, 2048], 0.5);
        Assert.Equal([0.5, 1], w);
        rule.Step(state, w, [double.PositiveInfinity, 0], 0.5);
        Assert.Equal([0.5, 1], w);
        Assert.Equal((512.0, 1.0, 1L), (rule.ScaleOf(state), state["skipped"][0], state.Updates));
        for (int t = 0; t < 3; t++)
            rule.Step(state, w, [512, 0], 0.1);
        Assert.Equal(1024, rule.ScaleOf(state));
        Assert.Equal([0.2, 1], w, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<ArgumentException>(() => rule.ScaleOf(new Sgd().Start(Layout.Of(2))));
    }

    [Fact]
    public void The_scale_of_the_loss_stays_a_normal_32_bit_number()
    {
        // The smallest is 2⁻¹²⁶, the largest (2 − 2⁻²³) · 2¹²⁷; ten steps from a thousandfold away reach each, and the eleventh leads no further.
        double least = Math.Pow(2, -126), most = (2 - Math.Pow(2, -23)) * Math.Pow(2, 127);
        foreach (var (rule, gradient, limit) in new[]
        {
            (new DynamicLossScale(new Sgd(), InitialScale: 1000 * least), double.NaN, least), (new DynamicLossScale(new Sgd(), InitialScale: most / 1000, GrowthInterval: 1), 0.0, most),
        })
        {
            var state = rule.Start(Layout.Of(1));
            double before = rule.ScaleOf(state);
            for (int t = 1; t <= 11; t++)
            {
                rule.Step(state, [1.0], [gradient], 0.1);
                double scale = rule.ScaleOf(state), free = limit < 1 ? before / 2 : before * 2;
                Assert.Equal(t < 10 ? free : limit, scale);
                Assert.True(float.IsNormal((float)scale));
                before = scale;
            }
            Assert.Equal(limit < 1 ? 11 : 0, state["skipped"][0]);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicLossScale(new Sgd(), InitialScale: least / 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicLossScale(new Sgd(), InitialScale: most * 2));
    }

    [Fact]
    public void Gradients_that_vanish_in_float16_survive_a_scale()
    {
        double[] small = [1e-8], w = [1], v = [1];
        Rule bare = new DynamicLossScale(new Sgd(), InitialScale: 1, GrowthFactor: 1, Simulated: NumberFormat.Float16), scaled = new DynamicLossScale(new Sgd(), Simulated: NumberFormat.Float16);
        bare.Step(bare.Start(Layout.Of(1)), w, small, 1e7);
        scaled.Step(scaled.Start(Layout.Of(1)), v, small, 1e7);
        Assert.Equal(1, w[0]);
        Assert.Equal(0.9, v[0], 1e-3);
        // Too large a scale overflows, is halved until the gradient fits, and then steps.
        var state = scaled.Start(Layout.Of(1));
        v = [1];
        for (int t = 0; t < 12; t++)
            scaled.Step(state, v, [100.0], 1e-3);
        Assert.Equal(512, ((DynamicLossScale)scaled).ScaleOf(state));
        Assert.Equal(7, state["skipped"][0]);
        Assert.Equal(0.5, v[0], 1e-3);
    }

    [Fact]
    public void Any_rule_learns_with_weights_of_16_bits()
    {
        foreach (var rule in Gallery.Rules.Where(r => !r.NeedsOracle() && r is not (Preconditioned or Lbfgs)))
            foreach (Rule kept in new Rule[] { new RoundedWeights(rule), new KahanWeights(rule), new MasterWeights(rule), new DynamicLossScale(rule, Simulated: NumberFormat.Float16) })
            {
                var state = kept.Start(Layout.Of(("matrix", [4, 3]), ("vector", [5])), Precision.Single);
                float[] weights = [.. Enumerable.Range(0, 17).Select(i => MathF.Sin(i + 1))];
                float before = weights.Sum(w => w * w);
                for (int t = 0; t < 50; t++)
                    kept.Step(state, weights, [.. weights.Select((w, i) => w * (1 + i % 3))], 0.02);
                Assert.True(weights.Sum(w => w * w) < before, $"{kept} ended at {string.Join(", ", weights)}");
                if (kept is not DynamicLossScale)
                    Assert.All(weights, w => Assert.Equal((double)w, NumberFormat.BFloat16.Nearest(w)));
            }
    }
}
