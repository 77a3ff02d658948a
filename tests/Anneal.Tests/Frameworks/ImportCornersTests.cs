using System.Text.Json;

namespace Anneal.Tests;

/// <summary>Where a reference surprises: values that the reference itself gave (PyTorch 1.13.0; timm 1.0.29.dev0), one per index from 0.</summary>
public class ImportCornersTests
{
    [Theory]
    // Twice pct·N − 2 lies behind N − 1, so the last phase would end before it starts, and is walked backwards.
    [InlineData("OneCycleLR", """{"max_lr": 0.05, "total_steps": 7, "pct_start": 0.6, "anneal_strategy": "cos", "three_phase": true, "final_div_factor": 100.0}""",
        0.0020000000000000018, 0.01266631440752955, 0.03518440237676215, 0.04953884672967753, 0.042970562748477145, 0.021317832271612935, 0.0038268912197291236, 0.0010099999999999929)]
    [InlineData("OneCycleLR", """{"max_lr": 0.05, "total_steps": 7, "pct_start": 0.6, "anneal_strategy": "linear", "three_phase": true, "final_div_factor": 100.0}""",
        0.002, 0.017, 0.032, 0.047, 0.038000000000000006, 0.023000000000000007, 0.008000000000000007, 0.004969999999999995)]
    // A factor of 0 cannot be taken back: the reference divides by it on the next call.
    [InlineData("ConstantLR", """{"lr": 0.1, "factor": 0.0, "total_iters": 1}""", 0.0)]
    [InlineData("SequentialLR", """{"lr": 0.1, "schedulers": [{"name": "StepLR", "params": {"step_size": 2}}, {"name": "ConstantLR", "params": {"factor": 0.0, "total_iters": 2}}], "milestones": [3]}""",
        0.1, 0.1, 0.010000000000000002, 0.0, 0.0)]
    public void PyTorch_and_the_index_after_the_last_is_refused(string scheduler, string parameters, params double[] expected)
    {
        var schedule = Import("pytorch", scheduler, parameters);
        AssertRates(expected, schedule);
        Assert.ThrowsAny<ArgumentException>(() => schedule.At(expected.Length));
    }

    [Theory]
    // CyclicLR's constructor still knows the base rate of the scheduler before it, and only from the next call on its own.
    [InlineData("ChainedScheduler", """{"lr": 0.1, "schedulers": [{"name": "StepLR", "params": {"step_size": 2}}, {"name": "CyclicLR", "params": {"base_lr": 0.01, "max_lr": 0.05, "step_size_up": 2}}]}""",
        0.1, 0.03, 0.05, 0.03)]
    // Two OneCycleLR keep their limits in the same place, so the first follows those of the second.
    [InlineData("SequentialLR", """{"lr": 0.1, "schedulers": [{"name": "OneCycleLR", "params": {"max_lr": 0.05, "total_steps": 4}}, {"name": "OneCycleLR", "params": {"max_lr": 0.2, "total_steps": 5}}], "milestones": [3]}""",
        0.008000000000000007, 0.1623491307899526, 0.056612199641739844, 0.008000000000000007, 0.19009692640269477, 0.12225240438725786)]
    public void PyTorch(string scheduler, string parameters, params double[] expected) => AssertRates(expected, Import("pytorch", scheduler, parameters));

    // The last cycle ends on 121 = (3⁵ − 1) / 2, where the logarithm comes out below 5: the tangent, which never reaches its floor, is still at its end.
    [Fact]
    public void The_end_of_the_last_cycle_of_timm_may_come_late()
    {
        var tanh = Import("timm", "TanhLRScheduler", """{"lr": 0.05, "t_initial": 1, "lr_min": 0.1, "cycle_mul": 3.0, "cycle_limit": 5, "ub": 4.0}""");
        Assert.Equal(0.09998323249347668, tanh.At(121), 1e-16);
        Assert.Equal(0.1, tanh.At(122));
    }

    static Schedule Import(string framework, string scheduler, string parameters)
    {
        using var document = JsonDocument.Parse($$"""{"framework": "{{framework}}", "scheduler": "{{scheduler}}", "params": {{parameters}}}""");
        return SchedulerImport.Import(document.RootElement).Schedule!;
    }

    static void AssertRates(double[] expected, Schedule schedule) =>
        Assert.All(expected, (rate, t) => Assert.InRange(schedule.At(t), rate - 1e-12 * rate, rate + 1e-12 * rate));

    /// <summary>PyTorch's class itself, by hand: its constructor takes the last epoch for the steps since the restart, and each call takes one cycle off.</summary>
    [Theory]
    [InlineData(3, 1, 9, new[] { 10 - 3, 8 - 3, 6 - 3, 4 - 3, 2.0 }, new[] { 3, 3, 3, 3, 3.0 })]
    [InlineData(3, 2, 9, new[] { 10 - 3, 8 - 6, 3, 4, 5.0 }, new[] { 6, 12, 12, 12, 12.0 })]
    [InlineData(5, 1, 2, new[] { 3, 4, 0, 1, 2.0 }, new[] { 5, 5, 5, 5, 5.0 })]
    [InlineData(1, 1, 3, new[] { 3, 3, 3, 3, 3.0 }, new[] { 1, 1, 1, 1, 1.0 })]
    public void Warm_restarts_resumed_past_the_first_cycle_are_as_wrong_as_the_reference(int first, int growth, int lastEpoch, double[] current, double[] length)
    {
        var imported = SchedulerImport.Import($$"""
            {"framework": "pytorch", "scheduler": "CosineAnnealingWarmRestarts", "params": {"lr": 1, "T_0": {{first}}, "T_mult": {{growth}}, "last_epoch": {{lastEpoch}} } }
            """);
        double[] expected = [.. current.Zip(length, (c, l) => (1 + Math.Cos(Math.PI * c / l)) / 2)];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(t => imported.Schedule!.At(t)), (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
