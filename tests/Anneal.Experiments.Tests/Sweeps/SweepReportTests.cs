namespace Anneal.Experiments.Tests;

public sealed class SweepReportTests
{
    static readonly double[] first = [1.1, 2.3, 0.7, 1.9, 3.2, 2.8], second = [1.4, 2.2, 1.5, 2.4, 3.9, 2.7];

    // scipy 1.10.1: stats.ttest_rel(first, second).pvalue
    [Fact]
    public void The_paired_test_agrees_with_scipy() => Assert.Equal(0.07847372107626693, PairedTests.StudentP(first, second), 1e-12);

    // scipy 1.10.1: mean ± q·sem with q = brentq(t.cdf(·, 5) − 0.975); its own t.ppf is off by 4e-10 in this version.
    [Fact]
    public void The_interval_agrees_with_scipy()
    {
        var interval = MeanInterval.Of(first);
        Assert.Equal([2.0, 0.984701525708955, 3.015298474291045], [interval.Mean, interval.Low, interval.High], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    // statsmodels 0.13.5: multipletests([0.01, 0.04, 0.03, 0.005, 0.2], method='holm')[1]
    [Fact]
    public void Holms_correction_agrees_with_statsmodels() =>
        Assert.Equal([0.04, 0.09, 0.09, 0.025, 0.2], PairedTests.Holm([0.01, 0.04, 0.03, 0.005, 0.2]), (a, b) => Math.Abs(a - b) < 1e-15);

    [Fact]
    public void Equal_runs_are_no_evidence_and_constant_differences_are_certain()
    {
        Assert.Equal(1, PairedTests.StudentP(first, first));
        Assert.Equal(0, PairedTests.StudentP([1, 2, 3], [2, 3, 4]));
        Assert.Throws<ArgumentException>(() => PairedTests.StudentP([1], [2]));
    }

    /// <summary>A sweep whose losses are made up: method a is best at rate 2 by its tuning seeds, at rate 4 by its evaluation seeds.</summary>
    static SweepResults MadeUp(Func<Planned, double> loss) =>
        new SweepSpec(SweepSamples.Small().Setting, SweepSamples.Small().Methods, [1, 2, 4, 8, 16], TuningSeeds: 2, Minimum: 10) is var sweep
            ? new(sweep, [.. sweep.Trials().Select(t => (t, (TrialResult?)new TrialResult(loss(t))))]) : null!;

    [Fact]
    public void The_rate_is_chosen_by_tuning_seeds_and_the_loss_is_of_the_others()
    {
        var report = new SweepReport(MadeUp(t => 10 + t.Seed * 0.01 + (t.Tunes ? Math.Abs(t.Rate - 2) : Math.Abs(t.Rate - 4))));
        Assert.All(report.Methods, m => Assert.Equal(2, m.Rate));
        Assert.All(report.Methods, m => Assert.Equal(2 + 0.065, m.Loss.Mean, 1e-12));
        Assert.All(report.Methods, m => Assert.Equal((8, 4 + 0.065), (m.HighRate, m.HighLoss.Mean), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-12));
        Assert.False(Assert.Single(report.Comparisons).Better);
        Assert.Equal((false, false), report.Wanted);
    }

    [Fact]
    public void Better_is_said_of_what_is_better_on_every_seed()
    {
        var report = new SweepReport(MadeUp(t => 10 + Math.Abs(t.Rate - 2) + t.Seed * 0.01 + (t.Method == "constant" ? 0.5 + 0.001 * t.Seed : 0)));
        var only = Assert.Single(report.Comparisons);
        Assert.Equal(("linear", "constant", true), (only.First, only.Second, only.Better));
        Assert.Equal(0.5065, only.Difference.Mean, 1e-12);
    }

    [Theory]
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    [InlineData(8, false, true)] // four times 8 was not tried
    [InlineData(16, false, true)]
    public void More_rates_are_wanted_where_the_best_lies_on_the_edge(double best, bool down, bool up) =>
        Assert.Equal((down, up), new SweepReport(MadeUp(t => 10 + Math.Abs(Math.Log(t.Rate / best)))).Wanted);

    [Fact]
    public void A_method_that_always_blows_up_is_kept_and_not_compared()
    {
        var report = new SweepReport(MadeUp(t => t.Method == "constant" ? double.PositiveInfinity : 10 + Math.Abs(t.Rate - 2)));
        Assert.Equal(0, report.Methods[0].Rate);
        Assert.Empty(report.Comparisons);
        Assert.True(report.Wanted.Down);
    }

    [Fact]
    public void An_unfinished_sweep_is_not_judged()
    {
        var results = MadeUp(_ => 11);
        Assert.Contains("1 of 120 trials have not been run yet", Assert.Throws<SweepException>(() =>
            new SweepReport(results with { Trials = [.. results.Trials.Skip(1), (results.Trials[0].Trial, null)] })).Message);
    }
}
