using System.Globalization;
using CsCheck;

namespace Anneal.Tests;

public class TorchReplayTests
{
    static readonly Gen<string> Child = Gen.OneOf(
        Gen.Select(Gen.Double[0.1, 1], Gen.Int[1, 30], (f, n) => Text($$$"""{"name": "ConstantLR", "params": {"factor": {{{f}}}, "total_iters": {{{n}}}}}""")),
        Gen.Select(Gen.Double[0.1, 1], Gen.Double[0.1, 1], Gen.Int[1, 30], (f, g, n) => Text($$$"""{"name": "LinearLR", "params": {"start_factor": {{{f}}}, "end_factor": {{{g}}}, "total_iters": {{{n}}}}}""")),
        Gen.Select(Gen.Int[1, 30], Gen.Double[0.5, 1.1], (n, g) => Text($$$"""{"name": "StepLR", "params": {"step_size": {{{n}}}, "gamma": {{{g}}}}}""")),
        Gen.Select(Gen.Int[0, 20], Gen.Int[20, 40], (n, m) => Text($$$"""{"name": "MultiStepLR", "params": {"milestones": [{{{n}}}, {{{m}}}], "gamma": 0.5}}""")),
        Gen.Double[0.9, 1.02].Select(g => Text($$$"""{"name": "ExponentialLR", "params": {"gamma": {{{g}}}}}""")),
        Gen.Select(Gen.Int[1, 60], Gen.Double[0.5, 3], (n, p) => Text($$$"""{"name": "PolynomialLR", "params": {"total_iters": {{{n}}}, "power": {{{p}}}}}""")));

    [Fact]
    public void A_sequence_replayed_call_by_call_is_the_sequence_of_closed_forms() =>
        Gen.Select(Child, Child, Gen.Int[1, 50]).Sample((a, b, m) => Agree("SequentialLR", $$"""{"lr": 0.1, "schedulers": [{{a}}, {{b}}], "milestones": [{{m}}]}"""), iter: 200, seed: "0000000000001");

    [Fact]
    public void A_chain_of_factors_replayed_call_by_call_is_their_product() =>
        Gen.Select(Child, Child, Child).Sample((a, b, c) => Agree("ChainedScheduler", $$"""{"lr": 0.1, "schedulers": [{{a}}, {{b}}, {{c}}]}"""), iter: 200, seed: "0000000000001");

    [Fact]
    public void Asking_backwards_gives_the_same_rates()
    {
        var replay = new TorchSimulation("ChainedScheduler", """{"lr": 0.1, "schedulers": [{"name": "CosineAnnealingLR", "params": {"T_max": 7, "eta_min": 0.01}}, {"name": "StepLR", "params": {"step_size": 3}}]}""");
        var again = new TorchSimulation(replay.Scheduler, replay.Parameters);
        double[] backwards = [.. Enumerable.Range(0, 50).Reverse().Select(t => replay.At(t)).Reverse()];
        Assert.Equal(replay, again);
        Assert.Equal(Enumerable.Range(0, 50).Select(t => again.At(t)), backwards);
    }

    [Fact]
    public void More_calls_than_can_be_replayed_are_refused() => Assert.Contains("replayed call by call", Assert.Throws<ArgumentOutOfRangeException>(
        () => new TorchSimulation("ChainedScheduler", """{"lr": 0.1, "schedulers": [{"name": "CosineAnnealingLR", "params": {"T_max": 7}}]}""").At(TorchSimulation.MaxCalls)).Message);

    /// <summary>Each call of a stepped scheduler rounds once or twice, and errors of a hundred calls add up.</summary>
    static void Agree(string scheduler, string parameters)
    {
        var imported = SchedulerImport.Import($$"""{"framework": "pytorch", "scheduler": "{{scheduler}}", "params": {{parameters}}}""").Schedule!;
        Assert.IsNotType<TorchSimulation>(imported);
        var replay = new TorchSimulation(scheduler, parameters);
        for (int t = 0; t <= 100; t++)
            Assert.Equal(replay.At(t), imported.At(t), 1e-11 * 0.2);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
