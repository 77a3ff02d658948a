using CsCheck;

namespace Anneal.Tests.Schedules;

public class PlanTests
{
    [Fact]
    public void Accumulation_makes_fewer_updates_and_no_longer_schedule()
    {
        var plan = Plan.ForEpochs(dataSet: 1_000, epochs: 3, batch: 16, accumulation: 4, warmupFraction: 0.1);
        // ⌈1000/16⌉ = 63 batches, ⌈63/4⌉ = 16 updates an epoch.
        Assert.Equal([16, 48, 5, 43], [plan.UpdatesPerEpoch, plan.Updates, plan.WarmupSteps, plan.StepsAfterWarmup]);
        var schedule = new Warmup(1, plan.WarmupSteps).Then(new CosineDecay(1, plan.StepsAfterWarmup));
        Assert.Equal([1, 0], [schedule.At(plan.WarmupSteps), schedule.At(plan.Updates)]);
    }

    [Fact]
    public void The_last_batch_may_be_dropped()
    {
        Assert.Equal(62, Plan.ForEpochs(dataSet: 1_000, epochs: 1, batch: 16, dropLast: true).Updates);
        Assert.Equal(63, Plan.ForEpochs(dataSet: 1_000, epochs: 1, batch: 16).Updates);
    }

    [Fact]
    public void A_budget_of_tokens_is_so_many_updates()
    {
        var plan = Plan.ForTokens(tokens: 1e9, tokensPerSample: 1_024, batch: 32, accumulation: 8, warmupFraction: 0.01);
        Assert.Equal(Math.Ceiling(1e9 / (1_024 * 32 * 8)), plan.Updates);
        Assert.Equal(Math.Ceiling(plan.Updates / 100), plan.WarmupSteps);
    }

    [Fact]
    public void Progress_is_the_same_in_every_unit()
    {
        var plan = Plan.ForEpochs(dataSet: 1_280, epochs: 2, batch: 64, accumulation: 2, tokensPerSample: 512);
        Assert.Equal([10, 1_280, 655_360, 1], new[] { ProgressUnit.Updates, ProgressUnit.Samples, ProgressUnit.Tokens, ProgressUnit.Epochs }.Select(unit => plan.Convert(1, ProgressUnit.Epochs, unit)));
        Gen.Select(Gen.Double[0, 1e6], Gen.Enum<ProgressUnit>(), Gen.Enum<ProgressUnit>()).Sample((progress, from, to) =>
            Math.Abs(plan.Convert(plan.Convert(progress, from, to), to, from) - progress) <= 1e-15 * progress);
    }

    [Fact]
    public void A_schedule_over_epochs_or_tokens_becomes_one_over_updates()
    {
        var plan = Plan.ForEpochs(dataSet: 1_280, epochs: 90, batch: 64, accumulation: 2, tokensPerSample: 512);
        var steps = plan.InUpdates(new StepDecay(1, 0.1, Every: 30), ProgressUnit.Epochs);
        Assert.Equal([1, 0.1, 0.01], [steps.At(299), steps.At(300), steps.At(600)], (a, b) => Math.Abs(a - b) < 1e-15);
        var tokens = plan.InUpdates(new LinearDecay(1, 655_360), ProgressUnit.Tokens);
        Assert.Equal(0.5, tokens.At(5));
    }

    [Theory]
    [InlineData(0, 1, 1, 1, 0.1)]
    [InlineData(10, 0, 1, 1, 0.1)]
    [InlineData(10, 1, 0, 1, 0.1)]
    [InlineData(10, 1, 1, 0, 0.1)]
    [InlineData(10, 1, 1, 1, 1.1)]
    [InlineData(10, 1, double.NaN, 1, 0.1)]
    public void A_run_that_is_none_is_refused(double dataSet, double epochs, double batch, int accumulation, double warmupFraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan.ForEpochs(dataSet, epochs, batch, accumulation, warmupFraction: warmupFraction));

    [Fact]
    public void A_data_set_smaller_than_a_batch_is_nothing_when_the_last_batch_is_dropped() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan.ForEpochs(dataSet: 10, epochs: 1, batch: 16, dropLast: true));
}
