using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>What was typed in the lab stays, whatever becomes of the address, and an address says all that is shown.</summary>
public class LabAddressTests(Browser browser)
{
    static readonly string lab = Pages.Built("site", "lab.html");

    static string Race(string json) => "#race=" + Uri.EscapeDataString(json);

    [Theory, InlineData("#"), InlineData("#main"), InlineData("#nothing=1")]
    public async Task An_address_of_no_part_changes_nothing(string hash)
    {
        await using var open = await browser.Open(lab);
        var typed = open.Page.Locator("#entries textarea").First;
        await typed.FillAsync("linear(0.2, 777)");
        await open.Page.EvaluateAsync("hash => { location.hash = hash; }", hash);
        await open.Until("location.hash.includes('777')");
        await Assertions.Expect(typed).ToHaveValueAsync("linear(0.2, 777)");
        await open.Page.EvaluateAsync("location.hash = '#schedule=constant(0.5)'");
        await Assertions.Expect(typed).ToHaveValueAsync("constant(0.5)");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Another_race_s_address_opens_it_and_what_it_does_not_say_is_as_usual()
    {
        await using var open = await browser.Open(lab, fragment: Race("""{"function": "beale", "start": [0.5, 0.5], "until": 300, "noise": 2, "rules": [{"rule": {"type": "lion"}, "rate": "0.01"}]}"""));
        await Assertions.Expect(open.Page.Locator("#until")).ToHaveValueAsync("300");
        await open.Page.EvaluateAsync("hash => { location.hash = hash; }", Race("""{"function": "himmelblau", "until": null, "rules": [{"rule": {"type": "sgd"}, "rate": "0.001"}]}"""));
        await Assertions.Expect(open.Page.Locator("#function")).ToHaveValueAsync("himmelblau");
        await Assertions.Expect(open.Page.Locator("#until")).ToHaveValueAsync("");
        await Assertions.Expect(open.Page.Locator("#noise")).ToHaveValueAsync("0");
        await open.Until("(([x, y]) => Number(document.querySelector('#start-x').value) === x && Number(document.querySelector('#start-y').value) === y)(anneal.race.functions().find(f => f.key === 'himmelblau').start)");
        Assert.Empty(open.Messages);
    }

    [Theory]
    [InlineData("\"speed\": 1e7", "speed must be one of")]
    [InlineData("\"speed\": 0", "speed must be one of")]
    [InlineData("\"batch\": 0", "batch must be")]
    [InlineData("\"until\": 0.5", "until must be a whole number")]
    [InlineData("\"noise\": -1", "noise must be")]
    [InlineData("\"rules\": [{\"rule\": null, \"rate\": 1}]", "null is none")]
    [InlineData("\"rules\": [null]", "nothing is none")]
    [InlineData("\"function\": null", "there is no function null")]
    public async Task What_no_field_takes_an_address_cannot_say(string member, string told)
    {
        await using var open = await browser.Open(lab, fragment: Race($"{{{member}}}"));
        await Assertions.Expect(open.Page.Locator("#race-error")).ToContainTextAsync(told);
        await Assertions.Expect(open.Page.Locator("#speed")).ToHaveValueAsync("100");
        Assert.DoesNotContain("undefined", await open.Page.Locator("#standing").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(open.Messages);
    }

    [Theory, InlineData("null"), InlineData("5"), InlineData("[]"), InlineData("\"x\""), InlineData("{}")]
    public async Task Settings_that_are_no_rule_are_refused_in_words(string settings)
    {
        await using var open = await browser.Open(lab, fragment: "#race");
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        await open.Page.Locator("#rules summary").First.ClickAsync();
        await open.Page.Locator("#rules textarea").First.FillAsync(settings);
        await Assertions.Expect(open.Page.Locator("#race-error")).ToContainTextAsync("A rule is an object with its type");
        Assert.DoesNotContain("undefined", await open.Page.Locator("#standing").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_race_stands_as_it_was_left_and_a_refused_one_does_not_play()
    {
        await using var open = await browser.Open(lab, fragment: Race("{}"));
        await open.Page.Locator("#race-step").ClickAsync();
        await open.Until($"{LabTests.Updates} === 1");
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Schedules" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        Assert.Equal(1, await open.Page.EvaluateAsync<int>(LabTests.Updates));
        await open.Page.GetByLabel("Rate of rule 1: a number or a schedule").FillAsync("cosin(");
        await Assertions.Expect(open.Page.Locator("#race-error")).ToContainTextAsync("cosin(");
        await open.Page.Locator("#race-play").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#race-play")).ToHaveTextAsync("Play");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task What_is_read_and_taken_along_is_kept_while_others_are_typed_added_and_removed()
    {
        await using var open = await browser.Open(lab, fragment: "#schedule=linear(0.1,10000)&schedule=constant(1)&at=5000");
        await open.Page.Locator("#to").PressSequentiallyAsync("20000");
        await Assertions.Expect(open.Page.Locator("#at")).ToHaveValueAsync("5000");
        await open.Page.Locator("#export-which").SelectOptionAsync(new SelectOptionValue { Value = "1" });
        await open.Page.Locator("#add").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#export-which")).ToHaveValueAsync("1");
        // Typed and removed within one frame.
        await open.Page.EvaluateAsync("() => { const text = [...document.querySelectorAll('#entries textarea')].at(-1); text.value = 'constant(2)'; text.dispatchEvent(new Event('input')); [...document.querySelectorAll('#entries .head button')].at(-1).click(); }");
        await open.Page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Assertions.Expect(open.Page.Locator("#entries textarea")).ToHaveCountAsync(2);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Remove schedule 1" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#export-which")).ToHaveValueAsync("0");
        await Assertions.Expect(open.Page.Locator("#exported")).ToContainTextAsync("constant(1)");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_sweep_that_is_stopped_leaves_the_focus_beside_its_button()
    {
        await using var open = await browser.Open(lab, fragment: Race("{}"));
        await open.Page.Locator("#sweep-rates").ClickAsync();
        await open.Page.Locator("#stop-sweep").ClickAsync();
        Assert.Equal("sweep-rates", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    /// <summary>The address has room for one part; what the others show is there after a reload too.</summary>
    [Fact]
    public async Task Loaded_again_every_part_shows_what_it_showed()
    {
        await using var open = await browser.Open(lab);
        ILocator Tab(string name) => open.Page.GetByRole(AriaRole.Tab, new() { Name = name });
        var entries = open.Page.Locator("#entries textarea");
        await entries.First.FillAsync("linear(0.2, 777)");
        await open.Page.Locator("#add").ClickAsync();
        await entries.Nth(1).FillAsync("cosine(0.1, 1e+"); // what cannot be read is kept as it is
        await Tab("Optimizers").ClickAsync(); // at once, before an address is written
        await open.Page.Locator("#function").SelectOptionAsync("beale");
        await open.Page.GetByLabel("Rate of rule 1: a number or a schedule").FillAsync("linear(0.01, 99)");
        await Tab("Advice").ClickAsync();
        await open.Page.GetByLabel("Weights of the model").FillAsync("35M");
        await Tab("Optimizers").ClickAsync();
        await open.Until("decodeURIComponent(location.hash).includes('linear(0.01, 99)')");
        await open.Page.EvaluateAsync("new Promise(done => setTimeout(done, 500))");

        await open.Page.ReloadAsync();
        await Assertions.Expect(Tab("Optimizers")).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(open.Page.Locator("#function")).ToHaveValueAsync("beale");
        await Tab("Schedules").ClickAsync();
        Assert.Equal(["linear(0.2, 777)", "cosine(0.1, 1e+"], await entries.EvaluateAllAsync<string[]>("all => all.map(one => one.value)"));
        await Tab("Advice").ClickAsync();
        await Assertions.Expect(open.Page.GetByLabel("Weights of the model")).ToHaveValueAsync("35M");
        await open.Until("location.hash.startsWith('#advice=')");
        await open.Page.EvaluateAsync("new Promise(done => setTimeout(done, 500))");

        await open.Page.ReloadAsync();
        await Assertions.Expect(open.Page.GetByLabel("Weights of the model")).ToHaveValueAsync("35M");
        await Tab("Optimizers").ClickAsync();
        await Assertions.Expect(open.Page.GetByLabel("Rate of rule 1: a number or a schedule")).ToHaveValueAsync("linear(0.01, 99)");
        await Assertions.Expect(open.Page.Locator("#function")).ToHaveValueAsync("beale");
        Assert.Empty(open.Messages);

        // In a tab of its own an address shows what it says, and nothing of this one.
        await using var other = await browser.Open(lab, fragment: await open.Page.EvaluateAsync<string>("location.hash"));
        await other.Page.GetByRole(AriaRole.Tab, new() { Name = "Schedules" }).ClickAsync();
        await Assertions.Expect(other.Page.Locator("#entries textarea")).ToHaveValueAsync("warmup(3e-4, 500) > cosine(3e-4, 9500, floor: 3e-5)");
    }

    [Fact]
    public async Task Which_schedule_is_taken_along_is_in_the_address()
    {
        await using var open = await browser.Open(lab, fragment: "#schedule=linear(0.1,100)&schedule=constant(1)&which=2");
        await Assertions.Expect(open.Page.Locator("#exported")).ToContainTextAsync("constant(1)");
        await open.Page.Locator("#export-which").SelectOptionAsync("0");
        await open.Until("!location.hash.includes('which=')");
        await open.Page.EvaluateAsync("location.hash = '#schedule=linear(0.1,100)&schedule=constant(2)&which=3'"); // there is no third
        await Assertions.Expect(open.Page.Locator("#exported")).ToContainTextAsync("linear(0.1, 100)");
        Assert.Empty(open.Messages);
    }

    /// <summary>A scheduler, and a trainer's arguments as long as they are written: both are read again where the link is opened.</summary>
    [Fact]
    public async Task A_text_that_was_cut_within_a_letter_can_be_sent_too()
    {
        await using var open = await browser.Open(lab, fragment: "#schedule=constant(0.5)");
        await open.Page.EvaluateAsync("(() => { const box = document.querySelector('#foreign'); box.value = '{\\u0022a\\u0022: \\u0022\\ud83d'; box.dispatchEvent(new Event('input')); })()");
        await open.Page.Locator("#copy-link").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#sent")).ToContainTextAsync("It holds the pasted text too.");
        await open.Until("location.hash.includes('pasted=%7B%22a%22%3A%20%22%EF%BF%BD')");
        Assert.Empty(open.Messages);
    }

    [Theory]
    [InlineData("""{"framework": "pytorch", "scheduler": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 100}}""", 0)]
    [InlineData("""{"learning_rate": 5e-5, "lr_scheduler_type": "linear", "warmup_steps": 100, "max_steps": 1000""", 200)]
    public async Task A_pasted_configuration_is_in_the_link(string text, int others)
    {
        if (others > 0)
            text += string.Concat(Enumerable.Range(0, others).Select(i => $", \"report_to_{i}\": \"C:\\\\runs\\\\{i} ~ é\"")) + "}";
        await using var open = await browser.Open(lab, fragment: "#schedule=constant(0.5)");
        await open.Page.Locator("#foreign").FillAsync(text);
        await open.Page.Locator("#read-foreign").ClickAsync();
        string said = await open.Page.Locator("#imported").InnerTextAsync();
        Assert.Contains("is here:", said, StringComparison.Ordinal);
        await open.Page.Locator("#copy-link").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#sent")).ToContainTextAsync("It holds the pasted text too.");
        await open.Until("location.hash.includes('&which=pasted&pasted=')");
        string hash = await open.Page.EvaluateAsync<string>("location.hash"), exported = await open.Page.Locator("#exported").InnerTextAsync();
        Assert.InRange(hash.Length, 50, 8_000);
        Assert.Equal(others > 0, hash.Contains("pasted=~", StringComparison.Ordinal));
        await using var other = await browser.Open(lab, fragment: hash);
        await Assertions.Expect(other.Page.Locator("#foreign")).ToHaveValueAsync(text);
        await Assertions.Expect(other.Page.Locator("#imported")).ToContainTextAsync("is here:");
        await Assertions.Expect(other.Page.Locator("#export-which")).ToHaveValueAsync("foreign");
        await Assertions.Expect(other.Page.Locator("#exported")).ToHaveTextAsync(exported);
        Assert.Empty(open.Messages);
        Assert.Empty(other.Messages);
        // An address without one empties the box.
        await other.Page.EvaluateAsync("location.hash = '#schedule=constant(0.25)'");
        await Assertions.Expect(other.Page.Locator("#foreign")).ToHaveValueAsync("");
        await Assertions.Expect(other.Page.Locator("#imported")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_a_link_is_told_and_so_is_a_file()
    {
        await using var open = await browser.Open(lab);
        Random random = new(16);
        await open.Page.Locator("#foreign").FillAsync(string.Concat(Enumerable.Range(0, 4_000).Select(_ => random.Next(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture))));
        await Assertions.Expect(open.Page.Locator("#foreign-said")).ToContainTextAsync("too long for a link");
        await open.Page.Locator("#trace-file").SetInputFilesAsync(new FilePayload { Name = "my trace.csv", MimeType = "text/csv", Buffer = "step,rate\n0,0.1\n1,0.2\n"u8.ToArray() });
        await open.Until("document.querySelector('#trace svg') !== null"); // it has been read, on another thread
        await open.Page.Locator("#copy-link").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#sent")).ToContainTextAsync("It does not hold the pasted text, which is too long. The file my trace.csv is not in it");
        Assert.DoesNotContain("pasted=", await open.Page.EvaluateAsync<string>("location.hash"), StringComparison.Ordinal);
        Assert.Empty(open.Messages);
    }

    [Theory, InlineData("~%21"), InlineData("~AAAA"), InlineData("%zz")]
    public async Task A_pasted_text_that_cannot_be_read_from_the_address_is_told(string given)
    {
        await using var open = await browser.Open(lab, fragment: $"#schedule=constant(0.5)&pasted={given}");
        await Assertions.Expect(open.Page.Locator("#foreign-said")).ToContainTextAsync("cannot be read");
        await Assertions.Expect(open.Page.Locator("#entries textarea")).ToHaveValueAsync("constant(0.5)");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task The_run_that_an_advice_is_written_into_is_in_the_address()
    {
        await using var open = await browser.Open(lab, fragment: "#advice=" + Uri.EscapeDataString("""{"task": "languageModeling", "family": "transformer", "pretrained": "no", "parameters": "350M", "trainingTokens": "2B", "tokensPerSample": "4096", "batch": "128", "optimizer": "adamW"}""") + "&as=train");
        await open.Page.Locator("#advice-begin").ClickAsync();
        await open.Until("location.hash.includes('&base=')");
        string text = await open.Page.Locator("#advice-base").InputValueAsync();
        await using var other = await browser.Open(lab, fragment: await open.Page.EvaluateAsync<string>("location.hash"));
        await Assertions.Expect(other.Page.Locator("#advice-base")).ToHaveValueAsync(text);
        await Assertions.Expect(other.Page.Locator("#advice-text")).ToHaveTextAsync(await open.Page.Locator("#advice-text").InnerTextAsync());
        Assert.Empty(open.Messages);
        Assert.Empty(other.Messages);
    }

    [Fact]
    public async Task A_race_that_plays_stops_at_another_s_address_and_an_advice_without_a_form_is_for_pytorch()
    {
        await using var open = await browser.Open(lab, fragment: Race("""{"rules": [{"rule": {"type": "sgd"}, "rate": "1e-5"}]}"""));
        await open.Page.Locator("#race-play").ClickAsync();
        await open.Until($"{LabTests.Updates} > 5");
        await open.Page.EvaluateAsync("hash => { location.hash = hash; }", Race("""{"function": "beale"}"""));
        await Assertions.Expect(open.Page.Locator("#race-play")).ToHaveTextAsync("Play");
        await open.Until($"{LabTests.Updates} === 0 && document.querySelectorAll('#rules .entry').length === 3");
        await open.Page.EvaluateAsync("location.hash = '#advice=' + encodeURIComponent('{}') + '&as=json'");
        await Assertions.Expect(open.Page.Locator("#advice-target")).ToHaveValueAsync("json");
        await open.Page.EvaluateAsync("location.hash = '#advice=' + encodeURIComponent('{}')");
        await Assertions.Expect(open.Page.Locator("#advice-target")).ToHaveValueAsync("pytorch");
        Assert.Empty(open.Messages);
    }

    [Theory]
    [InlineData("#noise", "-1", "Noise must be a number of 0 or more.")]
    [InlineData("#batch", "0", "Batch must be a number of 1 or more.")]
    [InlineData("#seed", "", "Seed must be a number of 0 or more.")]
    [InlineData("#until", "1.5", "Until must be a whole number of 1 or more.")]
    public async Task What_a_field_does_not_take_is_told_and_the_race_is_as_it_was(string field, string text, string told)
    {
        await using var open = await browser.Open(lab, fragment: Race("""{"noise": 0.5, "seed": 7, "until": 40}"""));
        await open.Page.Locator(field).FillAsync(text);
        await Assertions.Expect(open.Page.Locator("#race-error")).ToHaveTextAsync(told);
        await Assertions.Expect(open.Page.Locator(field)).ToHaveAttributeAsync("aria-invalid", "true");
        await open.Page.Locator(field).FillAsync("3");
        await Assertions.Expect(open.Page.Locator("#race-error")).ToBeEmptyAsync();
        await Assertions.Expect(open.Page.Locator(field)).ToHaveAttributeAsync("aria-invalid", "false");
        Assert.Empty(open.Messages);
    }
}
