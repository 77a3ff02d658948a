using System.Text.Json.Nodes;

namespace Anneal.Experiments.Tests;

public sealed class SweepTests : IDisposable
{
    readonly string _folder = SweepSamples.Folder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    static SweepResults Run(SweepSpec sweep, string folder, int jobs = 1, Shard? shard = null, Action<SweepProgress>? progress = null) =>
        Sweep.Run(sweep, folder, jobs, shard, progress, TestContext.Current.CancellationToken);

    [Fact]
    public void A_trial_is_a_function_of_its_description()
    {
        var trial = SweepSamples.Small().Trials()[5].Trial;
        Assert.Equal(trial.Run(), SweepJson.ReadTrial(SweepJson.Write(trial)).Run());
        Assert.NotEqual(trial.Run().Loss, (trial with { Seed = trial.Seed + 100 }).Run().Loss);
    }

    [Fact]
    public void Workers_order_and_interruptions_leave_no_trace()
    {
        var sweep = SweepSamples.Small();
        string whole = Run(sweep, In("one"), jobs: 1).ToCsv();
        Assert.Equal(whole, Run(sweep, In("two"), jobs: 2).ToCsv());
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Sweep.Run(sweep, In("stopped"), 2, progress: p =>
        {
            if (p.Finished == 20)
                cancel.Cancel();
        }, cancel: cancel.Token));
        var seen = new List<SweepProgress>();
        Assert.Equal(whole, Run(sweep, In("stopped"), 1, progress: seen.Add).ToCsv());
        Assert.InRange(seen[0].Found, 20, 22);
        Assert.Equal(sweep.Trials().Count, File.ReadLines(Path.Combine(In("stopped"), "trials.jsonl")).Count());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Merged_shards_equal_one_run_with_its_widenings(int shards)
    {
        var sweep = SweepSamples.Small(widenings: 2);
        string whole = Run(sweep, In("whole")).ToCsv();
        string[] parts = [.. Enumerable.Range(1, shards).Select(i => In($"part{i}"))];
        for (int i = 0; i < shards; i++)
            Run(sweep, parts[i], 1, new Shard(i + 1, shards));
        Assert.Equal(sweep.Trials().Count, parts.Sum(part => File.ReadLines(Path.Combine(part, "trials.jsonl")).Count()));
        Sweep.Merge(parts, In("merged"));
        Assert.Equal(whole, Run(sweep, In("merged")).ToCsv());
        Assert.Equal(whole, Sweep.Merge([In("merged")], In("again")).ToCsv());
    }

    [Fact]
    public void A_torn_last_line_is_run_again_and_a_damaged_one_inside_is_named()
    {
        var sweep = SweepSamples.Small();
        string whole = Run(sweep, In("x")).ToCsv(), journal = Path.Combine(In("x"), "trials.jsonl");
        byte[] bytes = File.ReadAllBytes(journal);
        File.WriteAllBytes(journal, bytes[..^9]);
        Assert.Equal(whole, Run(sweep, In("x")).ToCsv());
        bytes[3] = (byte)'!';
        File.WriteAllBytes(journal, bytes);
        Assert.Contains("trials.jsonl, line 1 is damaged", Assert.Throws<SweepException>(() => Run(sweep, In("x"))).Message);
    }

    [Fact]
    public void A_folder_belongs_to_one_sweep_and_one_process()
    {
        var sweep = SweepSamples.Small();
        Run(sweep, In("x"));
        Assert.Contains("holds another sweep", Assert.Throws<SweepException>(() => Run(SweepSamples.Small(widenings: 1), In("x"))).Message);
        using var held = Journal.Open(In("x"), sweep);
        Assert.Contains("held by another process", Assert.Throws<SweepException>(() => Run(sweep, In("x"))).Message);
    }

    [Fact]
    public void A_folder_whose_sweep_has_former_names_goes_on()
    {
        var sweep = new SweepSpec(SweepSamples.Small().Setting, [new("averaged", new StochasticWeightAveraging(new Sgd()), new Constant(1))], [0.02, 0.16, 1.28], 2, 10, Widenings: 0);
        string whole = Run(sweep, In("x")).ToCsv(), about = Path.Combine(In("x"), "sweep.json"), text = File.ReadAllText(about);
        File.WriteAllText(about, text.Replace("\"stochasticWeightAveraging\"", "\"stochasticWeightAverage\"", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(about));
        List<SweepProgress> told = [];
        Assert.Equal(whole, Run(sweep, In("x"), progress: told.Add).ToCsv());
        Assert.All(told, p => Assert.Equal(p.Total, p.Found));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_before_the_first_trial()
    {
        File.WriteAllText(In("file"), "");
        int told = 0;
        var refused = Assert.Throws<SweepException>(() => Run(SweepSamples.Small(), Path.Combine(In("file"), "below"), progress: _ => told++));
        Assert.Contains("cannot be written", refused.Message);
        Assert.Equal(0, told);
    }

    [Fact]
    public void A_full_disk_loses_no_finished_trial()
    {
        using var disk = new SmallDisk(200);
        using (var journal = Journal.On(disk))
        {
            for (int i = 0; i < 20; i++)
                journal.Add($"trial{i:00}", new TrialResult(i));
            Assert.Contains("Make room and run the same command again", Assert.Throws<SweepException>(journal.Close).Message);
            Assert.True(journal.Failed.IsCancellationRequested);
        }
        disk.Position = 0;
        disk.Room = 10_000;
        using var again = Journal.On(disk);
        int kept = Enumerable.Range(0, 20).Count(i => again[$"trial{i:00}"] is { } result && result.Loss == i);
        Assert.Equal(disk.Text().Count(c => c == '\n'), kept);
    }

    [Fact]
    public void Shards_of_different_sweeps_or_results_are_not_merged()
    {
        Run(SweepSamples.Small(), In("a"), shard: new(1, 2));
        Run(SweepSamples.Small(widenings: 1), In("b"), shard: new(2, 2));
        Assert.Contains("holds another sweep than", Assert.Throws<SweepException>(() => Sweep.Merge([In("a"), In("b")], In("c"))).Message);
        Directory.CreateDirectory(In("d"));
        File.Copy(Path.Combine(In("a"), "sweep.json"), Path.Combine(In("d"), "sweep.json"));
        string[] lines = File.ReadAllLines(Path.Combine(In("a"), "trials.jsonl"));
        File.WriteAllBytes(Path.Combine(In("d"), "trials.jsonl"), new JournalLine((string)JsonNode.Parse(lines[0])!["trial"]!, new(1.5)).Text());
        Assert.Contains("has the loss 1.5 in", Assert.Throws<SweepException>(() => Sweep.Merge([In("a"), In("d")], In("c"))).Message);
    }

    [Fact]
    public void Rates_are_widened_until_the_best_lies_inside_and_four_times_the_best_was_tried()
    {
        var results = Run(new SweepSpec(SweepSamples.Small().Setting, SweepSamples.Small().Methods, [0.01, 0.02, 0.04], TuningSeeds: 1, Widenings: 10), In("x"));
        var report = new SweepReport(results);
        Assert.Equal((false, false), report.Wanted);
        Assert.All(report.Methods, m => Assert.False(m.OnEdge));
        Assert.All(report.Methods, m => Assert.Equal(4, m.HighRate / m.Rate, 9));
    }

    /// <summary>A stream that takes so many bytes and then fails as a full disk does.</summary>
    sealed class SmallDisk(int room) : MemoryStream
    {
        public int Room { get; set; } = room;

        public string Text() => System.Text.Encoding.UTF8.GetString(ToArray());

        public override void Write(byte[] buffer, int offset, int count)
        {
            int fits = Math.Min(count, Room - (int)Position);
            base.Write(buffer, offset, fits);
            if (fits < count)
                throw new IOException("No space left on device");
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
