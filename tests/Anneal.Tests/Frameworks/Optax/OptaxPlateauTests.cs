namespace Anneal.Tests;

public class OptaxPlateauTests
{
    [Fact]
    public void Optax_without_patience_cuts_on_every_improvement() => Assert.Equal(
        [0.5, 0.25, 0.25],
        SchedulerImport.Import("""{"framework": "optax", "scheduler": "reduce_on_plateau", "params": {"factor": 0.5, "patience": 0}}""").Rates([], [1, 0.5, 0.5]));

    [Fact]
    public void Optax_listens_to_the_mean_of_several_reports() => Assert.Equal(
        [1, 1, 1, 0.5, 0.5, 0.25],
        SchedulerImport.Import("""{"framework": "optax", "scheduler": "reduce_on_plateau", "params": {"factor": 0.5, "patience": 1, "accumulation_size": 2}}""").Rates([], [1, 2, 2, 1, 0, 4]));
}
