using CsCheck;

namespace Anneal.Tests;

/// <summary>The frameworks' own plateau rules against the state machine that each is said to be here.</summary>
public class FeedbackTests
{
    static readonly Gen<double[]> Metrics = Gen.Double[0.1, 2].Array[1, 60];

    public static TheoryData<string> Configurations =>
    [
        """{"framework": "pytorch", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "factor": 0.5, "patience": 2, "threshold": 0.01, "cooldown": 1, "min_lr": 0.01}}""",
        """{"framework": "pytorch", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "factor": 0.5, "patience": 0, "mode": "max", "threshold_mode": "abs", "threshold": 0.05}}""",
        """{"framework": "timm", "scheduler": "PlateauLRScheduler", "params": {"lr": 0.1, "decay_rate": 0.5, "patience_t": 1, "cooldown_t": 2}}""",
        """{"framework": "optax", "scheduler": "reduce_on_plateau", "params": {"factor": 0.5, "patience": 3, "rtol": 0.01, "atol": 0.02, "cooldown": 2, "min_scale": 0.1}}""",
        """{"framework": "keras", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "factor": 0.5, "patience": 2, "min_delta": 0.03, "cooldown": 3}}""",
        """{"framework": "keras", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "factor": 0.5, "patience": 0, "mode": "max"}}""",
    ];

    [Theory, MemberData(nameof(Configurations))]
    public void The_state_machine_gives_the_rates_of_the_frameworks_rules(string configuration)
    {
        var feedback = SchedulerImport.Import(configuration).Feedback!;
        Metrics.Sample(metrics =>
        {
            double[] theirs = feedback.Rates(metrics), ours = [.. feedback.Machine!.Rates(new Constant(feedback.Base), metrics)];
            Assert.Equal(theirs.Length, ours.Length);
            for (int i = 0; i < theirs.Length; i++)
                Assert.Equal(theirs[i], ours[i], 1e-13 * feedback.Base);
        }, iter: 300, seed: "0000000000001");
    }

    [Fact]
    public void An_index_without_a_report_is_refused()
    {
        var imported = SchedulerImport.Import("""{"framework": "timm", "scheduler": "PlateauLRScheduler", "params": {"lr": 0.1}}""");
        Assert.Equal("$.at[1]", Assert.Throws<ScheduleFormatException>(() => imported.Rates([1, 0], [1, 2])).Path);
        Assert.Equal("$.metrics", Assert.Throws<ScheduleFormatException>(() => imported.Rates([1])).Path);
    }
}
