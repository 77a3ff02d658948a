using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>What holds for every page, whatever is on it.</summary>
public class EveryPageTests(Browser browser)
{
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
        // A formula is made smaller until it fits; only one that does not at 70 % is left to scroll.
        var scrolling = await open.Page.EvaluateAsync<double[]>("""
            [...document.querySelectorAll('main .katex-display')].filter(f => f.checkVisibility() && f.scrollWidth > f.clientWidth + 1)
                .map(f => parseFloat(getComputedStyle(f).fontSize) / parseFloat(getComputedStyle(f.parentElement).fontSize))
            """);
        Assert.All(scrolling, size => Assert.Equal(0.7, size, 0.001));
        Assert.Empty(open.Messages); // plotly.js warns of charts that find no room
    }

    [Theory]
    [InlineData("index")]
    [InlineData("review")]
    [InlineData("lab")]
    [InlineData("05-momentum")]
    [InlineData("18-choosing")]
    public async Task Its_bar_is_one_line_high_on_a_small_computer(string page)
    {
        await using var open = await browser.Open(Pages.Built("site", page + ".html"));
        Assert.InRange(await open.Page.EvaluateAsync<double>("document.querySelector('.bar').offsetHeight"), 30, 60);
        await open.Page.GetByRole(AriaRole.Banner).GetByText("More").ClickAsync();
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Link, new() { Name = "Notation" }).First).ToBeVisibleAsync();
        await open.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Link, new() { Name = "Notation" }).First).ToBeHiddenAsync();
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
}
