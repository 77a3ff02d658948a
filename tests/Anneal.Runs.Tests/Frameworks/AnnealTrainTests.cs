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
    [InlineData("\"steps\": 50}", "\"steps\": -50}", "schedule", 5)]
    [InlineData("\"steps\": 600", "\"steps\": 0", "steps", 6)]
    public void A_mistake_is_refused_where_it_stands(string right, string wrong, string key, int line)
    {
        var refused = Assert.Throws<RefusedByFrameworkException>(() => RunConfigurations.Read(Spec.Replace(right, wrong)));
        Assert.Equal((key, line), (refused.Key, refused.Place.Line));
    }
}
