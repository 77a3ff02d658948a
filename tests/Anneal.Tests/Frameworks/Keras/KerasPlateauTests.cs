namespace Anneal.Tests;

public class KerasPlateauTests
{
    [Fact]
    public void Keras_never_beats_a_first_report_that_is_not_a_number() => Assert.Equal(
        [0.1, 0.1, 0.05],
        SchedulerImport.Import("""{"framework": "keras", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "factor": 0.5, "patience": 2}}""").Rates([], [double.NaN, 1, 0.5]));
}
