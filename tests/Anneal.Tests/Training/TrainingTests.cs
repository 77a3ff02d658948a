namespace Anneal.Tests;

public class TrainingTests
{
    static double Bowl(ReadOnlySpan<double> w, Span<double> g)
    {
        (g[0], g[1]) = (w[0], 10 * w[1]);
        return (w[0] * w[0] + 10 * w[1] * w[1]) / 2;
    }

    [Fact]
    public void Recording_does_not_change_the_path_and_tells_what_happened()
    {
        double[] seen = [1, 1], unseen = [1, 1];
        var trace = new Training(new Momentum(), new Constant(0.01), Bowl).Run(seen, 20);
        new Training(new Momentum(), new Constant(0.01), Bowl) { Records = _ => false }.Run(unseen, 20);
        Assert.Equal(seen, unseen);
        Assert.Equal(20, trace.Points.Count);
        var first = trace.Points[0];
        Assert.Equal((0, 0.01, 5.5), (first.Step, first.Rate, first.Loss));
        Assert.Equal(Math.Sqrt(2), first.WeightNorm, 1e-12);
        Assert.Equal(Math.Sqrt(101), first.GradientNorm, 1e-12);
        Assert.Equal(0.01 * Math.Sqrt(101), first.UpdateNorm, 1e-12);
        Assert.Equal(first.UpdateNorm / first.WeightNorm, first.UpdateRatio);
        Assert.All(trace.Points.Skip(1), p => Assert.InRange(p.Curvature!.Value, 1 - 1e-9, 10 + 1e-9));
    }

    [Fact]
    public void A_run_stops_early_when_nothing_improves_or_the_loss_is_gone()
    {
        var patient = new Training(new Sgd(), new Constant(0), Bowl) { Patience = 5 }.Run([1, 1], 100);
        Assert.Equal((6, "no new lowest in 5 recorded steps"), (patient.Points.Count, patient.Stopped));
        var wild = new Training(new Sgd(), new Constant(1e200), Bowl).Run([1, 1], 100);
        Assert.Equal("the loss is Infinity at step 1; the weights are as they were before it", wild.Stopped);
    }

    [Fact]
    public void Progress_is_told_of_every_recorded_step()
    {
        var told = new List<long>();
        new Training(new Sgd(), new Constant(0.1), Bowl) { Records = t => t % 4 == 0, Progress = new Told(told), Metric = w => w[0] }.Run([1, 1], 10);
        Assert.Equal([0, 4, 8], told);
    }

    [Theory]
    [InlineData(double.NaN, "the gradient is NaN for b[1, 0] at step 3; the weights are as they were before it")]
    [InlineData(double.NegativeInfinity, "the gradient is -Infinity for b[1, 0] at step 3; the weights are as they were before it")]
    public void A_gradient_that_is_no_number_ends_the_run_before_it_reaches_the_weights(double bad, string said)
    {
        int asked = 0;
        double Broken(ReadOnlySpan<double> w, Span<double> g)
        {
            g.Fill(1);
            g[3] = asked++ < 3 ? 1 : bad;
            return w[0];
        }

        var layout = Layout.Of(("a", [2]), ("b", [2, 1]));
        double[] weights = new double[4];
        var trace = new Training(new Sgd(), new Constant(0.125), Broken).Run(weights, 10, layout);
        Assert.Equal(said, trace.Stopped);
        Assert.Equal(3, trace.Points.Count);
        Assert.Equal([-0.375, -0.375, -0.375, -0.375], weights);
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_loss_that_is_no_number_ends_the_run_too(double bad)
    {
        double[] weights = [1, 2];
        var trace = new Training(new Sgd(), new Constant(0.1), (w, g) =>
        {
            g.Fill(1);
            return bad;
        }).Run(weights, 10);
        Assert.Equal($"the loss is {bad} at step 0; the weights are as they were before it", trace.Stopped);
        Assert.Equal([1, 2], weights);
    }

    [Fact]
    public void Under_a_guard_bad_gradients_are_skipped_and_too_many_end_the_run()
    {
        int asked = 0;
        double Broken(ReadOnlySpan<double> w, Span<double> g)
        {
            g.Fill(asked++ is 1 or 2 or > 4 ? double.NaN : 1);
            return g[0];
        }

        double[] weights = [0, 0];
        var trace = new Training(new ClipByGlobalNorm(new ApplyIfFinite(new Sgd(), MaxConsecutiveErrors: 2), 10), new Constant(0.5), Broken).Run(weights, 100);
        Assert.Equal([-1.5, -1.5], weights);
        Assert.Equal([0, 1, 2], trace.Points.Select(p => p.Step));
        Assert.Equal("The gradient at step 8 is NaN for weights[0], after 2 such steps were skipped; the weights are as they were.", trace.Stopped);
    }

    public static TheoryData<Rule> Kept => [new AdamW(), new ExponentialMovingAverage(new Momentum()), new StochasticWeightAveraging(new Sgd(), From: 3), new ScheduleFreeAdamW(), new Lookahead(new Lion()), new GradientAccumulation(new Adam(), 3)];

    [Theory, MemberData(nameof(Kept))]
    public void A_run_in_parts_walks_the_path_of_one(Rule rule)
    {
        double[] whole = [1, 1], parts = [1, 1], settled = new double[2];
        var training = new Training(rule, new CosineDecay(0.1, 20), Bowl);
        RuleState first = rule.Start(Layout.Of(2)), second = rule.Start(Layout.Of(2));
        training.Run(whole, 20, state: first);
        training.Run(parts, 7, state: second);
        using var file = new MemoryStream();
        StateFile.Save(second, file);
        file.Position = 0;
        second = StateFile.Load(rule, Layout.Of(2), file);
        training.Run(parts, 13, state: second);
        Assert.Equal(whole, parts);
        Assert.True(first.SameAs(second));

        // Without a state of the caller's own there is no going on, and the weights are those to evaluate.
        double[] alone = [1, 1];
        training.Run(alone, 20);
        rule.GetEvaluationWeights(first, whole, settled);
        Assert.Equal(settled, alone);
    }

    [Fact]
    public void Gathered_gradients_are_one_step_of_the_trace()
    {
        double[] weights = [1, 1];
        var trace = new Training(new GradientAccumulation(new Sgd(), 2), new Constant(0.01), Bowl).Run(weights, 6);
        Assert.Equal([0, 1, 2], trace.Points.Select(p => p.Step));
        Assert.Equal(0.01 * Math.Sqrt(101), trace.Points[0].UpdateNorm, 1e-12);
        // On a bowl of curvatures 1 and 10 a step along (a, b) meets (a² + 10b²)/(a² + b²).
        Assert.Equal([(1 + 1000) / 101.0, (0.99 * 0.99 + 10 * 9 * 9) / (0.99 * 0.99 + 9 * 9)], trace.Points.Skip(1).Select(p => p.Curvature!.Value), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void A_rule_that_stands_still_has_no_curvature() =>
        Assert.All(new Training(new Sgd(), new Constant(0), Bowl).Run([1, 1], 3).Points, p => Assert.Null(p.Curvature));

    [Fact]
    public void A_run_without_rule_schedule_or_function_is_refused_by_name()
    {
        Assert.Equal("rule", Assert.Throws<ArgumentNullException>(() => new Training(null!, new Constant(0), Bowl)).ParamName);
        Assert.Equal("schedule", Assert.Throws<ArgumentNullException>(() => new Training(new Sgd(), null!, Bowl)).ParamName);
        Assert.Equal("oracle", Assert.Throws<ArgumentNullException>(() => new Training(new Sgd(), new Constant(0), null!)).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentNullException>(() => new Training(new Sgd(), new Constant(0), Bowl).Run(null!, 1)).ParamName);
    }

    [Fact]
    public void The_loss_is_asked_for_once_a_step()
    {
        int asked = 0;
        new Training(new AdamW(), new Constant(0.1), (w, g) =>
        {
            asked++;
            return Bowl(w, g);
        })
        { Records = t => t == 5 }.Run([1, 1], 10);
        Assert.Equal(10, asked);
    }

    [Fact]
    public void Curvature_does_not_depend_on_which_steps_are_recorded()
    {
        Trace Run(Func<long, bool> records) => new Training(new Momentum(), new Constant(0.01), Bowl) { Records = records }.Run([1, 1], 20);
        var all = Run(_ => true);
        Assert.Equal(all.Points.Where(p => p.Step % 7 == 3), Run(t => t % 7 == 3).Points);
    }

    sealed class Told(List<long> steps) : IProgress<TracePoint>
    {
        public void Report(TracePoint value) => steps.Add(value.Step);
    }
}
