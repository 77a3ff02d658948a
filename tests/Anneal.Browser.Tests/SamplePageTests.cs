using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>What a page does when it is used.</summary>
public class SamplePageTests(Browser browser)
{
    [Fact]
    public async Task A_slider_moves_the_curve()
    {
        await using var open = await browser.Open(Pages.Sample);
        const string curve = "document.querySelector('.plot .scatterlayer .trace .lines path').getAttribute('d')";
        var before = await open.Page.EvaluateAsync<string>(curve);
        var slider = open.Page.GetByLabel("floor");
        await slider.FocusAsync();
        await open.Page.Keyboard.PressAsync("End");
        await open.Until($"{curve} !== '{before}'");
        Assert.Equal("0.0005", await slider.GetAttributeAsync("aria-valuetext"));
    }

    [Fact]
    public async Task An_animation_takes_its_slider_along()
    {
        await using var open = await browser.Open(Pages.Sample);
        await open.Page.EvaluateAsync("Plotly.animate(document.querySelector('.plot'), ['0.0002', '0.0003'], {frame: {duration: 20}, transition: {duration: 0}})");
        await open.Until("document.querySelector('.controls input').getAttribute('aria-valuetext') === '0.0003'");
        Assert.Equal("3", await open.Page.GetByLabel("floor").InputValueAsync());
    }

    [Fact]
    public async Task An_answer_box_tells_right_from_wrong()
    {
        await using var open = await browser.Open(Pages.Sample);
        var answer = open.Page.GetByLabel("η at t = 2500");
        var check = open.Page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true });
        await answer.FillAsync("0.0021");
        await check.ClickAsync();
        Assert.Equal("You forgot the ½.", await open.Page.Locator(".verdict").First.TextContentAsync());
        await answer.FillAsync("7");
        await check.ClickAsync();
        Assert.Equal("Substitute t = 2500 first.", await open.Page.Locator(".verdict").First.TextContentAsync());
        // Thousands may be parted by commas, as the pages print them: two commas are no decimal points.
        await answer.FillAsync("1,000,000");
        await check.ClickAsync();
        Assert.Equal("Substitute t = 2500 first.", await open.Page.Locator(".verdict").First.TextContentAsync());
        await answer.FillAsync("1,05e-3");
        await open.Page.GetByLabel("η at the end").FillAsync("1/10000");
        await check.ClickAsync();
        Assert.Equal("Exactly half-way.", await open.Page.Locator(".answers [role=status]").TextContentAsync());
    }

    [Fact]
    public async Task The_theme_switch_is_remembered_and_repaints_the_charts()
    {
        await using var open = await browser.Open(Pages.Sample);
        const string ground = "getComputedStyle(document.body).backgroundColor", ink = "document.querySelector('.plot .xtick text').style.fill";
        var (light, drawn) = (await open.Page.EvaluateAsync<string>(ground), await open.Page.EvaluateAsync<string>(ink));
        var button = open.Page.Locator("#theme");
        await button.ClickAsync();
        await button.ClickAsync();
        Assert.Equal("Theme: dark", await button.TextContentAsync());
        Assert.NotEqual(light, await open.Page.EvaluateAsync<string>(ground));
        await open.Until($"{ink} !== '{drawn}'");
        await open.Page.ReloadAsync();
        Assert.Equal("dark", await open.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    [Theory]
    [InlineData("#show-code", "details.source:not(.read)")]
    [InlineData("#show-checks", "details.claims")]
    public async Task Code_and_checks_begin_folded_open_at_once_and_are_remembered(string button, string folds)
    {
        await using var open = await browser.Open(Pages.Sample);
        string all = $"document.querySelectorAll('main {folds}').length", unfolded = $"document.querySelectorAll('main {folds}[open]').length";
        int folded = await open.Page.EvaluateAsync<int>(all);
        Assert.True(folded > 0);
        Assert.Equal(0, await open.Page.EvaluateAsync<int>(unfolded));
        await open.Page.Locator(button).ClickAsync();
        Assert.Equal(folded, await open.Page.EvaluateAsync<int>(unfolded));
        await open.Page.ReloadAsync();
        Assert.Equal(folded, await open.Page.EvaluateAsync<int>(unfolded));
        await open.Page.Locator(button).ClickAsync();
        Assert.Equal(0, await open.Page.EvaluateAsync<int>(unfolded));
    }

    [Fact]
    public async Task The_table_of_contents_follows_the_reader()
    {
        await using var open = await browser.Open(Pages.Sample);
        await open.Page.EvaluateAsync("document.documentElement.style.scrollBehavior = 'auto'; document.getElementById('how-does-it-look').scrollIntoView()");
        await open.Until("document.querySelector('.contents a[aria-current]')?.textContent === 'How does it look?'");
    }

    [Fact]
    public async Task The_first_key_leads_to_the_text()
    {
        await using var open = await browser.Open(Pages.Sample);
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Code_can_be_copied()
    {
        await using var open = await browser.Open(Pages.Sample);
        await open.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await open.Page.Locator("#show-code").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Copy this code" }).First.ClickAsync();
        Assert.StartsWith("// The exercise of the lecture", await open.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Every_chart_has_words_and_numbers_beside_it()
    {
        await using var open = await browser.Open(Pages.Sample);
        var chart = open.Page.GetByRole(AriaRole.Img, new() { Name = "Learning rate" });
        Assert.Contains("both fall along half a wave", await open.Page.Locator($"#{await chart.GetAttributeAsync("aria-describedby")}").TextContentAsync());
        Assert.Equal(51, await open.Page.Locator("figure.chart details.data tbody tr").CountAsync());
    }
}
