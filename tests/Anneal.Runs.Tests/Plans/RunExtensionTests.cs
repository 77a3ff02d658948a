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
}
