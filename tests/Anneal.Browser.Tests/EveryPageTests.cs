using System.Text.Json;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>What holds for every page, whatever is on it.</summary>
public class EveryPageTests(Browser browser)
{
    public static TheoryData<string, ColorScheme> PagesInBothThemes
    {
        get
        {
            TheoryData<string, ColorScheme> data = [];
            foreach (var page in AllPages)
            {
                data.Add(page, ColorScheme.Light);
                data.Add(page, ColorScheme.Dark);
            }
            return data;
        }
    }

    public static TheoryData<string> AllPages => [Pages.Sample, Pages.Failing, .. Pages.Site];

    [Fact]
    public void The_site_was_rendered_before() => Assert.Contains(Pages.Site, file => file.EndsWith("index.html", StringComparison.Ordinal));

    [Theory, MemberData(nameof(AllPages))]
    public async Task It_says_nothing_and_asks_for_nothing(string file)
    {
        await using var open = await browser.Open(file);
        await open.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        Assert.Empty(open.Messages);
        Assert.All(open.Requests, url => Assert.Matches("^(file|data|blob):", url));
        Assert.Single(open.Requests, url => url.StartsWith("file:", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(AllPages))]
    public async Task It_scrolls_in_one_direction_only_on_a_phone(string file)
    {
        await using var open = await browser.Open(file, width: 390);
        Assert.Equal(390, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Theory, MemberData(nameof(AllPages))]
    public async Task Its_charts_are_drawn_and_its_formulas_typeset(string file)
    {
        await using var open = await browser.Open(file);
        // A curve that leaves its axes is clipped, but counts in the width of what was drawn; the drawing itself stays in its box.
        var charts = await open.Page.EvaluateAsync<double[]>(
            "[...document.querySelectorAll('.plot')].map(plot => plot.querySelector('svg.main-svg :is(.cartesianlayer, .pielayer) > *')?.getBoundingClientRect().width ?? 0)");
        Assert.All(charts, width => Assert.True(width >= 100));
        var beyond = await open.Page.EvaluateAsync<double[]>(
            "[...document.querySelectorAll('.plot')].map(plot => (plot.querySelector('svg.main-svg')?.getBoundingClientRect().width ?? 1e9) - plot.clientWidth)");
        Assert.All(beyond, pixels => Assert.InRange(pixels, -1280, 0.5));
        var formulas = await open.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('main .katex-html')].filter(f => f.checkVisibility()).map(f => f.offsetHeight)");
        Assert.All(formulas, height => Assert.True(height > 5));
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("document.querySelectorAll('.katex-error').length"));
    }

    [Theory, MemberData(nameof(PagesInBothThemes))]
    public async Task It_has_no_serious_accessibility_violation(string file, ColorScheme scheme)
    {
        await using var open = await browser.Open(file, scheme: scheme);
        await open.Page.EvaluateAsync("document.querySelectorAll('main details').forEach(d => { d.open = true; })");
        await open.Page.EvaluateAsync(Pages.Axe);
        var report = await open.Page.EvaluateAsync<JsonElement>("axe.run().then(({ passes, violations }) => ({ passes: passes.map(rule => rule.id), violations }))");
        Assert.Contains("color-contrast", report.GetProperty("passes").EnumerateArray().Select(rule => rule.GetString()));
        Assert.Empty(report.GetProperty("violations").EnumerateArray()
            .Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(v => $"{v.GetProperty("id")}: {v.GetProperty("nodes").EnumerateArray().First().GetProperty("html")} — {v.GetProperty("nodes").EnumerateArray().First().GetProperty("failureSummary")}"));
    }
}
