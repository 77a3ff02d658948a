namespace Anneal.Tests;

public class RuleTests
{
    public static TheoryData<Rule> Fast => [new Sgd(), new Momentum(), new AdamW(), new Lion(), new Adam(), new RAdam(), new Lamb(), new Ftrl(), new Madgrad(), new ApplyIfFinite(new ClipByGlobalNorm(new AdamW(), 1))];

    [Theory, MemberData(nameof(Fast))]
    public void A_step_allocates_nothing(Rule rule)
    {
        var state = rule.Start(Layout.Of(20_000), Precision.Single);
        float[] weights = new float[20_000], gradient = new float[20_000];
        Array.Fill(gradient, 0.1f);
        // The first rounds may still compile; a step that allocates does so in every round.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => Round()).ToList());

        long Round()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
                rule.Step(state, weights, gradient, new StepOptions(0.1) { Threads = 1 });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_state_of_another_rule_is_refused_by_name()
    {
        var state = new AdamW().Start(Layout.Of(2));
        var refused = Assert.Throws<ArgumentException>(() => new Lion().Step(state, new double[2], [1, 1], 0.1));
        Assert.StartsWith("A state of AdamW does not fit Lion.", refused.Message);
        refused = Assert.Throws<ArgumentException>(() => new ClipByGlobalNorm(new AdamW(), 1).Step(state, new double[2], [1, 1], 0.1));
        Assert.StartsWith("A state of AdamW does not fit ClipByGlobalNorm(AdamW).", refused.Message);
    }

    [Fact]
    public void No_weights_and_empty_dimensions_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Layout.Of(0));
        Assert.Throws<ArgumentException>(() => Layout.Of((int[])[]));
        Assert.Throws<ArgumentException>(() => Layout.Of(("a", [2]), ("a", [3])));
    }

    [Fact]
    public void More_weights_than_an_array_holds_are_refused_by_name()
    {
        Assert.StartsWith("Tensor 'weights' would end at number ", Assert.Throws<ArgumentException>(() => Layout.Of(100_000, 100_000)).Message);
        Assert.StartsWith("Tensor 'b' would end at number ", Assert.Throws<ArgumentException>(() => Layout.Of(("a", [2_000_000_000]), ("b", [2_000_000_000]))).Message);
        Assert.Equal(2_000_000_000, Layout.Of(("a", [2, 500_000_000]), ("b", [1_000_000_000])).Count);
    }

    [Fact]
    public void An_offset_beyond_the_step_is_refused_and_the_weights_stay()
    {
        var rule = new Adafactor(Offset: 3);
        double[] weights = [1, 2];
        Assert.Throws<InvalidOperationException>(() => rule.Step(rule.Start(Layout.Of(2)), weights, [1, 1], 0.1));
        Assert.Equal([1, 2], weights);
        new Adafactor(Offset: 0.5).Step(rule.Start(Layout.Of(2)), weights, [1, 1], 0.1);
        Assert.All(weights, w => Assert.True(double.IsFinite(w)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e-3)]
    public void A_rate_that_is_none_is_refused_and_the_weights_stay(double rate)
    {
        double[] weights = [1, 2];
        var state = new AdamW().Start(Layout.Of(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW().Step(state, weights, [1, 1], rate));
        Assert.Equal([1, 2], weights);
        Assert.Equal(0, state.Steps);
    }

    public static TheoryData<string, Func<StepOptions>> Wild => new()
    {
        { "Momentum", () => new StepOptions(0.1) { Momentum = double.NaN } },
        { "Momentum", () => new StepOptions(0.1) { Momentum = 1 } },
        { "Momentum", () => new StepOptions(0.1) { Momentum = -0.1 } },
        { "DecayChange", () => new StepOptions(0.1) { DecayChange = double.NaN } },
        { "DecayChange", () => new StepOptions(0.1) { DecayChange = -1.1 } },
        { "Threads", () => new StepOptions(0.1) { Threads = -1 } },
    };

    [Theory, MemberData(nameof(Wild))]
    public void Knobs_out_of_range_are_refused_by_name(string name, Func<StepOptions> options) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => options()).ParamName);

    [Fact]
    public void What_is_not_there_is_refused_by_name()
    {
        Assert.Equal("Inner", Assert.Throws<ArgumentNullException>(() => new ClipByGlobalNorm(null!, 1)).ParamName);
        Assert.Equal("state", Assert.Throws<ArgumentNullException>(() => new Sgd().Step(null!, new double[2], new double[2], 0.1)).ParamName);
    }

    [Fact]
    public void Hyper_parameters_out_of_range_say_name_limit_and_value()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(Beta1: 1));
        Assert.Equal("Beta1", refused.ParamName);
        Assert.StartsWith("Beta1 must be 0 or above and below 1.", refused.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(Epsilon: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Momentum(Dampening: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClipByGlobalNorm(new Sgd(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientAccumulation(new Sgd(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SophiaG(Rho: 0));
        Assert.Contains("Iterations must be a whole number from 0 to 1000.", Assert.Throws<ArgumentOutOfRangeException>(() => new Muon(Iterations: int.MaxValue)).Message);
        Assert.Contains("HistorySize must be a whole number from 1 to 10000.", Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs(HistorySize: 5_000_000)).Message);
    }

    [Fact]
    public void Bfloat16_memory_is_rounded_to_the_nearest_and_ties_to_even()
    {
        // Eight significant bits: above 1 the numbers are 2⁻⁷ apart.
        float unit = MathF.ScaleB(1, -7);
        float[] gradient = [1 + 0.5f * unit, 1 + 1.5f * unit, 1 + 0.49f * unit, 1 + 0.51f * unit, 1 + 2.5f * unit, -1 - 1.5f * unit, 0, 3, 1 + unit];
        var rule = new Momentum(0.9);
        var state = rule.Start(Layout.Of(9), Precision.SingleWithBFloat16StateRoundedToNearest);
        rule.Step(state, new float[9], gradient, 0.1);
        Assert.Equal([1, 1 + 2 * unit, 1, 1 + unit, 1 + 2 * unit, -1 - 2 * unit, 0, 3, 1 + unit], state["v"]);
    }

    [Fact]
    public void Bfloat16_memory_of_differences_must_be_asked_for_by_name()
    {
        Assert.All([new AdaBelief(), new AdaBelief(Beta2: 0.9), new RmsProp(Centered: true), new RmsProp(Rho: 0.9, Centered: true)], (Rule rule) =>
        {
            string refusal = Assert.Throws<ArgumentException>(() => rule.Start(Layout.Of(4), Precision.SingleWithBFloat16State)).Message;
            Assert.Contains("difference", refusal);
            Assert.Contains("ask for Precision.SingleWithBFloat16StateRoundedToNearest by name", refusal);
            Assert.Throws<ArgumentException>(() => new Maximize(new GradientScale(rule, 1)).Start(Layout.Of(4), Precision.SingleWithBFloat16State));
            rule.Start(Layout.Of(4), Precision.SingleWithBFloat16StateRoundedToNearest);
        });
        Assert.All([new Adam(), new AdamW(), new RmsProp(), new AdaGrad(), new Lion(), new Momentum(0.999)], (Rule rule) => rule.Start(Layout.Of(4), Precision.SingleWithBFloat16State));
        var groups = new ParameterGroups(new Momentum(), [new("weights", Rule: new AdaBelief())]);
        Assert.Throws<ArgumentException>(() => groups.Start(Layout.Of(4), Precision.SingleWithBFloat16State));
    }

    [Fact]
    public void Bfloat16_memory_asked_for_by_name_stands_still_as_its_caveat_says()
    {
        // 2,000 gradients of 10, then 20,000 of 0.001: v = 100·0.999ⁿ + … falls to 1.18e-6 (in 64 bits, by the recursion alone).
        double v = 0;
        for (int t = 0; t < 22_000; t++)
            v = 0.999 * v + 0.001 * (t < 2_000 ? 100 : 1e-6);
        Assert.Equal(1.18e-6, v, 2e-8);
        Assert.Equal(v, Remembered(Precision.Single), 1e-3 * v);
        Assert.Equal(32.0, Remembered(Precision.SingleWithBFloat16StateRoundedToNearest));
        // Rounded by chance it falls with the gradients: a random walk around their mean square of some tenths of it.
        Assert.InRange(Remembered(Precision.SingleWithBFloat16State), 0.3e-6, 4e-6);

        static double Remembered(Precision precision)
        {
            var rule = new Adam();
            var state = rule.Start(Layout.Of(1), precision);
            float[] weights = [0];
            for (int t = 0; t < 22_000; t++)
                rule.Step(state, weights, [t < 2_000 ? 10 : 1e-3f], 1e-3);
            return state["v"][0];
        }
    }

    [Fact]
    public void Bfloat16_memory_follows_float_memory_roughly_and_is_refused_where_it_would_lie()
    {
        float[] exact = Walked(Precision.Single), brief = Walked(Precision.SingleWithBFloat16State);
        // Eight significant bits: each remembered number is off by at most 1 part in 256 of itself per rounding.
        Assert.Equal(exact, brief, (a, b) => Math.Abs(a - b) < 0.02);
        Assert.NotEqual(exact, brief);
        Assert.Throws<ArgumentException>(() => new Lamb().Start(Layout.Of(4), Precision.SingleWithBFloat16State));
        Assert.Throws<ArgumentException>(() => new ExponentialMovingAverage(new AdamW()).Start(Layout.Of(4), Precision.SingleWithBFloat16State));
        Assert.All([new Rprop(), new Adan(), new Adopt(), new Madgrad(), new Asgd(), new ScheduleFreeSgd(), new ScheduleFreeAdamW(), new ScheduleFreeRAdam(), new Lbfgs()],
            (Rule rule) => Assert.Throws<ArgumentException>(() => rule.Start(Layout.Of(4), Precision.SingleWithBFloat16StateRoundedToNearest)));

        static float[] Walked(Precision precision)
        {
            var rule = new AdamW(Beta2: 0.9);
            var state = rule.Start(Layout.Of(19), precision);
            float[] weights = [.. Enumerable.Range(0, 19).Select(i => MathF.Sin(i))];
            for (int t = 0; t < 20; t++)
                rule.Step(state, weights, [.. weights.Select(w => 2 * w)], 0.01);
            return weights;
        }
    }

    [Fact]
    public void Adam_as_printed_freezes()
    {
        double[] printed = new AdamAsPrinted().Path(new Constant(0.1), w => [w[0]], [1], 200).Last(), paper = new Adam().Path(new Constant(0.1), w => [w[0]], [1], 200).Last();
        Assert.True(Math.Abs(paper[0]) < 0.05, $"{paper[0]}");
        Assert.True(Math.Abs(printed[0]) > 0.4, $"{printed[0]}");
    }

    [Fact]
    public void Nesterov_looks_along_its_step_and_walks_the_same_path_as_in_shifted_coordinates()
    {
        static double Bowl(ReadOnlySpan<double> w, Span<double> g)
        {
            g[0] = 10 * w[0];
            return 5 * w[0] * w[0];
        }

        double[] Last(NesterovVariant look) => new Nesterov(0.9, look).Path(new Constant(0.01), Bowl, [1], 100).Last();
        Assert.InRange(Math.Abs(Last(NesterovVariant.Correct)[0]), 0, 0.01);
        Assert.True(Math.Abs(Last(NesterovVariant.SignFixed)[0]) > 1e3);

        // Shifted coordinates: y = w − rate·β·v is what the rule without a look walks, from the same start.
        double[] w = [1], y = [1];
        var looking = new Nesterov(0.9);
        var shifted = new Momentum(0.9, Nesterov: true);
        RuleState first = looking.Start(Layout.Of(1)), second = shifted.Start(Layout.Of(1));
        for (int t = 0; t < 50; t++)
        {
            looking.Step(first, w, Bowl, 0.01);
            shifted.Step(second, y, Bowl, 0.01);
            Assert.Equal(w[0] - 0.01 * 0.9 * first["v"][0], y[0], 1e-12);
        }
    }

    [Fact]
    public void A_moving_average_needs_a_larger_rate_for_the_path_of_the_heavy_ball()
    {
        var ball = new Momentum(0.9).Path(new Constant(0.01), w => [3 * w[0]], [1], 50);
        // From v = 0 the average is (1 − β) times the sum at every step.
        var average = new Momentum(0.9, Form: MomentumForm.Average).Path(new Constant(0.1), w => [3 * w[0]], [1], 50);
        Assert.Equal(ball.Select(p => p[0]), average.Select(p => p[0]), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void The_inverse_of_the_curvature_arrives_in_one_step()
    {
        // ½xᵀQx with Q = [[2, 1], [1, 3]], whose inverse is [[3, −1], [−1, 2]] / 5.
        double[] Gradient(double[] w) => [2 * w[0] + w[1], w[0] + 3 * w[1]];
        Assert.Equal([0, 0], new Preconditioned([0.6, -0.2, -0.2, 0.4]).Path(new Constant(1), Gradient, [1, -2], 1).Last(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([0, 0], new NewtonStep().Path(new Constant(1), (w, g) =>
        {
            (g[0], g[1]) = (2 * w[0] + w[1], w[0] + 3 * w[1]);
            return 0;
        }, [1, -2], 1).Last(), (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void Muon_pushes_singular_values_towards_one()
    {
        var rule = new Muon(Beta: 0);
        var state = rule.Start(Layout.Of(3, 3));
        double[] weights = new double[9];
        rule.Step(state, weights, [4, 0, 0, 0, 2, 0, 0, 0, 1], 1);
        Assert.Equal([0, 0, 0, 0, 0, 0], new[] { 1, 2, 3, 5, 6, 7 }.Select(i => weights[i]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(new[] { 0, 4, 8 }, i => Assert.InRange(-weights[i], 0.65, 1.25));
    }
}
