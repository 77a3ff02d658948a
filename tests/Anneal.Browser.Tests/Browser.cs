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

    /// <summary>Opens a file and waits until everything on it is drawn.</summary>
    public async Task<OpenPage> Open(string file, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
        OpenPage open = new(context, await context.NewPageAsync());
        await open.Page.GotoAsync(new Uri(file).AbsoluteUri);
        await open.Until("document.querySelectorAll('figure.chart:not(.drawn)').length === 0");
        await open.Page.EvaluateAsync("document.fonts.ready.then(() => 0)");
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
    }

    public IPage Page { get; }

    /// <summary>What was written to the console, errors included.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Addresses that were asked for; the page's own file is one.</summary>
    public List<string> Requests { get; } = [];

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
