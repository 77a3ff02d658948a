namespace Anneal.Experiments.Tests;

public sealed class ResultTableTests
{
    /// <summary>A sweep with a name that needs quotes, a run that blew up, and rates that were widened.</summary>
    static (SweepSpec Given, SweepResults Results) Made()
    {
        var like = SweepSamples.Small(widenings: 1);
        var given = new SweepSpec(like.Setting, [new("a \"b\", c", new Sgd(), new Constant(1)), like.Methods[1]], like.Rates, like.TuningSeeds, Widenings: 1);
        var tried = given.Widened(down: false, up: true);
        return (given, new(tried, [.. tried.Trials().Select(t => (t, (TrialResult?)(t.Rate > 100
            ? new TrialResult(double.PositiveInfinity, double.NaN, "the loss at step 3 is ∞") : new TrialResult(1 / 3.0 + t.Seed, t.Seed % 2 == 0 ? null : 0.1 * t.Rate))))]));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var (given, results) = Made();
        var read = ResultTable.Read(given, results.ToCsv());
        Assert.Equal(results.Sweep.Rates, read.Sweep.Rates);
        Assert.Equal(results.Trials.Select(t => (t.Trial.Method, t.Trial.Rate, t.Trial.Seed, t.Result)), read.Trials.Select(t => (t.Trial.Method, t.Trial.Rate, t.Trial.Seed, t.Result)));
        Assert.Equal(results.Trials[7].Trial.Trial.Key, read.Trials[7].Trial.Trial.Key);
        Assert.Equal(0, read.Missing);
    }

    [Fact]
    public void A_table_with_gaps_is_read_and_the_gaps_are_counted()
    {
        var (given, results) = Made();
        string[] lines = results.ToCsv().TrimEnd('\n').Split('\n');
        Assert.Equal(1, ResultTable.Read(given, string.Join('\n', lines.Where((_, i) => i != 5))).Missing);
    }

    [Fact]
    public void Another_table_is_refused()
    {
        var (given, results) = Made();
        string csv = results.ToCsv();
        string Says(SweepSpec sweep, string table) => Assert.Throws<SweepException>(() => ResultTable.Read(sweep, table)).Message;
        Assert.Contains("must begin", Says(given, csv[1..]));
        Assert.Contains("damaged", Says(given, csv.Replace("0.02,3,", "0.02,three,")));
        Assert.Contains("damaged", Says(given, csv + "linear,0.02\n"));
        Assert.Contains("repeats", Says(given, csv + csv.TrimEnd('\n').Split('\n')[^1]));
        Assert.Contains("another sweep", Says(given, csv.Replace("linear,", "line,")));
        Assert.Contains("another sweep", Says(SweepSamples.Small() with { }, csv));
    }
}
