using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>Hundreds of random acts on one page, by mouse and keyboard, with the network off: whatever is done, in whatever order, it says nothing, asks for nothing, goes nowhere and goes on working.</summary>
public class MonkeyTests(Browser browser)
{
    /// <summary>Acts on a page; the seed is in the test's name, so that a failure can be seen again.</summary>
    const int Acts = 250;

    /// <summary>What is typed into fields: what is meant, what is nearly right, and what nobody should type.</summary>
    static readonly string[] Texts =
    [
        "0.1", "1e-3", "0", "-1", "1e400", "NaN", "300", "12.5", "", " ", "7,5", "warmup(3e-4, 500) > cosine(3e-4, 9500)", "cosine(0.1, 100", "constant(1) * 2", "wsd(0.1, 1000, warmup: 10 %)",
        "{\"type\": \"sgd\"}", "null", "[null]", "{\"type\": null}", "[]", "{", "<b>bold</b>", "$x^2$", "äöü 🙂", "' or 1=1 --", "../../etc",
        "{\"scheduler\": \"CosineAnnealingLR\", \"T_max\": 100, \"eta_min\": 0, \"base_lr\": 0.1}", "- a\n- b", "9999999999999999999999",
    ];

    static readonly string[] Keys = ["Tab", "Enter", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", " ", "Backspace", "Delete", "?", "/", "1", "e"];

    [Theory]
    [InlineData("lab.html", 1, 1280)]
    [InlineData("lab.html", 2, 390)]
    [InlineData("lab.html", 3, 1280)]
    [InlineData("lab.html", 4, 390)]
    [InlineData("lab.html", 5, 390)]
    [InlineData("lab.html", 6, 1280)]
    [InlineData("lab.html", 7, 390)]
    [InlineData("review.html", 1, 1280)]
    [InlineData("index.html", 1, 390)]
    [InlineData("03-sgd-convergence.html", 1, 1280)]
    [InlineData("05-momentum.html", 1, 390)]
    public async Task Whatever_is_done_to_it_a_page_goes_on(string page, int seed, int width)
    {
        await using var open = await browser.Open(Pages.Built("site", page), width, fragment: page == "lab.html" ? new[] { "", "#race", "#advice" }[(seed - 1) % 3] : "");
        Random random = new(seed);
        List<string> done = [];
        open.Page.Dialog += async (_, dialog) => { done.Add("dialog: " + dialog.Message); await (random.Next(2) == 0 ? dialog.AcceptAsync() : dialog.DismissAsync()); };
        await open.Page.EvaluateAsync("window.print = () => {}");
        // A link to another page would be followed, and a page may move one under the mouse between the look and the act.
        await open.Page.EvaluateAsync("addEventListener('click', event => event.target.closest?.('a[href]:not([href^=\"#\"])') && event.preventDefault(), true)");
        // What is on the page may vanish between the look and the act, so nothing is taken for granted; a thing that cannot be hit by the mouse is not hit.
        for (int act = 0; act < Acts && Amiss(open) is null; act++)
            done.Add(await Act(open.Page, random));
        Assert.True(Amiss(open) is null, $"{Amiss(open)}\nafter:\n{string.Join("\n", done.TakeLast(12))}");
        Assert.True(done.Count(what => !what.StartsWith("nothing", StringComparison.Ordinal)) > Acts / 2, "The page gave hardly anything to do.");

        // What was typed survives a link to no place.
        const string Schedules = "JSON.stringify([...document.querySelectorAll('#entries textarea')].map(field => field.value))";
        const string Typed = "JSON.stringify([...document.querySelectorAll('#entries textarea, #rules input, #rules textarea, #advice-form input')].map(field => field.value))";
        var typed = await open.Page.EvaluateAsync<string>(Typed);
        await open.Page.EvaluateAsync("() => { location.hash = '#main'; return new Promise(done => setTimeout(done, 500)); }");
        Assert.Equal(typed, await open.Page.EvaluateAsync<string>(Typed));

        // It still answers, at this address and opened anew at it, with the schedules in whatever part it is left.
        string schedules = await open.Page.EvaluateAsync<string>(Schedules);
        await open.Page.ReloadAsync();
        await open.Until("document.readyState === 'complete' && document.querySelector('h1') !== null");
        await open.Page.EvaluateAsync("Promise.resolve(window.anneal?.ready).then(() => new Promise(done => setTimeout(done, 500)))");
        Assert.Equal(schedules, await open.Page.EvaluateAsync<string>(Schedules));
        Assert.True(open.Messages.Count == 0, $"{string.Join("\n", open.Messages)}\nopened anew at {open.Page.Url}");
    }

    /// <summary>The first thing that a page should not have said or asked for; null if there is none.</summary>
    static string? Amiss(OpenPage open) => open.Messages.FirstOrDefault() ?? open.Requests.Skip(1).FirstOrDefault(url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal));

    /// <summary>One random act on a random thing that can be seen; returns what it was.</summary>
    static async Task<string> Act(IPage page, Random random)
    {
        if (random.Next(8) == 0)
        {
            var key = Keys[random.Next(Keys.Length)];
            await page.Keyboard.PressAsync(key);
            return "key " + key;
        }
        var thing = await page.EvaluateAsync<Thing?>("""
            random => {
                const seen = [...document.querySelectorAll('button, a[href^="#"], input:not([type=file]), select, textarea, summary, [role=tab], [role=slider], canvas, svg.main-svg')]
                    .filter(e => !e.disabled && !e.download && e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0);
                if (!seen.length) return null;
                const kinds = Object.values(Object.groupBy(seen, e => e.tagName + e.type)), kind = kinds[Math.floor(random[0] * kinds.length)], e = kind[Math.floor(random[1] * kind.length)];
                e.scrollIntoView({ block: 'center' });
                const box = e.getBoundingClientRect(), x = box.x + random[2] * box.width, y = box.y + random[3] * box.height, top = document.elementFromPoint(x, y);
                const name = `${e.tagName.toLowerCase()}${e.type ? `[${e.type}]` : ''}${e.id ? '#' + e.id : ''} “${(e.ariaLabel ?? e.textContent).trim().slice(0, 40)}”`;
                if (e instanceof HTMLSelectElement) {
                    e.selectedIndex = Math.floor(random[2] * e.options.length);
                    const chosen = e.value;
                    e.dispatchEvent(new Event('input', { bubbles: true }));
                    e.dispatchEvent(new Event('change', { bubbles: true }));
                    return { Name: `${name} = ${chosen}`, X: -1, Y: -1, Writes: false };
                }
                return { Name: name, X: top && !top.closest('[download]') ? x : -1, Y: y, Writes: e instanceof HTMLTextAreaElement || e instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button', 'submit'].includes(e.type) };
            }
            """, new[] { random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble() });
        if (thing is null)
            return "nothing to do";
        if (thing.X < 0)
            return thing.Name;
        await page.Mouse.ClickAsync(thing.X, thing.Y);
        if (!thing.Writes)
            return thing.Name;
        var text = Texts[random.Next(Texts.Length)];
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync(text);
        if (random.Next(2) == 0)
            await page.Keyboard.PressAsync("Tab");
        return $"{thing.Name} ← {text}";
    }

    sealed record Thing
    {
        public string Name { get; set; } = "";
        public float X { get; set; }
        public float Y { get; set; }
        public bool Writes { get; set; }
    }
}
