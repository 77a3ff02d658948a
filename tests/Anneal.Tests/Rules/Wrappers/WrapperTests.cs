namespace Anneal.Tests;

public class WrapperTests
{
    static readonly Sgd Plain = new();

    [Fact]
    public void Clipping_shortens_a_long_gradient_and_leaves_a_short_one_alone()
    {
        Assert.Equal([-0.6, -0.8], Stepped(new ClipByGlobalNorm(Plain, 1), [3, 4]), Close);
        Assert.Equal([-0.3, -0.4], Stepped(new ClipByGlobalNorm(Plain, 1), [0.3, 0.4]), Close);
        Assert.Equal([-1.0, 0.5], Stepped(new ClipByValue(Plain, 1), [3, -0.5]), Close);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Clipping_measures_all_of_a_long_gradient(int threads)
    {
        double[] gradient = [.. Enumerable.Range(0, 300_001).Select(i => 1.0 + i % 7)], weights = new double[gradient.Length];
        double length = Math.Sqrt(gradient.Sum(g => g * g));
        var rule = new ClipByGlobalNorm(Plain, 10);
        rule.Step(rule.Start(Layout.Of(gradient.Length)), weights, gradient, new StepOptions(1) { Threads = threads });
        Assert.Equal(gradient.Select(g => -10 * g / length), weights, (a, b) => Math.Abs(a - b) <= 1e-12);
    }

    [Fact]
    public void Adaptive_clipping_measures_each_row_against_its_weights()
    {
        var rule = new AdaptiveGradientClip(Plain, ClipFactor: 0.1);
        var state = rule.Start(Layout.Of(2, 2));
        double[] weights = [3, 4, 0, 0];
        rule.Step(state, weights, [30, 40, 1, 0], 1);
        // Row 0: limit 0.1·5 of 50; row 1: limit 0.1·1e-3 of 1.
        Assert.Equal([3 - 0.3, 4 - 0.4, -1e-4, 0], weights, Close);
    }

    [Fact]
    public void Accumulation_steps_with_the_mean_and_counts_updates()
    {
        var rule = new GradientAccumulation(new Momentum(), 3);
        var state = rule.Start(Layout.Of(1));
        double[] weights = [1];
        foreach (double g in (double[])[1, 2])
            rule.Step(state, weights, [g], 0.1);
        Assert.Equal([1.0], weights);
        Assert.Equal(0, state.Updates);
        rule.Step(state, weights, [6], 0.1);
        Assert.Equal([0.7], weights, Close);
        Assert.Equal((3, 1), (state.Steps, state.Updates));
    }

    [Fact]
    public void Averages_are_what_is_evaluated_and_the_weights_go_their_own_way()
    {
        double[] gradient = [1];
        Assert.Equal([1 * 0.9 + 0.1 * 0.9, 0.9], Both(new ExponentialMovingAverage(Plain, 0.9), 1), Close);
        Assert.Equal([(0.9 + 0.8 + 0.7) / 3, 0.7], Both(new StochasticWeightAveraging(Plain), 3), Close);
        Assert.Equal([(0.8 + 0.6) / 2, 0.6], Both(new StochasticWeightAveraging(Plain, From: 2, Every: 2), 4), Close);

        double[] Both(Rule rule, int steps)
        {
            var state = rule.Start(Layout.Of(1));
            double[] weights = [1], settled = [0];
            for (int t = 0; t < steps; t++)
                rule.Step(state, weights, gradient, 0.1);
            rule.GetEvaluationWeights(state, weights, settled);
            return [settled[0], weights[0]];
        }
    }

    [Fact]
    public void Lookahead_goes_half_the_way()
    {
        var path = new Lookahead(Plain, SyncPeriod: 2, SlowStepSize: 0.5).Path(new Constant(0.1), _ => [1], [1], 4).Select(p => p[0]);
        Assert.Equal([1, 0.9, 0.9, 0.8, 0.8], path, Close);
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void The_guard_skips_counts_and_stops_and_the_weights_stay(double bad)
    {
        var rule = new ApplyIfFinite(new AdamW(), MaxConsecutiveErrors: 2);
        var state = rule.Start(Layout.Of(2));
        double[] weights = [1, 2];
        rule.Step(state, weights, [1, 1], 0.1);
        double[] before = [.. weights], m = state["m"];
        rule.Step(state, weights, [1, bad], 0.1);
        rule.Step(state, weights, [bad, 1], 0.1);
        Assert.Equal(before, weights);
        Assert.Equal(m, state["m"]);
        Assert.Equal([2.0], state["skipped"]);
        Assert.Equal((3, 1), (state.Steps, state.Updates));
        var stopped = Assert.Throws<NotFiniteNumberException>(() => rule.Step(state, weights, [1, bad], 0.1));
        Assert.Equal($"The gradient at step 4 is {bad} for weights[1], after 2 such steps were skipped; the weights are as they were.", stopped.Message);
        Assert.Equal(before, weights);
        rule.Step(state, weights, [1, 1], 0.1);
        Assert.NotEqual(before, weights);
        // A good gradient starts the count of those in a row again, not that of all.
        rule.Step(state, weights, [bad, 1], 0.1);
        rule.Step(state, weights, [bad, 1], 0.1);
        Assert.Equal([4.0], state["skipped"]);
        Assert.Throws<NotFiniteNumberException>(() => rule.Step(state, weights, [bad, 1], 0.1));
    }

    [Theory, InlineData(0), InlineData(70_000), InlineData(149_999)]
    public void The_guard_finds_one_bad_number_among_many(int place)
    {
        var rule = new ApplyIfFinite(new Sgd(), MaxConsecutiveErrors: 0);
        var state = rule.Start(Layout.Of(("first", [50_000]), ("second", [100, 1_000])), Precision.Single);
        float[] weights = new float[150_000], gradient = new float[150_000];
        gradient[place] = float.NaN;
        gradient[149_999] = float.PositiveInfinity;
        var stopped = Assert.Throws<NotFiniteNumberException>(() => rule.Step(state, weights, gradient, new StepOptions(0.1) { Threads = 2 }));
        string where = place switch { 0 => "NaN for first[0]", 70_000 => "NaN for second[20, 0]", _ => "Infinity for second[99, 999]" };
        Assert.Equal($"The gradient at step 1 is {where}; the weights are as they were.", stopped.Message);
        Assert.All(weights, w => Assert.Equal(0, w));
    }

    [Fact]
    public void Groups_have_rates_and_decay_of_their_own()
    {
        var layout = Layout.Of(("layer.weight", [1, 2]), ("layer.bias", [2]), ("head", [1]));
        var rule = new ParameterGroups(new AdamW(Decay: 0.5), [new("vectors", RateFactor: 0.1, DecayFactor: 0)]);
        var state = rule.Start(layout);
        double[] weights = [1, 1, 1, 1, 1];
        rule.Step(state, weights, [0, 0, 0, 0, 0], 0.1);
        Assert.Equal([0.95, 0.95, 1, 1, 1], weights, Close);
        Assert.Throws<ArgumentException>(() => new ParameterGroups(Plain, [new("tail*")]).Start(layout));
    }

    [Fact]
    public void A_group_may_follow_a_schedule_of_its_own()
    {
        var rule = new ParameterGroups(Plain, [new("a", Rate: new Warmup(Peak: 1, Steps: 2))]);
        var state = rule.Start(Layout.Of(("a", [1]), ("b", [1])));
        double[] weights = [0, 0];
        for (int t = 0; t < 3; t++)
            rule.Step(state, weights, [-1, -1], 0.1);
        Assert.Equal([0 + 0.5 + 1, 0.3], weights, Close);
    }

    [Fact]
    public void Averages_inside_of_groups_are_what_is_evaluated()
    {
        var rule = new ParameterGroups(new ExponentialMovingAverage(new Sgd(), 0.5), [new("b", RateFactor: 2)]);
        var state = rule.Start(Layout.Of(("a", [1]), ("b", [1])));
        double[] weights = [1, 1], settled = new double[2];
        rule.Step(state, weights, [1, 1], 0.1);
        rule.GetEvaluationWeights(state, weights, settled);
        Assert.Equal([0.9, 0.8], weights, Close);
        Assert.Equal([0.95, 0.9], settled, Close);
    }

    [Fact]
    public void Gathering_one_gradient_is_none() =>
        Assert.Equal(new Sgd().Path(new Constant(0.1), w => w, [1], 5).Last(), new GradientAccumulation(new Sgd(), 1).Path(new Constant(0.1), w => w, [1], 5).Last());

    [Fact]
    public void A_group_may_have_a_decay_that_follows_a_schedule()
    {
        var rule = new ParameterGroups(new AdamW(Decay: 0.5), [new("a", DecayFactor: 2, Decay: new LinearDecay(1, 2))]);
        var state = rule.Start(Layout.Of(("a", [1]), ("b", [1])));
        double[] weights = [1, 1];
        for (int t = 0; t < 3; t++)
            rule.Step(state, weights, [0, 0], new StepOptions(0.1) { DecayChange = -0.5 });
        // a: twice, once and no decay of 0.25; b: always 0.25.
        Assert.Equal([0.95 * 0.975, 0.975 * 0.975 * 0.975], weights, Close);
    }

    [Fact]
    public void A_group_may_have_a_momentum_of_its_own()
    {
        var rule = new ParameterGroups(new Momentum(0.9), [new("a", Momentum: new Constant(0.5))]);
        var state = rule.Start(Layout.Of(("a", [1]), ("b", [1])));
        double[] weights = [0, 0];
        for (int t = 0; t < 2; t++)
            rule.Step(state, weights, [-1, -1], 0.1);
        Assert.Equal([0.1 * (1 + 1.5), 0.1 * (1 + 1.9)], weights, Close);
    }

    [Fact]
    public void Averages_of_floats_settle_too()
    {
        var rule = new ExponentialMovingAverage(Plain, 0.75);
        var state = rule.Start(Layout.Of(2), Precision.Single);
        float[] weights = [1, 2], settled = new float[2];
        rule.Step(state, weights, [0.5f, 1], new StepOptions(1));
        rule.GetEvaluationWeights(state, weights, settled);
        Assert.Equal([0.875f, 1.75f], settled);
        Assert.Throws<ArgumentException>(() => rule.GetEvaluationWeights(state, weights, new float[3]));
        Assert.Throws<ArgumentException>(() => rule.GetEvaluationWeights(state, new double[2], new double[2]));

        var brief = new AdamW().Start(Layout.Of(2), Precision.SingleWithBFloat16StateRoundedToNearest);
        new AdamW().GetEvaluationWeights(brief, weights, settled);
        Assert.Equal(weights, settled);
    }

    [Fact]
    public void States_are_the_same_when_all_they_remember_is()
    {
        RuleState Walked(Rule rule, Layout layout, int steps, double gradient = 1)
        {
            var state = rule.Start(layout);
            double[] weights = new double[layout.Count];
            for (int t = 0; t < steps; t++)
                rule.Step(state, weights, [.. weights.Select(_ => gradient)], 0.1);
            return state;
        }

        var state = Walked(new Momentum(), Layout.Of(2), 1);
        Assert.True(state.SameAs(Walked(new Momentum(), Layout.Of(2), 1)));
        Assert.False(state.SameAs(Walked(new Lion(), Layout.Of(2), 1)));
        Assert.False(state.SameAs(Walked(new Momentum(), Layout.Of(2), 2)));
        Assert.False(state.SameAs(Walked(new Momentum(), Layout.Of(2), 1, 2)));
        Assert.False(state.SameAs(Walked(new Momentum(), Layout.Of(1, 2), 1)));
        Assert.False(state.SameAs(Walked(new Momentum(), Layout.Of(("other", [2])), 1)));
        Assert.False(state.SameAs(new Momentum().Start(Layout.Of(2), Precision.Single)));
        Assert.False(Walked(new ClipByGlobalNorm(new Momentum(), 1), Layout.Of(2), 1).SameAs(Walked(new ClipByGlobalNorm(new Momentum(), 1), Layout.Of(2), 1, 0.1)));
        Assert.False(Walked(new StochasticWeightAveraging(Plain), Layout.Of(1), 2, 0).SameAs(Walked(new StochasticWeightAveraging(Plain, From: 2), Layout.Of(1), 2, 0)));
    }

    [Fact]
    public void Cautious_steps_leave_out_what_goes_uphill_and_enlarge_the_rest()
    {
        var rule = new Cautious(new Momentum(0.9));
        var state = rule.Start(Layout.Of(2));
        double[] weights = [0, 0];
        rule.Step(state, weights, [1, 1], 0.1);
        double[] before = [.. weights];
        // The memory still points down in the second weight, whose gradient has turned.
        rule.Step(state, weights, [1, -0.5], 0.1);
        Assert.Equal([before[0] - 0.1 * 1.9 * 2, before[1]], weights, Close);
    }

    static double[] Stepped(Rule rule, double[] gradient)
    {
        double[] weights = new double[gradient.Length];
        rule.Step(rule.Start(Layout.Of(gradient.Length)), weights, gradient, 1);
        return weights;
    }

    static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;
}
