using Anneal.Experiments;
using Anneal.Models;

namespace Anneal.Interactive.Tests;

public class SweepTests(Host host) : IClassFixture<Host>
{
    /// <summary>A sweep whose losses are made up: at its best rate, 2, one method loses half a unit more than the other on every seed.</summary>
    static SweepResults MadeUp(bool finished)
    {
        var setting = new SampleSetting("digits", new SoftmaxModel(), new WithReplacement(1, 0), 60, Preparation.Largest);
        var sweep = new SweepSpec(setting, [new("constant", new Sgd(), new Constant(1)), new("linear <b>", new Sgd(), new LinearDecay(1, 60))], [1, 2, 4, 8], TuningSeeds: 2);
        return new(sweep, [.. sweep.Trials().Select((t, i) => (t, finished || i > 0
            ? new TrialResult(1 + Math.Abs(t.Rate - 2) + t.Seed * 0.01 + (t.Method == "constant" ? 0.5 + 0.001 * t.Seed : 0)) : null))]);
    }

    [Fact]
    public void A_finished_sweep_shows_its_ranking_its_table_and_what_differs()
    {
        string html = Shown(MadeUp(finished: true));
        Assert.Contains("role=\"img\"", html);
        Assert.Contains("<td>constant</td><td>2</td><td>1.572</td>", html);
        Assert.Contains("<td>linear &lt;b&gt;</td><td>2</td><td>1.065</td>", html);
        Assert.Contains("linear &lt;b&gt; is better by 0.5065", html);
        Assert.True(html.IndexOf("<td>linear", StringComparison.Ordinal) < html.IndexOf("<td>constant", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_shows_itself_like_its_results() =>
        Assert.Contains("<td>constant</td><td>2</td><td>1.572</td>", Shown(new SweepReport(MadeUp(finished: true))));

    [Fact]
    public void An_unfinished_sweep_says_how_much_is_missing() => Assert.Contains("1 trials have not been run yet", Shown(MadeUp(finished: false)));

    string Shown(object value)
    {
        _ = host;
        return Assert.Single(Microsoft.DotNet.Interactive.Formatting.FormattedValue.CreateManyFromObject(value)).Value;
    }
}
