namespace Anneal.Runs.Tests;

public class RunExtensionTests
{
    [Fact]
    public void A_cosine_made_longer_jumps_up_and_the_ways_offered_do_not()
    {
        var extension = RunExtension.Of(SyntheticRun.Configuration, "hf", null, 6000, null);
        Assert.Equal(6000, extension.After.Plan.Updates);
        Assert.Equal("max_steps: 3000 → 6000", extension.Key);
        Assert.True(extension.Jump > 5, $"{extension.Jump}");
        Assert.All(extension.Ways, way => Assert.True(way.Schedule.At(0) <= 1.1 * extension.RateBefore, way.Name));
    }

    [Theory]
    [InlineData("composer-02", "batches_per_epoch=137", 548)]
    [InlineData("megatron-11", "", 800)]
    [InlineData("olmo-02", "", 992)]
    [InlineData("torchtitan-01", "", 600)]
    public void The_length_is_changed_in_the_files_own_words(string id, string given, double updates) =>
        Assert.Equal(updates, RunExtension.Of(RecordedRun.All.Single(r => r.Id == id).Text, null, Given.Parse(given), updates, null).After.Plan.Updates);

    [Fact]
    public void Another_batch_keeps_the_samples_that_are_left()
    {
        var extension = RunExtension.WithBatch(SyntheticRun.Configuration, "hf", null, batch: 128, resumeAt: 1000);
        Assert.Equal("per_device_train_batch_size: 4 → 16", extension.Key);
        Assert.Equal(3000, extension.After.Plan.Updates); // the file counts updates: without a change it would see four times the samples
        double rate = extension.RateBefore;
        Assert.Equal([rate, 2 * rate, 4 * rate], extension.Ways.Select(way => way.Schedule.At(0)), (a, b) => Math.Abs(a - b) < 1e-4 * b);
        Assert.All(extension.Ways, way => Assert.Equal(500, ((CosineDecay)way.Schedule).Steps));
    }

    [Fact]
    public void A_run_counted_in_epochs_jumps_when_its_batch_changes()
    {
        string text = SyntheticRun.Configuration.Replace("max_steps: 3000", "num_train_epochs: 3");
        var extension = RunExtension.WithBatch(text, "hf", Given.Parse("samples=32000"), batch: 64, resumeAt: 1500);
        Assert.Equal((3000, 1500), (extension.Before.Plan.Updates, extension.After.Plan.Updates));
        Assert.InRange(extension.Jump, 0.0, 0.5); // half of the run was done, and now all of it
    }
}
