using Anneal.Combinators;

namespace Anneal.Runs.Tests;

public class AnnealTrainTests
{
    const string Spec = """
        {
          "data": {"type": "names"},
          "model": {"context": 32, "width": 64, "layers": 2, "heads": 4},
          "rule": {"type": "adamW", "beta2": 0.99},
          "schedule": {"type": "sequence", "first": {"type": "warmup", "peak": 0.003, "steps": 50}, "next": {"type": "cosineDecay", "peak": 0.003, "steps": 550, "floor": 0.0003}},
          "steps": 600,
          "batchSize": 8
        }
        """;

    [Fact]
    public void A_run_of_anneal_train_is_told_by_its_keys_and_has_the_library_s_rates()
    {
        var run = RunConfigurations.Read(Spec);
        Assert.Equal("anneal", run.Framework);
        Assert.Equal((600.0, 50.0, (double?)256), (run.Plan.Updates, run.Plan.Warmup, run.Plan.TokensPerUpdate));
        var schedule = new Warmup(0.003, 50).Then(new CosineDecay(0.003, 550, 0.0003));
        Assert.All(Enumerable.Range(0, 700), t => Assert.Equal(schedule.At(t), run.RateAt(t)));
    }

    [Theory]
    [InlineData("names", 32)]
    [InlineData("digits", 16)]
    [InlineData("modularAddition", 3)]
    public void Tokens_are_those_of_a_sample(string data, double tokens) =>
        Assert.Equal(tokens, RunConfigurations.Read(Spec.Replace("\"names\"", $"\"{data}\"")).Plan.TokensPerSample);

    [Theory]
    [InlineData("""{"type": "gradientAccumulation", "inner": {"type": "adamW"}, "every": 4}""", 150, 32)]
    [InlineData("""{"type": "clipByGlobalNorm", "maxNorm": 1, "inner": {"type": "gradientAccumulation", "inner": {"type": "gradientAccumulation", "inner": {"type": "adamW"}, "every": 2}, "every": 3}}""", 100, 48)]
    public void Batches_that_a_rule_gathers_are_one_update(string rule, double updates, double samples)
    {
        var plan = RunConfigurations.Read(Spec.Replace("""{"type": "adamW", "beta2": 0.99}""", rule)).Plan;
        Assert.Equal((updates, (double?)samples), (plan.Updates, plan.SamplesPerUpdate));
    }

    public static TheoryData<Schedule, double> Climbs => new()
    {
        { new CosineWarmup(0.003, 50).Then(new CosineDecay(0.003, 500)), 50 },
        { new ExponentialWarmup(0.003, 50, 1e-5).Then(new Constant(0.003)), 50 },
        { new LogarithmicWarmup(0.003, 50).Then(new Constant(0.003)), 50 },
        { new WarmupStableDecay(0.003, 600, 50, 150), 50 },
        { new Warmup(0.001, 20).Then(new Warmup(0.003, 30, 0.001)).Then(new CosineDecay(0.003, 500)), 50 },
        { new Scaled(new WarmupStableDecay(0.003, 600, 50, 150), 2), 50 },
        { new CosineDecay(0.003, 600), 0 },
        { new Constant(0.003), 0 },
        { new OneBasedWarmup(0.003, 600), 599 },
    };

    [Theory, MemberData(nameof(Climbs))]
    public void A_warm_up_is_what_the_schedule_climbs_whatever_its_type(Schedule schedule, double climb)
    {
        Assert.Equal(climb, Run(schedule).Plan.Warmup, 1e-9);
        Assert.DoesNotContain(RunLint.Check(Run(schedule)), f => f.Code == "ends-in-warmup");
        // The same curve, twenty times as long: the run ends on the way up.
        if (climb is > 0 and < 599)
            Assert.Contains(RunLint.Check(Run(new Stretched(schedule, 20))), f => f.Code == "ends-in-warmup" && f.Sentence.Contains("1,000 updates and the run has 600", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Climbs))]
    public void Its_schedule_is_written_as_it_is(Schedule schedule, double climb)
    {
        _ = climb;
        Assert.Equal(schedule, RunTranslation.Of(Run(schedule)));
    }

    static RunConfiguration Run(Schedule schedule) => RunConfigurations.Read($$"""
        {"data": {"type": "names"}, "model": {"context": 32, "width": 64, "layers": 2, "heads": 4}, "rule": {"type": "adamW"}, "schedule": {{ScheduleJson.Write(schedule)}}, "steps": 600, "batchSize": 8}
        """);

    [Theory]
    [InlineData("\"beta2\": 0.99", "\"beta2\": 1.99", "rule", 4)]
    [InlineData("\"steps\": 50}", "\"steps\": -50}", "schedule", 5)]
    [InlineData("\"steps\": 600", "\"steps\": 0", "steps", 6)]
    public void A_mistake_is_refused_where_it_stands(string right, string wrong, string key, int line)
    {
        var refused = Assert.Throws<RefusedByFrameworkException>(() => RunConfigurations.Read(Spec.Replace(right, wrong)));
        Assert.Equal((key, line), (refused.Key, refused.Place.Line));
    }
}
