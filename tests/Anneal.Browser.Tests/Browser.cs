using System.Diagnostics;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Anneal.Browser.Tests.Browser))]

namespace Anneal.Browser.Tests;

/// <summary>One Chromium for all tests; every page gets a context of its own, with the network off.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    const string Debians = "/usr/bin/chromium";

    /// <summary>Debian's Chromium, or where there is none (null) the one that Playwright installed.</summary>
    static string? Executable => Environment.GetEnvironmentVariable("CHROMIUM") ?? (File.Exists(Debians) ? Debians : null);

    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000); // as long as pages wait: other work on the machine fails no test
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = Flags,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A tab for pages that come one after the other; the script runs in each before anything else.</summary>
    public async Task<OpenPage> Tab(string script)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, Offline = true });
        await context.AddInitScriptAsync(script);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>Opens a file and waits until everything on it is drawn.</summary>
    public async Task<OpenPage> Open(string file, int width = 1280, ColorScheme scheme = ColorScheme.Light, string fragment = "")
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
        OpenPage open = new(context, await context.NewPageAsync());
        await open.Page.GotoAsync(new Uri(file).AbsoluteUri + fragment);
        await open.Until("document.querySelectorAll('figure.chart:not(.drawn)').length === 0");
        await open.Page.EvaluateAsync("document.fonts.ready.then(() => 0)");
        return open;
    }

    /// <summary>Opens an address of this machine.</summary>
    public async Task<OpenPage> OpenAddress(string address)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 1000 } });
        OpenPage open = new(context, await context.NewPageAsync());
        open.Page.SetDefaultTimeout(60_000);
        await open.Page.GotoAsync(address);
        return open;
    }
}

/// <summary>An open page and everything it said or asked for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    readonly IBrowserContext context;

    public OpenPage(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => Messages.Add(message.Text);
        page.PageError += (_, error) => Messages.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.FrameNavigated += (_, _) => Navigations++;
    }

    public IPage Page { get; }

    /// <summary>What was written to the console, errors included.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Addresses that were asked for; the page's own file is one.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>How often the page or a frame in it went somewhere, from the file that was shown last.</summary>
    public int Navigations { get; private set; }

    /// <summary>Opens a page from a file, waits until it is drawn, and a little longer for what it may do on its own.</summary>
    public async Task Show(string html)
    {
        await Open(html);
        await Until("document.querySelectorAll('figure.chart:not(.drawn)').length === 0");
        await Page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))");
    }

    /// <summary>Opens a page from a file and asks it nothing, for pages that may be gone at once.</summary>
    public async Task Open(string html)
    {
        file ??= Path.Combine(Directory.CreateTempSubdirectory("anneal-pages-").FullName, "page.html");
        await File.WriteAllTextAsync(file, html);
        await Page.GotoAsync("about:blank");
        Messages.Clear();
        Requests.Clear();
        Navigations = 0;
        await Page.GotoAsync(new Uri(file).AbsoluteUri);
    }

    string? file;

    /// <summary>Waits until an expression is true; asked from outside, since the page's policy forbids evaluating text inside it.</summary>
    public async Task Until(string expression)
    {
        var patience = Stopwatch.StartNew();
        while (!await Page.EvaluateAsync<bool>(expression))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), $"This did not become true in 60 seconds: {expression}");
            await Task.Delay(50);
        }
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
