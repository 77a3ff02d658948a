using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>A race of optimizers as <c>anneal optimize</c> writes it.</summary>
public class RacePageTests(Browser browser)
{
    const int Steps = 12;
    static readonly string race = Pages.Made(
        "race.html", "optimize", "--race", "sgd,momentum,adamW", "--schedule", "0.001", "--problem", "rosenbrock", "--steps", $"{Steps}", "--chart");

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Play_goes_to_the_last_step_and_from_there_begins_again(int width, ColorScheme scheme)
    {
        await using var open = await browser.Open(race, width, scheme);
        var play = open.Page.GetByRole(AriaRole.Button, new() { Name = "Play" });
        await play.ClickAsync();
        await open.Until(At(Steps));
        await play.ClickAsync();
        await open.Until($"!({At(Steps)})");
        await open.Until(At(Steps));
        // The last step reached by hand is an end too.
        await open.Page.GetByLabel("step").FillAsync("4");
        await open.Page.GetByLabel("step").FillAsync($"{Steps}");
        await play.ClickAsync();
        await open.Until($"!({At(Steps)})");
        await open.Until(At(Steps));
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Pause_holds_the_race_and_play_goes_on_from_there()
    {
        await using var open = await browser.Open(race);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await open.Until($"{Step} >= 3");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        int held = await open.Page.EvaluateAsync<int>(Step);
        await open.Page.WaitForTimeoutAsync(500);
        Assert.InRange(await open.Page.EvaluateAsync<int>(Step), held, Math.Min(held + 1, Steps - 1));
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await open.Page.WaitForTimeoutAsync(50);
        Assert.True(await open.Page.EvaluateAsync<int>(Step) >= held);
        await open.Until(At(Steps));
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task The_slider_shows_each_racer_up_to_its_step(int width, ColorScheme scheme)
    {
        await using var open = await browser.Open(race, width, scheme);
        await open.Page.GetByLabel("step").FillAsync("5");
        await open.Until("document.querySelector('.plot').data.filter(t => t.mode?.includes('lines') && t.x.length === 6).length === 3");
        Assert.True(await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    const string Step = "Number(document.querySelector('.controls input').value)";

    static string At(int step) => $"{Step} === {step}";
}
