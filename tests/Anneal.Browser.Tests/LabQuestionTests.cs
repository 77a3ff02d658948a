using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>What the lab asks of another thread: it can be stopped, says that it goes on, and is not waited for where that thread is gone.</summary>
public class LabQuestionTests(Browser browser)
{
    static readonly string lab = Pages.Built("site", "lab.html");

    /// <summary>Takes a browser longer than a test waits for anything but an answer.</summary>
    static readonly string endless = Enumerable.Range(1, 6).Aggregate("noise(cosine(0.1, 400000), 0.2)", (inner, i) => $"max({inner}, noise(linear(0.1, 400000), 0.3, seed: {i}))");

    [Fact]
    public async Task A_long_look_tells_that_it_goes_on_and_can_be_stopped_and_begun_again()
    {
        await using var open = await browser.Open(lab);
        await open.Until("document.querySelector('#details .katex') !== null");
        var (text, waiting) = (open.Page.Locator("#entries textarea").First, open.Page.Locator("#entries .waiting").First);
        await text.FillAsync("cosin(0.1, 100)");
        await Assertions.Expect(text).ToHaveAttributeAsync("aria-invalid", "true");
        await text.FillAsync(endless);
        await Assertions.Expect(waiting).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Looking at it… [1-9][0-9]* sStop$"));
        await Assertions.Expect(text).ToHaveAttributeAsync("aria-invalid", "false");
        // What was read last stays where it was, and is said to be that.
        Assert.Equal(1, await open.Page.Locator(Pale).CountAsync());
        await Assertions.Expect(open.Page.Locator("#facts thead th")).ToHaveTextAsync("Schedule 1 (before)");
        await Assertions.Expect(open.Page.Locator("#caption")).ToContainTextAsync("The schedule is drawn as it was before");
        await Assertions.Expect(open.Page.Locator("#copy-export")).ToBeDisabledAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Stop looking at schedule 1" }).ClickAsync();
        await Assertions.Expect(waiting).ToHaveTextAsync("It was not looked at to the end.Look at it");
        // Also beside another that is built anew.
        await open.Page.Locator("#add").ClickAsync();
        await open.Page.Locator("#entries textarea").Nth(1).FillAsync("linear(0.1, 100)");
        await Assertions.Expect(open.Page.Locator("#facts thead th")).ToHaveTextAsync(["Schedule 1 (before)", "Schedule 2"]);
        Assert.Equal(1, await open.Page.Locator(Pale).CountAsync());
        await Assertions.Expect(waiting).ToHaveTextAsync("It was not looked at to the end.Look at it");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Look at it: schedule 1" }).ClickAsync();
        await Assertions.Expect(waiting).ToContainTextAsync("Looking at it…");
        // What is typed meanwhile is not kept waiting by it.
        await text.FillAsync("restarts(0.1, 3) for 5000");
        await Assertions.Expect(waiting).ToBeHiddenAsync();
        await Assertions.Expect(open.Page.Locator("#facts thead th")).ToHaveTextAsync(["Schedule 1", "Schedule 2"]);
        Assert.Equal(0, await open.Page.Locator(Pale).CountAsync());
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task What_is_waited_for_comes_before_a_bound_and_what_nobody_waits_for_is_ended()
    {
        await using var open = await browser.Open(lab);
        await open.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        Assert.Equal(["first bound", "look", "second bound"], await open.Page.EvaluateAsync<string[]>("""
            (async () => {
                const { ask } = window.annealLab.questions, order = [], told = word => () => order.push(word);
                await Promise.all([
                    ask(2, "Bound", "linear(0.1, 100000)", NaN).answer.then(told("first bound")),
                    ask(2, "Bound", "linear(0.2, 100000)", NaN).answer.then(told("second bound")),
                    ask(0, "Look", "linear(0.1, 100)", NaN).answer.then(told("look"))]);
                return order;
            })()
            """));
        // A thread that was ended while it began says nothing of the next.
        Assert.True(await open.Page.EvaluateAsync<bool>("""
            (async () => {
                const { questions } = window.annealLab;
                await questions.areApart;
                const running = questions.ask(0, "Look", "linear(0.1, 100)", NaN);
                running.stop();
                await running.answer.catch(() => {});
                const starting = questions.ask(0, "Look", "linear(0.2, 100)", NaN), apart = questions.areApart;
                starting.answer.catch(() => {});
                starting.stop();
                return apart;
            })()
            """));
        Assert.Equal("Stopped., 0.1, Stopped.", await open.Page.EvaluateAsync<string>("""
            async endless => {
                const { ask } = window.annealLab.questions;
                await ask(0, "Rates", "constant(0.1)", [0]).answer; // it has started
                const left = ask(0, "Look", endless, NaN), refused = left.answer.catch(fault => fault.message);
                await new Promise(done => setTimeout(done, 200)); // it has begun
                left.leave();
                const next = ask(0, "Rates", "constant(0.1)", [0]), never = ask(1, "Rates", "constant(0.1)", [0]), stopped = never.answer.catch(fault => fault.message);
                never.stop();
                return [await Promise.race([refused, new Promise(done => setTimeout(() => done("It was not ended."), 15_000))]), (await next.answer)[0], await stopped].join(", ");
            }
            """, endless));
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task What_was_asked_about_a_schedule_that_is_gone_is_left_and_a_new_rate_has_no_old_crossing()
    {
        await using var open = await browser.Open(lab);
        await open.Until("document.querySelector('#details .katex') !== null");
        await open.Page.EvaluateAsync("""
            () => {
                const { questions } = window.annealLab, { ask } = questions;
                [window.asked, window.left] = [[], []];
                questions.ask = (turn, name, notation, ...rest) => {
                    if (name !== "Bound" && name !== "Crossings") return ask(turn, name, notation, ...rest);
                    window.asked.push(name);
                    return { answer: new Promise(() => {}), leave: () => window.left.push(`${name} of ${notation}`) };
                };
            }
            """);
        const string slow = "restarts(0.1, 3) for 5000", other = "restarts(0.2, 3) for 5000";
        var crossed = open.Page.Locator("#facts tr", new() { HasText = "crosses rate" }).Locator("td");
        await open.Page.Locator("#cross").FillAsync("0.0001");
        await Assertions.Expect(crossed).ToContainTextAsync("step");
        await open.Page.Locator("#entries textarea").First.FillAsync(endless);
        await Assertions.Expect(open.Page.Locator("#entries .waiting").First).ToContainTextAsync("Looking at it…");
        await Assertions.Expect(crossed).ToContainTextAsync("step");
        await open.Page.Locator("#cross").FillAsync("0.05");
        await Assertions.Expect(crossed).ToHaveTextAsync("…");
        await open.Page.Locator("#entries textarea").First.FillAsync(slow);
        await open.Until("window.asked.length === 2");
        await open.Page.Locator("#entries textarea").First.FillAsync(endless);
        await Assertions.Expect(open.Page.Locator("#entries .waiting").First).ToContainTextAsync("Looking at it…");
        Assert.Equal([$"Crossings of {slow}", $"Bound of {slow}"], await open.Page.EvaluateAsync<string[]>("window.left"));
        // What comes back is asked about anew, and left when it is removed.
        await open.Page.Locator("#entries textarea").First.FillAsync(slow);
        await open.Until("window.asked.length === 4");
        await open.Page.Locator("#add").ClickAsync();
        await open.Until("window.asked.length === 6");
        await open.Page.Locator("#entries textarea").Nth(1).FillAsync(other);
        await open.Until("window.asked.length === 8");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Remove schedule 2" }).ClickAsync();
        Assert.Equal([$"Crossings of {other}", $"Bound of {other}"], await open.Page.EvaluateAsync<string[]>("window.left.slice(-2)"));
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_long_pasted_text_can_be_stopped_too()
    {
        await using var tab = await browser.Tab($$"""
            window.addEventListener("DOMContentLoaded", () => {
                const begin = window.anneal.worker;
                window.anneal.worker = () => { const one = begin(), { ask } = one; return Object.assign(one, { ask: (name, ...question) => name === "Import" ? ask("Look", "{{endless}}", NaN) : ask(name, ...question) }); };
            });
            """);
        await tab.Page.GotoAsync(new Uri(lab).AbsoluteUri);
        await tab.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        await tab.Page.Locator("#foreign").FillAsync("[" + new string(' ', 20_000) + "]");
        await tab.Page.Locator("#read-foreign").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#imported")).ToHaveTextAsync("It was not read to the end.");
        Assert.Equal("read-foreign", await tab.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Empty(tab.Messages);
    }

    /// <summary>A browser ends a worker without a word, as for want of memory; a runtime that broke down answers nothing more.</summary>
    [Theory]
    [InlineData("postMessage = () => { setTimeout(() => close()); }", "^The thread that was to answer has ended, perhaps for want of memory. Ask again: another one is started then.$")]
    [InlineData("Float64Array.from = () => { throw new WebAssembly.RuntimeError('unreachable'); }", "Ask again: another one is started then. \\(unreachable\\)$")]
    [InlineData("postMessage = () => { setTimeout(() => { throw new Error('broken'); }); }", "Ask again: another one is started then. \\(Uncaught Error: broken\\)$")]
    public async Task A_thread_that_is_gone_is_not_waited_for_and_the_next_question_begins_another(string fate, string told)
    {
        await using var open = await browser.Open(lab);
        await open.Page.EvaluateAsync("window.anneal.ready.then(() => { window.worker = window.anneal.worker(); window.worker.onlost = reason => { window.lost = reason; }; return window.worker.ready; }).then(() => 0)");
        await Assert.Single(open.Page.Workers).EvaluateAsync<object?>($"(() => {{ {fate}; }})()");
        Assert.Matches(told, await open.Page.EvaluateAsync<string>("window.worker.ask('Rates', 'constant(0.1)', [0]).catch(fault => fault.message)"));
        Assert.NotEmpty(await open.Page.EvaluateAsync<string>("window.lost"));
        Assert.Equal("0.1, true", await open.Page.EvaluateAsync<string>("window.worker.ask('Rates', 'constant(0.1)', [0]).then(async rates => `${rates[0]}, ${await window.worker.apart}`)"));
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_thread_that_does_not_start_is_done_without()
    {
        await using var tab = await browser.Tab("""
            { const { Worker, setTimeout } = window;
              window.Worker = class extends Worker { postMessage() { window.posted = (window.posted ?? 0) + 1; } };
              window.setTimeout = (work, wait, ...given) => setTimeout(work, wait === 30_000 ? 300 : wait, ...given); }
            """);
        await tab.Page.GotoAsync(new Uri(lab).AbsoluteUri + "#schedule=restarts(0.1,3)for%205000");
        await tab.Until("document.querySelector('#details h2 code')?.textContent.includes('restarts')");
        Assert.Equal(1, await tab.Page.EvaluateAsync<int>("window.posted"));
        Assert.False(await tab.Page.EvaluateAsync<bool>("window.annealLab.questions.areApart"));
        Assert.Empty(tab.Messages);
    }

    [Fact]
    public async Task A_race_whose_thread_is_gone_says_so_and_begins_anew()
    {
        await using var open = await browser.Open(lab, fragment: "#race=" + Uri.EscapeDataString("""{"rules": [{"rule": {"type": "sgd"}, "rate": "1e-4"}]}"""));
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await open.Until($"{LabTests.Updates} > 20");
        await Assert.Single(open.Page.Workers).EvaluateAsync<object?>("void setTimeout(() => close())");
        await Assertions.Expect(open.Page.Locator("#race-error")).ToHaveTextAsync("The thread that was to answer has ended, perhaps for want of memory. Reset begins the race anew.");
        await Assertions.Expect(open.Page.Locator("#race-play")).ToHaveTextAsync("Play");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#race-error")).ToBeEmptyAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Step", Exact = true }).ClickAsync();
        await open.Until($"{LabTests.Updates} === 1");
        Assert.Empty(open.Messages);
    }

    const string Pale = "#drawing path[opacity='0.4']";
}
