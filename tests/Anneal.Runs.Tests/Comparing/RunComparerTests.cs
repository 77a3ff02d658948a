namespace Anneal.Runs.Tests;

public class RunComparerTests
{
    public static TheoryData<SyntheticRun> Runs => new(SyntheticRun.All);

    [Theory, MemberData(nameof(Runs))]
    public void What_happened_is_told(SyntheticRun run)
    {
        var comparison = RunComparer.Compare(SyntheticRun.Plan, RunLogs.Read(new StringReader(run.Csv())));
        Assert.Equal(run.Verdict, comparison.Verdict);
        if (run.Amount is { } amount)
            Assert.Equal(amount, comparison.Amount!.Value, Math.Max(1e-6, 0.01 * Math.Abs(amount)));
        if (run.Since is { } since)
            Assert.Equal(since, comparison.Since!.Value, 2.0);
        if (run.Verdict == "as-planned")
            Assert.DoesNotContain(comparison.Findings, f => f.Severity != Severity.Info);
    }

    /// <summary>Lines of a trainer's console have no step; counted one by one, they look like a run that went faster.</summary>
    [Fact]
    public void A_log_without_steps_is_said_to_have_none()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Enumerable.Range(1, 120).Select(i => FormattableString.Invariant($"{{'loss': 2.1, 'learning_rate': {SyntheticRun.Plan.RateAt(25 * i):R}, 'epoch': 0.1}}")));
            var counted = RunComparer.Compare(SyntheticRun.Plan, RunLogs.Read(file));
            Assert.Contains(counted.Findings, f => f.Code == "no-steps" && f.Sentence.Contains("--every", StringComparison.Ordinal));
            var right = RunComparer.Compare(SyntheticRun.Plan, RunLogs.Read(file, null, null, every: 25));
            Assert.True(right.AsPlanned, string.Join(' ', right.Findings));
            Assert.DoesNotContain(right.Findings, f => f.Code == "no-steps");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_million_entries_are_compared()
    {
        var run = RunConfigurations.Read("output_dir: out\nlearning_rate: 3.0e-4\nlr_scheduler_type: cosine\nmax_steps: 1000000\nwarmup_steps: 2000\n", "hf");
        var text = new System.Text.StringBuilder("step,loss,learning_rate\n");
        for (int t = 0; t < 1_000_000; t++)
            text.Append(t).Append(",2.1,").Append(run.RateAt(t).ToString("g6", System.Globalization.CultureInfo.InvariantCulture)).Append('\n');
        string csv = text.ToString();
        var comparison = RunComparer.Compare(run, RunLogs.Read(new StringReader(csv)));
        Assert.True(comparison.AsPlanned, string.Join(' ', comparison.Findings));
    }
}
