using System.Text.Json;
using Anneal.Live;
using Anneal.Live.Tests;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>The lab's advice: a form on the page, answered by the library inside it.</summary>
public class LabAdviceTests(Browser browser)
{
    const int Forms = 100;

    const string Case = """{"task":"languageModeling","family":"transformer","pretrained":"no","parameters":"350M","tokensPerSample":"4096","trainingTokens":"2B","batch":"128"}""";

    static readonly string lab = Pages.Built("site", "lab.html");

    async Task<OpenPage> Open(string fragment, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var open = await browser.Open(lab, width, scheme, fragment);
        await open.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        return open;
    }

    [Fact]
    public async Task Proposals_for_random_forms_are_the_library_s()
    {
        string[] forms = [.. Enumerable.Range(0, Forms).Select(i => AnyForm.Json(AnyForm.Drawn(new(i))))];
        await using var open = await Open("");
        string[] theirs = await open.Page.EvaluateAsync<string[]>("forms => forms.map(form => window.anneal.advice.propose(form).json)", forms);
        foreach (var (form, their) in forms.Zip(theirs))
            Assert.True(LiveAdvice.Advise(form, "").Proposal == their, $"{form}: the page proposes {their}");
    }

    [Fact]
    public async Task A_form_is_filled_in_and_answered_and_its_schedule_opened_and_its_address_restores_it()
    {
        await using var open = await Open("");
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Advice" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#advice-questions")).ToContainTextAsync("What is learnt?");
        // A question leads to its field.
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "How long may it train" }).ClickAsync();
        await Assertions.Expect(open.Page.GetByLabel("Budget in updates")).ToBeFocusedAsync();
        await open.Page.GetByLabel("What is learnt", new() { Exact = true }).SelectOptionAsync("languageModeling");
        await open.Page.GetByLabel("What kind of model").SelectOptionAsync("transformer");
        await open.Page.GetByLabel("Whether it starts from trained weights").SelectOptionAsync("no");
        await open.Page.GetByLabel("Weights of the model").FillAsync("350M");
        await open.Page.GetByLabel("Tokens in one sample").FillAsync("4096");
        await open.Page.GetByLabel("Budget in tokens").FillAsync("2B");
        await open.Page.GetByLabel("Samples in one update").FillAsync("many");
        var proposed = LiveAdvice.Advise(Case, "7");
        await Assertions.Expect(open.Page.Locator("#advice-batch-refused")).ToHaveTextAsync(LiveAdvice.Advise("""{"batch":"many"}""", "").Refusals[0].Message);
        Assert.Equal("true", await open.Page.Locator("#advice-batch").GetAttributeAsync("aria-invalid"));
        await open.Page.GetByLabel("Samples in one update").FillAsync("128");
        await open.Page.GetByLabel("Runs to spend on the rate").FillAsync("7");
        await Assertions.Expect(open.Page.Locator("#advice-notation")).ToHaveTextAsync(proposed.Schedule!);
        await Assertions.Expect(open.Page.Locator("#advice-run")).ToHaveTextAsync(proposed.Run!);
        await Assertions.Expect(open.Page.Locator("#advice-batch-refused")).ToBeEmptyAsync();
        using var proposal = JsonDocument.Parse(proposed.Proposal!);
        var items = proposal.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(items.Select(i => $"{i.GetProperty("item")} {i.GetProperty("text")}"), await open.Page.Locator("#advice-items h3").AllTextContentsAsync());
        Assert.Equal(items.Where(i => i.GetProperty("row").GetString()!.Length > 0 && i.GetProperty("source").GetProperty("link").GetString()!.Length > 0).Select(i => i.GetProperty("source").GetProperty("link").GetString()),
            await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#advice-items h3 + .meta a')].map(a => a.getAttribute('href'))"));
        Assert.Equal(items.Sum(i => i.GetProperty("others").EnumerateArray().Count(o => o.GetProperty("contradicts").GetBoolean())), await open.Page.Locator("#advice-items .against li").CountAsync());
        await Assertions.Expect(open.Page.Locator("#advice-stages li")).ToHaveTextAsync([.. proposed.Stages!]);
        await Assertions.Expect(open.Page.Locator("#said")).ToContainTextAsync("Advised: adamW, peak 3e-4");
        foreach (string target in (string[])["json", "pytorch"])
        {
            await open.Page.Locator("#advice-target").SelectOptionAsync(target);
            var written = LiveAdvice.Write(Case, "7", target, "");
            await Assertions.Expect(open.Page.Locator("#advice-text")).ToHaveTextAsync(written.Text!, new() { UseInnerText = false });
            await Assertions.Expect(open.Page.Locator("#advice-command")).ToHaveTextAsync(written.Command!);
        }
        await open.Until("location.hash.startsWith('#advice=') && location.hash.endsWith('&runs=7&as=pytorch')");
        string address = await open.Page.EvaluateAsync<string>("location.hash");
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Open among the schedules" }).ClickAsync();
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Textbox, new() { Name = "Schedule 1", Exact = true })).ToHaveValueAsync(proposed.Schedule!);
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Textbox, new() { Name = "Schedule 1", Exact = true })).ToBeFocusedAsync();
        Assert.Equal("true", await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Schedules" }).GetAttributeAsync("aria-selected"));
        Assert.Empty(open.Messages);

        await using var again = await Open(address);
        await Assertions.Expect(again.Page.Locator("#advice-notation")).ToHaveTextAsync(proposed.Schedule!);
        Assert.Equal("350M", await again.Page.GetByLabel("Weights of the model").InputValueAsync());
        Assert.Equal("7", await again.Page.GetByLabel("Runs to spend on the rate").InputValueAsync());
        Assert.Equal(address, await again.Page.EvaluateAsync<string>("location.hash"));
        Assert.Empty(again.Messages);
    }

    [Fact]
    public async Task A_run_and_a_sweep_are_written_into_one_that_there_is()
    {
        // As long as the samples of the run to begin with.
        await using var open = await Open($"#advice={Uri.EscapeDataString(Case.Replace("\"4096\"", "\"32\"", StringComparison.Ordinal))}&as=train");
        await Assertions.Expect(open.Page.Locator("#advice-text")).ToContainTextAsync("which no advice can invent");
        Assert.True(await open.Page.Locator("#advice-save").IsDisabledAsync());
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put one to begin with here" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#advice-text")).ToContainTextAsync("\"steps\": 488282");
        await open.Page.Locator("#advice-target").SelectOptionAsync("sweep");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put one to begin with here" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#advice-text")).ToContainTextAsync("\"tuningSeeds\"");
        // One of another case is refused, with both values.
        await open.Page.Locator("#advice-base").FillAsync("""{"data": "cars", "model": {"type": "linear"}, "methods": []}""");
        await Assertions.Expect(open.Page.Locator("#advice-text")).ToContainTextAsync("The case says languageModeling, and the sweep has tabular");
        Assert.True(await open.Page.Locator("#advice-save").IsDisabledAsync());
        // For a table the one to begin with is a sweep of a table.
        await open.Page.GetByLabel("What is learnt", new() { Exact = true }).SelectOptionAsync("tabular");
        await open.Page.GetByLabel("What kind of model").SelectOptionAsync("linear");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put one to begin with here" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#advice-base")).Not.ToHaveValueAsync(new System.Text.RegularExpressions.Regex("names"));
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task What_changes_nothing_is_told_at_its_field()
    {
        await using var open = await Open($"#advice={Uri.EscapeDataString("""{"task":"tabular","family":"perceptron","pretrained":"no","samples":"500","batch":"32","updates":"400","sharpness":"40"}""")}");
        await Assertions.Expect(open.Page.Locator("#advice-sharpness-ask")).ToHaveTextAsync("Nothing that is advised depends on it.");
        await Assertions.Expect(open.Page.Locator("#advice-batch-ask")).ToBeEmptyAsync();
        await open.Page.GetByLabel("The optimizer, if it is fixed").SelectOptionAsync("sgd");
        await Assertions.Expect(open.Page.Locator("#advice-sharpness-ask")).ToBeEmptyAsync();
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task On_paper_stand_what_was_told_what_is_advised_and_what_is_still_asked()
    {
        await using var open = await Open($"#advice={Uri.EscapeDataString(Case[..^1] + ",\"symptoms\":\"spikes\"}")}");
        await open.Until("document.querySelectorAll('#advice-glance tbody tr').length > 5");
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        string[] labels = await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#advice-fields .field')].filter(field => field.checkVisibility()).map(field => field.querySelector(':is(input, select)').id)");
        Assert.Equal(["task", "family", "parameters", "pretrained", "tokensPerSample", "trainingTokens", "batch", "symptoms"], labels.Select(id => id.Split('-')[1]));
        await Assertions.Expect(open.Page.Locator("#advice-questions button").First).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("#advice-items .advised").First).ToBeVisibleAsync();
        foreach (string hidden in (string[])["#advice-setups", "#advice-tuning", "#advice-export", "#advice-link"])
            await Assertions.Expect(open.Page.Locator(hidden)).ToBeHiddenAsync();
        Assert.Empty(open.Messages);
    }

    /// <summary>What is done with an answer while something is refused is done with the last one that was whole, or not at all.</summary>
    [Theory, InlineData("128"), InlineData("many")]
    public async Task While_something_is_refused_what_is_shown_can_still_be_used(string batch)
    {
        await using var open = await Open($"#advice={Uri.EscapeDataString(Case.Replace("128", batch, StringComparison.Ordinal))}");
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Advice" }).ClickAsync();
        await open.Page.Locator("#advice-batch").FillAsync("much");
        await Assertions.Expect(open.Page.Locator("#advice-batch-refused")).Not.ToBeEmptyAsync();
        // By script, since the buttons of an answer that was never whole are not shown.
        await open.Page.EvaluateAsync("""
            for (const target of ["train", "sweep", "pytorch", "transformers"]) {
                const choice = document.querySelector("#advice-target");
                choice.value = target;
                choice.dispatchEvent(new Event("change"));
            }
            for (const id of ["advice-copy-command", "advice-save-case", "advice-open"]) document.getElementById(id).click();
            """);
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Symptoms_are_ticked_with_their_step_and_ask_for_the_run_that_had_them()
    {
        await using var open = await Open($"#advice={Uri.EscapeDataString("""{"task":"tabular","family":"perceptron"}""")}");
        await open.Page.GetByLabel("diverges", new() { Exact = true }).CheckAsync();
        await open.Page.GetByLabel("diverges: from which update on").FillAsync("1200");
        await Assertions.Expect(open.Page.Locator("#advice-questions")).ToContainTextAsync("What was the peak rate of the run with the symptom");
        await open.Until("decodeURIComponent(location.hash).includes('\"symptoms\":\"diverges@1200\"')");
        await open.Page.GetByLabel("diverges: from which update on").FillAsync("soon");
        await Assertions.Expect(open.Page.Locator("#advice-symptoms-refused")).ToContainTextAsync("as in diverges@1200; not 'diverges@soon'");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task The_tabs_are_moved_between_by_keys()
    {
        await using var open = await Open("");
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Schedules" }).FocusAsync();
        foreach (var (key, name) in (ValueTuple<string, string>[])[("ArrowLeft", "Advice"), ("ArrowRight", "Schedules"), ("End", "Advice"), ("Home", "Schedules"), ("ArrowRight", "Optimizers")])
        {
            await open.Page.Keyboard.PressAsync(key);
            await Assertions.Expect(open.Page.GetByRole(AriaRole.Tab, new() { Name = name })).ToBeFocusedAsync();
            Assert.Equal(1, await open.Page.Locator("[role=tabpanel]:not([hidden])").CountAsync());
        }
        Assert.Empty(open.Messages);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_has_no_serious_accessibility_violation(ColorScheme scheme)
    {
        foreach (string form in (string[])[Case, Case.Replace("128", "many", StringComparison.Ordinal), """{"task":"tabular","symptoms":"spikes@3,slow"}"""])
        {
            await using var open = await Open($"#advice={Uri.EscapeDataString(form)}&runs=9", scheme: scheme);
            await open.Until("document.querySelector('#advice-fields .field') !== null && (document.querySelector('#advice-items section') !== null && document.querySelector('#advice-text').textContent !== '' || !document.querySelector('#advice-note').hidden)");
            Assert.Empty(await AccessibilityTests.Violations(open, ""));
        }
    }

    [Fact]
    public async Task It_scrolls_in_one_direction_only_on_a_phone()
    {
        await using var open = await Open($"#advice={Uri.EscapeDataString(Case)}&runs=9&as=train", width: 390);
        await Assertions.Expect(open.Page.Locator("#advice-items h3").First).ToBeVisibleAsync();
        Assert.Equal(390, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
