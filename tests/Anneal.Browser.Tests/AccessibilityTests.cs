using System.Text.Json;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>What a screen reader, a keyboard and weak eyes need, on every page with all its folds open.</summary>
/// <remarks>All rules are tried in the light; in the dark only what colours can change. A class each, so that the two run side by side.</remarks>
public abstract class AccessibilityTests(Browser browser)
{
    protected async Task IsAccessible(string file, ColorScheme scheme, string rules)
    {
        await using var open = await browser.Open(file, scheme: scheme);
        Assert.Empty(await Violations(open, rules));
    }

    /// <summary>What is serious on an open page, with all its folds open.</summary>
    internal static async Task<IEnumerable<string>> Violations(OpenPage open, string rules)
    {
        await open.Page.EvaluateAsync("document.querySelectorAll('main details').forEach(d => { d.open = true; })");
        await open.Page.EvaluateAsync(Pages.Axe);
        var report = await open.Page.EvaluateAsync<JsonElement>(
            $"axe.run({{ resultTypes: ['violations']{rules} }}).then(({{ passes, violations }}) => ({{ passes: passes.map(rule => rule.id), violations }}))");
        Assert.Contains("color-contrast", report.GetProperty("passes").EnumerateArray().Select(rule => rule.GetString()));
        return report.GetProperty("violations").EnumerateArray()
            .Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(v => $"{v.GetProperty("id")}: {v.GetProperty("nodes").EnumerateArray().First().GetProperty("html")} — {v.GetProperty("nodes").EnumerateArray().First().GetProperty("failureSummary")}");
    }
}

public class LightAccessibilityTests(Browser browser) : AccessibilityTests(browser)
{
    [Theory, MemberData(nameof(EveryPageTests.AllPages), MemberType = typeof(EveryPageTests))]
    public Task It_has_no_serious_accessibility_violation(string file) => IsAccessible(file, ColorScheme.Light, rules: "");
}

public class DarkAccessibilityTests(Browser browser) : AccessibilityTests(browser)
{
    [Theory, MemberData(nameof(EveryPageTests.AllPages), MemberType = typeof(EveryPageTests))]
    public Task Its_contrast_suffices(string file) =>
        IsAccessible(file, ColorScheme.Dark, rules: ", runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }");
}
