namespace Anneal.Runs.Tests;

public class UnitNotationTests
{
    static readonly RunPlan plan = new(10_000) { UpdatesPerEpoch = 500, SamplesPerUpdate = 20, TokensPerSample = 1000 };

    [Theory]
    [InlineData("warmup(3e-4, 2000 samples)", "warmup(3e-4, 100)")]
    [InlineData("warmup(3e-4, 5 %) > cosine(3e-4, 95%)", "warmup(3e-4, 500) > cosine(3e-4, 9500)")]
    [InlineData("warmup(3e-4, 1 epoch)", "warmup(3e-4, 500)")]
    [InlineData("warmup(3e-4, 100M tokens)", "warmup(3e-4, 5000)")]
    [InlineData("constant(0.1) for 2.5 epochs > linear(0.1, 1_000 updates)", "constant(0.1) for 1250 > linear(0.1, 1000)")]
    [InlineData("step(0.1, 0.5, every: 30)", "step(0.1, 0.5, every: 30)")]
    public void Lengths_become_updates(string notation, string updates) => Assert.Equal(updates, UnitNotation.InUpdates(notation, plan));

    [Fact]
    public void The_schedule_is_that_of_the_updates() => Assert.Equal(ScheduleNotation.Parse("warmup(0.1, 100)"), UnitNotation.Parse("warmup(0.1, 2000 samples)", plan));

    [Theory]
    [InlineData("500", 500.0)]
    [InlineData("0 %", 0.0)]
    [InlineData(" 50% ", 5000.0)]
    [InlineData("1.5 epochs", 750.0)]
    [InlineData("100M tokens", 5000.0)]
    [InlineData("400 samples", 20.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("half", null)]
    [InlineData("5 % 3", null)]
    public void A_place_in_the_run_becomes_an_update(string text, double? update) => Assert.Equal(update, UnitNotation.Place(text, plan));

    [Theory]
    [InlineData("warmup(0.1, 1 epoch)", "how many updates an epoch has; the configuration needs the number of samples")]
    [InlineData("warmup(0.1, 2k samples)", "how many samples an update has")]
    [InlineData("warmup(0.1, 2M tokens)", "how many tokens an update has")]
    public void A_unit_that_the_plan_does_not_tell_is_refused(string notation, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConfigurationException>(() => UnitNotation.InUpdates(notation, new(100))).Message);
}
