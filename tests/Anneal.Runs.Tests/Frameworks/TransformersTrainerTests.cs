using Anneal.Frameworks;

namespace Anneal.Runs.Tests;

public class TransformersTrainerTests
{
    /// <summary>What <c>to_json_string()</c> writes of the warm-up: version 4 both settings, version 5 a ratio as the steps.</summary>
    [Theory]
    [InlineData("\"warmup_ratio\": 0.0, \"warmup_steps\": 500", 500)]
    [InlineData("\"warmup_ratio\": 0.1, \"warmup_steps\": 0", 1_000)]
    [InlineData("\"warmup_ratio\": 0.1, \"warmup_steps\": 0.1", 1_000)]
    [InlineData("\"warmup_ratio\": null, \"warmup_steps\": 0.05", 500)]
    [InlineData("\"warmup_ratio\": 0.0, \"warmup_steps\": 0", 0)]
    public void Both_readers_take_the_same_warm_up(string warmup, double steps)
    {
        string text = $$"""{"output_dir": "out", "learning_rate": 0.001, "lr_scheduler_type": "linear", "lr_scheduler_kwargs": {}, "per_device_train_batch_size": 8, "num_train_epochs": 3.0, "max_steps": 10000, {{warmup}}}""";
        var run = RunConfigurations.Read(text);
        Assert.Equal(steps, run.Plan.Warmup);
        Assert.DoesNotContain(run.Noticed, finding => finding.Code == "two-warmups");
        var schedule = SchedulerImport.Import(text).Schedule!;
        Assert.All((double[])[0, 1, 250, 499, 500, 999, 1_000, 5_000, 9_999], t => Assert.Equal(run.RateAt(t), schedule.At(t), 1e-17));
    }
}
