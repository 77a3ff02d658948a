namespace Anneal.Experiments.Tests;

public sealed class RangeRunsTests
{
    [Fact]
    public void A_run_sees_what_the_trial_with_its_seed_sees()
    {
        var setting = new SampleSetting("cars", new LinearModel(), new WithReplacement(8, 0), 40, Preparation.Standardized);
        var rule = new Momentum(0.9);
        Schedule schedule = new LinearDecay(0.01, 40);
        foreach (ulong seed in (ulong[])[0, 7])
        {
            var problem = setting.Model.On(setting.Samples().Train);
            // The trial's own loop, every update recorded: the loss of its batch before each.
            var fit = problem.Train(rule, schedule, setting.Batches.WithSeed(seed ^ 0xB5AD4ECEDA1CE2A9), 40, every: 1, start: setting.StartOf(problem, seed));
            var run = RangeRuns.Of(setting, rule)(seed);
            var trace = run(schedule, 40, TestContext.Current.CancellationToken);
            Assert.Equal(40, trace.Points.Count);
            Assert.Equal(trace.Points.Select(p => p.Loss), run(schedule, 40, TestContext.Current.CancellationToken).Points.Select(p => p.Loss));
            Assert.Equal(fit.Trace.Points.Select(p => p.GradientNorm), trace.Points.Select(p => p.GradientNorm), (a, b) => Math.Abs(a - b) <= 1e-12 * a);
        }
    }
}
