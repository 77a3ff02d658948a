namespace Anneal.Experiments.Tests;

public class AlarmTests
{
    static LogLine Line(int i, double loss, double logit = 0) => new(5 * (i + 1), 0.01, loss, 1, 0.001, logit, 1, 1, 10, i % 4 == 3 ? i : null);

    static TrialLog Losses(params double[] losses) => new([.. losses.Select((loss, i) => Line(i, loss))]);

    static TrialLog Logits(params double[] logits) => new([.. logits.Select((logit, i) => Line(i, 3, logit))]);

    // Means of four lines: 3, 3, 3, 3, 3, 3.125, 3.25, 3.375, 3.5; the lowest is 3, so the onset is the seventh line, update 35.
    [Fact]
    public void A_run_that_loses_what_it_learned_has_diverged_since_its_mean_rose() =>
        Assert.Equal(new RunEnd(RunKind.Diverged, 35), RunEnd.Of(Losses(3, 3, 3, 3, 3, 3.5, 3.5, 3.5, 3.5), 45, 3.4, 3.3));

    [Theory]
    [InlineData(new[] { 3.4, 3.2, 3, 3, 3 }, RunKind.Healthy)]
    [InlineData(new[] { 3.4, 3.3, 3.3, 3.3, 3.3 }, RunKind.Stuck)]
    [InlineData(new[] { 3.4, 3, 3, 5, 3, 3, 3, 3, 3 }, RunKind.Healthy)]
    [InlineData(new[] { 3.4, 8, 7, 6, 5, 4.5, 4, 4, 4 }, RunKind.Diverged)]
    [InlineData(new[] { 3, 3, 3, double.NaN }, RunKind.Diverged)]
    public void Runs_end_in_one_of_three_ways(double[] losses, RunKind kind) =>
        Assert.Equal(kind, RunEnd.Of(Losses(losses), 5 * losses.Length, 3.43, 3.27).Kind);

    [Fact]
    public void A_run_that_stops_early_has_diverged_at_its_last_line() =>
        Assert.Equal(new RunEnd(RunKind.Diverged, 15), RunEnd.Of(Losses(3, 3, 3), 240, 3.43, 3.27));

    [Fact]
    public void An_alarm_rings_above_its_threshold_and_leads_by_what_is_left()
    {
        var alarm = new Alarm(Signal.LargestLogit, 4);
        var log = Logits(1, 4, 5, 2, 9);
        Assert.Equal(15, alarm.FirstIn(log));
        Assert.Null(new Alarm(Signal.LargestLogit, 9).FirstIn(log));
        Assert.Equal(25, alarm.Lead(new(log, 40)));
        Assert.Equal(0, alarm.Lead(new(log, 15)));
    }

    [Fact]
    public void The_threshold_separates_what_can_be_separated_and_is_the_highest_that_does()
    {
        // Up to ten updates before the onset the diverged runs reach 8 and 7; the healthy ones 3 and 5.
        DivergedRun[] diverged = [new(Logits(1, 8, 9, 50), 20), new(Logits(2, 3, 7, 60, 70), 25)];
        Assert.Equal(5, Alarm.Fit(Signal.LargestLogit, diverged, [Logits(1, 2, 3), Logits(5, 4, 1)]).Threshold);
        // With a healthy run at 7.5 the warning at 7 would cost a false alarm: both 5 and 7.5 gain ½, and 7.5 is the higher.
        Assert.Equal(7.5, Alarm.Fit(Signal.LargestLogit, diverged, [Logits(1, 2, 3), Logits(7.5, 4, 1)]).Threshold);
    }

    [Fact]
    public void Signals_look_back_and_never_ahead()
    {
        var log = new TrialLog([.. Enumerable.Range(0, 30).Select(i => Line(i, 3 + Math.Sin(i), i) with { GradientNorm = 1 + i % 7, NoiseScale = i % 5 == 0 ? double.NaN : i })]);
        foreach (var signal in Signal.All)
        {
            double[] whole = signal.Of(log);
            Assert.Equal(30, whole.Length);
            for (int n = 1; n < 30; n++)
                Assert.Equal(whole[n - 1], signal.Of(new([.. log.Lines.Take(n)]))[^1]);
        }
    }

    [Fact]
    public void The_jump_is_over_the_median_of_ten_lines_before()
    {
        var log = new TrialLog([.. Enumerable.Range(0, 12).Select(i => Line(i, 3) with { GradientNorm = i == 11 ? 60 : i })]);
        double[] jumps = Signal.GradientJump.Of(log);
        Assert.All(jumps.Take(4), j => Assert.True(double.IsNaN(j)));
        Assert.Equal(60 / 5.5, jumps[11]);
    }

    [Fact]
    public void A_signal_that_tells_the_runs_apart_is_judged_so()
    {
        var diverged = Enumerable.Range(0, 30).Select(i => new DivergedRun(Logits(1, 1, 20 + i, 99, 99, 99), 30)).ToArray();
        var healthy = Enumerable.Range(0, 25).Select(i => Logits(1, 2, 3 + i % 5)).ToArray();
        var score = new WarningTrial(diverged, healthy).Judge(Signal.LargestLogit, seed: 1);
        Assert.Equal((20, 15), (score.Leads.Count, score.Rang.Count));
        Assert.Equal((1, 0, 15), (score.Warned.Share, score.FalseAlarms.Share, score.MedianLead));
        Assert.Equal((15, 15), score.MedianInterval());
        Assert.Equal(score.Leads, new WarningTrial(diverged, healthy).Judge(Signal.LargestLogit, seed: 1).Leads);
    }

    // R: binom::binom.wilson(13, 20) and (0, 15).
    [Theory]
    [InlineData(13, 20, 0.4328543, 0.8188082)]
    [InlineData(0, 15, 0, 0.2038832)]
    public void Shares_have_Wilsons_interval(int cases, int all, double low, double high)
    {
        var interval = ShareInterval.Of(cases, all);
        Assert.Equal(low, interval.Low, 1e-6);
        Assert.Equal(high, interval.High, 1e-6);
    }
}
