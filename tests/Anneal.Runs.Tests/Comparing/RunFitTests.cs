namespace Anneal.Runs.Tests;

public class RunFitTests
{
    [Theory]
    [InlineData("constant(0.0003)", 500)]
    [InlineData("warmup(0.0003, 200) > constant(0.0003)", 2000)]
    [InlineData("warmup(0.0003, 200) > linear(0.0003, 2800)", 3000)]
    [InlineData("warmup(0.0003, 200) > cosine(0.0003, 2800)", 3000)]
    [InlineData("warmup(0.0006, 150) > cosine(0.0006, 1850, floor: 6e-05)", 2000)]
    [InlineData("linear(0.01, 1000)", 1000)]
    [InlineData("cosine(0.1, 900, floor: 0.001)", 900)]
    [InlineData("warmup(0.001, 100) > inverseSqrt(0.001, timescale: 100)", 4000)]
    [InlineData("warmup(0.0003, 100) > constant(0.0003) for 1400 > linear(0.0003, 500)", 2000)]
    [InlineData("step(0.1, 0.1, 300)", 900)]
    [InlineData("polynomial(0.02, 800, 2)", 800)]
    [InlineData("warmup(0.0003, 100) > constant(0.0003) for 1400 > cooldown(0.0003, 500, floor: 3e-05, shape: exponential)", 2000)]
    [InlineData("constant(0) for 1 > logarithmicWarmup(0.001, 99) > constant(0.001)", 500)]
    [InlineData("constant(0) for 1 > logarithmicWarmup(0.001, 99) > constant(0.001) for 1 > linear(0.001, 900)", 1000)]
    [InlineData("logarithmicWarmup(0.001, 100) > cosine(0.001, 900)", 1000)]
    public void The_schedule_behind_a_log_is_found(string notation, int length)
    {
        var schedule = ScheduleNotation.Parse(notation);
        var fits = RunFit.Fit(Log(schedule, length, 1));
        Assert.Equal(notation, fits[0].Notation);
        Assert.True(fits[0].Explains);
    }

    [Theory]
    [InlineData("warmup(0.0003, 200) > cosine(0.0003, 2800)", 3000)]
    [InlineData("warmup(0.0003, 200) > linear(0.0003, 2800)", 3000)]
    public void Every_tenth_step_with_three_digits_is_enough(string notation, int length)
    {
        var schedule = ScheduleNotation.Parse(notation);
        var text = "step,lr\n" + string.Concat(Enumerable.Range(0, length / 10).Select(i => FormattableString.Invariant($"{10 * i},{schedule.At(10 * i):0.00e+0}\n")));
        var fit = RunFit.Fit(RunLogs.Read(new StringReader(text)))[0];
        Assert.True(fit.Explains, fit.Notation);
        Assert.All(Enumerable.Range(0, length), t => Assert.Equal(schedule.At(t), fit.Schedule.At(t), 0.02 * 0.0003));
    }

    /// <summary>As Transformers' trainer logs: every 25 updates, at step n the rate of update n − 1.</summary>
    [Fact]
    public void A_log_that_counts_from_1_is_understood()
    {
        var schedule = ScheduleNotation.Parse("warmup(1e-05, 50) > linear(1e-05, 450)");
        double[] steps = [.. Enumerable.Range(1, 20).Select(i => 25.0 * i)];
        var fit = RunFit.Fit(new(steps, [.. steps.Select(step => schedule.At(step - 1))], "lr", "step", new(17, -1), []))[0];
        Assert.True(fit.Explains, fit.Notation);
        Assert.Equal("warmup(1e-05, 50) > linear(1e-05, 450)", fit.Notation);
        Assert.EndsWith("counted from 1", fit.Name);
    }

    static RunLog Log(Schedule schedule, int length, int every)
    {
        double[] steps = [.. Enumerable.Range(0, length / every).Select(i => (double)i * every)];
        return new(steps, [.. steps.Select(schedule.At)], "lr", "step", new(17, -1), []);
    }
}
