using Anneal.Diagnostics;

namespace Anneal.Experiments.Tests;

public sealed class WatchedRunTests
{
    const string Spec = """
        {"data": {"type": "brackets", "words": 6, "depth": 2}, "model": {"context": 8, "width": 8, "layers": 2, "heads": 2, "bias": false},
         "batchSize": 4, "steps": 24, "heldOut": 8, "watch": 3, "rates": [0.001, 0.01, 0.1], "tuningSeeds": 1, "evaluationSeeds": 10, "widenings": 0,
         "methods": [{"name": "level, at once", "rule": {"type": "clipByGlobalNorm", "inner": {"type": "adamW"}, "maxNorm": 0.1}, "schedule": {"type": "constant", "value": 1}}]}
        """;

    static readonly SweepSpec sweep = SweepJson.ReadSweep(Spec);
    static readonly TokenSetting setting = (TokenSetting)sweep.Setting;

    [Fact]
    public void Watching_changes_nothing_and_says_what_the_run_itself_would()
    {
        var trial = sweep.Trials()[4].Trial;
        TransformerTraining watched = setting.Start(trial.Rule, trial.Schedule, 4), alone = setting.Start(trial.Rule, trial.Schedule, 4);
        var (log, stopped) = WatchedRun.Watch(watched, setting.Tokens.Training, 24, 3);
        float[] before = [];
        var points = new List<TracePoint>();
        for (int t = 0; t < 24; t++)
        {
            before = [.. alone.Weights];
            points.AddRange(alone.Run(1, cancel: TestContext.Current.CancellationToken).Points);
        }
        Assert.Null(stopped);
        Assert.Equal(alone.Weights, watched.Weights);
        Assert.Equal([3, 6, 9, 12, 15, 18, 21, 24], log.Lines.Select(line => line.Step));
        Assert.Equal(points.Chunk(3).Select(part => part.Average(p => p.Loss)), log.Lines.Select(line => line.Loss));
        Assert.Equal(points.Chunk(3).Select(part => part.Max(p => p.GradientNorm)), log.Lines.Select(line => line.GradientNorm));
        double ratio = TensorNorms.Of<float>(setting.Transformer.Layout, before, before, alone.Weights).Where((_, i) => setting.Transformer.Layout.Tensors[i].IsMatrix).Max(t => t.UpdateRatio);
        Assert.Equal(ratio, log.Lines[^1].UpdateRatio);
        Assert.Equal([false, false, false, true, false, false, false, true], log.Lines.Select(line => line.Sharpness is not null));
    }

    [Fact]
    public void A_watched_trial_has_the_loss_of_one_that_nobody_watches()
    {
        var trial = sweep.Trials()[15].Trial;
        var alone = new Trial(SweepJson.ReadSweep(Spec.Replace("\"watch\": 3, ", "")).Setting, trial.Rule, trial.Schedule, trial.Seed);
        Assert.Equal(alone.Run().Loss, trial.Run().Loss);
        Assert.Equal(trial.Run(), trial.Run());
        Assert.Null(alone.Run().Log);
        Assert.NotEqual(alone.Key, trial.Key);
        Assert.DoesNotContain("watch", SweepJson.Write(alone));
        Assert.Equal(trial, SweepJson.ReadTrial(SweepJson.Write(trial)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_line_has_two_updates_or_more_and_the_run_whole_lines(int watch) =>
        Assert.Contains("Watch must be 0, or at least 2", Assert.Throws<SweepFormatException>(() => SweepJson.ReadSweep(Spec.Replace("\"watch\": 3", $"\"watch\": {watch}"))).Message);

    [Fact]
    public void A_run_that_blows_up_leaves_the_lines_before()
    {
        var run = setting.Start(new Sgd(), new Constant(1e30), 0);
        var (log, stopped) = WatchedRun.Watch(run, setting.Tokens.Training, 24, 3);
        Assert.NotNull(stopped);
        Assert.True(log.Lines.Count < 8);
    }

    [Fact]
    public void Logs_survive_journal_and_table()
    {
        string folder = Directory.CreateTempSubdirectory("watched").FullName;
        try
        {
            Sweep.Run(sweep, folder, shard: new(1, 11), cancel: TestContext.Current.CancellationToken);
            var again = Sweep.Run(sweep, folder, shard: new(1, 11), cancel: TestContext.Current.CancellationToken);
            var kept = again.Trials.Where(t => t.Result is not null).ToList();
            Assert.Equal(3, kept.Count);
            var read = LogTable.Read(again.LogsToCsv()!);
            Assert.Equal(kept.Select(t => (t.Trial.Method, t.Trial.Rate, t.Trial.Seed)), read.Select(r => (r.Method, r.Rate, r.Seed)));
            foreach (var (trial, log) in kept.Zip(read, (k, r) => (k.Trial.Trial, r.Log)))
                foreach (var (exact, short4) in trial.Run().Log!.Lines.Zip(log.Lines))
                {
                    Assert.Equal(exact.Step, short4.Step);
                    Assert.Equal(exact.Loss, short4.Loss, exact.Loss * 5e-4);
                    Assert.Equal(exact.Sharpness ?? -1, short4.Sharpness ?? -1, Math.Abs(exact.Sharpness ?? 1) * 5e-4);
                }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Theory]
    [InlineData("method,rate\n")]
    [InlineData("method,rate,seed,step,step_rate,loss,gradient_norm,update_ratio,largest_logit,entropy,stream_rms,noise_scale,sharpness\na,1,2,3\n")]
    [InlineData("method,rate,seed,step,step_rate,loss,gradient_norm,update_ratio,largest_logit,entropy,stream_rms,noise_scale,sharpness\na,1,2,x,1,1,1,1,1,1,1,1,\n")]
    public void A_damaged_table_is_refused(string csv) => Assert.Throws<SweepException>(() => LogTable.Read(csv));
}
