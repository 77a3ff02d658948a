namespace Anneal.Experiments.Tests;

public sealed class TokenSettingTests
{
    const string Good = """
        {"data": {"type": "brackets", "words": 6, "depth": 2}, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2, "initialDeviation": 0.1},
         "batchSize": 4, "steps": 5, "heldOut": 40, "rates": [0.001, 0.01, 0.1], "tuningSeeds": 1, "evaluationSeeds": 10, "widenings": 0,
         "methods": [{"name": "line", "rule": {"type": "adamW"}, "schedule": {"type": "linear", "peak": 1, "steps": 5}}]}
        """;

    static readonly SweepSpec sweep = SweepJson.ReadSweep(Good);
    static readonly TokenSetting setting = (TokenSetting)sweep.Setting;

    [Fact]
    public void A_sweep_over_tokens_reads_as_what_was_written()
    {
        Assert.Equal((4, 5L, 40, 0.1, 13), (setting.BatchSize, setting.Steps, setting.HeldOut, setting.Transformer.InitialDeviation, setting.Transformer.Vocabulary));
        string written = SweepJson.Write(sweep);
        Assert.Equal(written, SweepJson.Write(SweepJson.ReadSweep(written)));
        Assert.Equal(setting, SweepJson.ReadSweep(written).Setting);
        var trial = sweep.Trials()[7].Trial;
        Assert.Equal(trial, SweepJson.ReadTrial(SweepJson.Write(trial)));
        Assert.Equal(33, sweep.Trials().Select(t => t.Trial.Key).Distinct().Count());
    }

    [Fact]
    public void A_trial_is_the_run_that_the_train_command_makes()
    {
        var trial = sweep.Trials()[12].Trial;
        var recipe = new TransformerRecipe(setting.Transformer, trial.Rule, trial.Schedule, 4) { Seed = trial.Seed };
        var run = new TransformerTraining(recipe, setting.Tokens.Training);
        run.Run(5, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(setting.Judge(run), trial.Run().Loss);
        Assert.Equal(trial.Run(), trial.Run());
    }

    // 40 sequences of 8 tokens, 32 and then 8 at a time: the mean over all tokens is not the mean of the two means.
    [Fact]
    public void The_loss_is_the_mean_over_all_held_out_tokens()
    {
        var run = setting.Start(new Sgd(), new Constant(0), 3);
        var batches = setting.HeldOutBatches().ToList();
        Assert.Equal([32, 8], batches.Select(b => b.Sequences));
        double[] means = [.. batches.Select(b => run.Network.Loss(run.Weights, b))];
        Assert.Equal((32 * means[0] + 8 * means[1]) / 40, setting.Judge(run), 1e-12);
    }

    [Fact]
    public void The_held_out_sequences_are_the_same_at_any_batch_size()
    {
        var other = (TokenSetting)SweepJson.ReadSweep(Good.Replace("\"batchSize\": 4", "\"batchSize\": 7")).Setting;
        Assert.NotEqual<Setting>(setting, other);
        Assert.Equal(setting.HeldOutBatches().SelectMany(b => b.Targets), other.HeldOutBatches().SelectMany(b => b.Targets));
    }

    [Fact]
    public void There_are_no_samples_here()
    {
        Assert.Contains("tokens", Assert.Throws<InvalidOperationException>(() => setting.Samples()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => setting.Model);
    }

    [Theory]
    [InlineData("\"brackets\"", "\"braces\"", "$.data.type: there are no data \"braces\"")]
    [InlineData("\"batchSize\": 4", "\"batchSize\": 0", "$.batchSize: BatchSize must be above 0; it is 0.")]
    [InlineData("\"heldOut\": 40", "\"heldOut\": -1", "$.heldOut: HeldOut must be above 0; it is -1.")]
    [InlineData("\"steps\": 5, \"held", "\"steps\": 0, \"held", "$.steps: Steps must be above 0; it is 0.")]
    [InlineData("\"batchSize\": 4, ", "", "$: \"batchSize\" is missing.")]
    [InlineData("\"heldOut\": 40", "\"testShare\": 0.2", "$.testShare: there is no such member here")]
    [InlineData("\"width\": 8, ", "", "$.model: \"width\" is missing.")]
    public void What_is_refused_is_named(string good, string bad, string message)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<SweepFormatException>(() => SweepJson.ReadSweep(Good.Replace(good, bad))).Message, StringComparison.Ordinal);
    }
}
