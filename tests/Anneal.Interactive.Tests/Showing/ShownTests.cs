using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace Anneal.Interactive.Tests;

public class ShownTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public void A_schedule_shows_its_curve_with_alternative_text_an_explanation_and_a_table()
    {
        string html = host.Shown("new Warmup(Peak: 0.1, Steps: 20).Then(new CosineDecay(Peak: 0.1, Steps: 80))");
        Assert.Contains("role=\"img\" aria-label=\"Learning rate of ", html);
        Assert.Contains("warm-up from step 0 to 20, decay from step 20 to 100", html);
        Assert.Contains("<summary>Data</summary><table>", html);
        Assert.Contains("rising from 0 to 0.1, Warmup<br>20 … 100: falling from 0.1 to 0, CosineDecay", html);
        Assert.Contains("<th scope=\"row\" style=\"text-align:left;vertical-align:top\">sums</th>", html);
    }

    [Fact]
    public void Every_schedule_of_the_gallery_shows_itself() => Assert.All(Gallery.Schedules, schedule =>
    {
        string html = ScheduleHtml.Of(schedule);
        Assert.Contains("aria-label", html);
        Assert.Contains(HtmlTable.Encode(schedule.At(0).ToString("G6", System.Globalization.CultureInfo.InvariantCulture)), html);
    });

    [Fact]
    public void A_schedule_in_plain_text_is_its_notation() =>
        Assert.Equal("cosine(0.1, 100)", FormattedValue.CreateSingleFromObject(new CosineDecay(Peak: 0.1, Steps: 100), "text/plain").Value);

    [Fact]
    public void Schedules_in_a_list_show_themselves() =>
        Assert.Equal(2, Regex.Count(host.Shown("new Schedule[] { new Constant(0.1), new CosineDecay(0.1, 100) }"), "role=\"img\""));

    [Fact]
    public void A_rule_shows_its_answer_its_settings_and_its_memory()
    {
        string html = host.Shown("new Momentum(Beta: 0.5)");
        // v grows to 2(1 − 2⁻ᵏ), which adds up to 38 over 20 updates; without a gradient it halves, which adds 1 + ½ + … = 2 more.
        Assert.Contains("20 updates with a gradient of 1 bring it to 38, and 20 with none leave it at 40.", html);
        Assert.Contains(">beta</th><td style=\"text-align:left\">0.5</td>", html);
        Assert.Contains("1 number for a single weight", html);
    }

    [Fact]
    public void Every_rule_of_the_gallery_shows_itself() => Assert.All(Gallery.Rules, rule => Assert.Contains($">{rule.GetType().Name}</td>", RuleHtml.Of(rule)));

    [Fact]
    public void A_rule_of_the_readers_own_shows_itself() => Assert.Contains("MyRule", RuleHtml.Of(new MyRule()));

    sealed record MyRule : Rule
    {
        protected override void Update<L>(in Kernels.Pass<L> pass) => throw new NotSupportedException();
    }

    [Fact]
    public void A_trace_shows_four_panels_and_a_summary()
    {
        string html = host.Shown("""
            double[] w = [1, -2];
            new Training(new Sgd(), new Constant(0.05), (w, g) => { g[0] = 2 * w[0]; g[1] = 20 * w[1]; return w[0] * w[0] + 10 * w[1] * w[1]; }).Run(w, 30)
            """);
        Assert.Contains("role=\"img\"", html);
        Assert.Contains("30 steps, from 0 to 29", html);
        Assert.Contains("41 at first", html);
        Assert.Contains("at its last step", html);
    }

    [Fact]
    public void A_run_that_stopped_says_why() =>
        Assert.Contains("the loss is NaN at step 7", TraceHtml.Of(new Trace([], "the loss is NaN at step 7; the weights are as they were before it")));

    [Fact]
    public void A_chart_shows_itself_as_HTML() => Assert.Contains("role=\"img\"", host.Shown($$"""
        #r "{{typeof(Charts.ChartView).Assembly.Location}}"
        #r "{{typeof(Plotly.NET.GenericChart).Assembly.Location}}"
        Anneal.Charts.ScheduleChart.curves(100, new Schedule[] { new CosineDecay(0.1, 100) })
        """));

    [Fact]
    public void Loading_it_twice_changes_nothing()
    {
        int before = host.Kernel.KernelInfo.SupportedDirectives.Count;
        AnnealExtension.Load(host.Kernel);
        Assert.Equal(before, host.Kernel.KernelInfo.SupportedDirectives.Count);
    }

    [Fact]
    public void It_loads_from_a_cell_as_its_package_does()
    {
        using var bare = Host.Bare();
        bare.Run($"#r \"{typeof(AnnealExtension).Assembly.Location}\"\nAnneal.Interactive.AnnealExtension.Load();");
        Assert.Contains("role=\"img\"", bare.Shown("#!schedule \"cosine(0.1, 100)\""));
    }
}
