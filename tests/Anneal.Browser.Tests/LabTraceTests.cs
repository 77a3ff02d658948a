using System.Globalization;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>A run's trace in the lab: it is read on another thread, can be stopped, and its pictures follow the schedule and the window.</summary>
public class LabTraceTests(Browser browser)
{
    static readonly string lab = Pages.Built("site", "lab.html");

    static string Written(string name, int rows)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("anneal-trace-").FullName, name);
        File.WriteAllText(file, "step,rate,loss\n" + string.Concat(Enumerable.Range(0, rows).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t},0.1,{t % 7}\n"))));
        return file;
    }

    /// <summary>At once, while the other thread still starts or already reads.</summary>
    [Fact]
    public async Task Reading_can_be_stopped_and_another_file_is_read_then()
    {
        await using var open = await browser.Open(lab);
        var (file, stop, said) = (open.Page.Locator("#trace-file"), open.Page.Locator("#trace-stop"), open.Page.Locator("#trace-said"));
        await file.SetInputFilesAsync(Written("long.csv", 1_500_000));
        await Assertions.Expect(said).ToHaveTextAsync("Reading long.csv…");
        await stop.ClickAsync();
        await Assertions.Expect(said).ToHaveTextAsync("long.csv: Stopped.");
        await Assertions.Expect(stop).ToBeHiddenAsync();
        Assert.Equal("trace-file", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
        await file.SetInputFilesAsync(Written("short.csv", 20));
        await Assertions.Expect(said).ToHaveTextAsync("short.csv: 2 columns; the rate is rate.");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Of_two_files_the_one_that_was_chosen_last_is_shown()
    {
        await using var open = await browser.Open(lab);
        var (file, said) = (open.Page.Locator("#trace-file"), open.Page.Locator("#trace-said"));
        await file.SetInputFilesAsync(Written("first.csv", 300_000));
        await Assertions.Expect(said).ToHaveTextAsync("Reading first.csv…");
        await file.SetInputFilesAsync(Written("second.csv", 20));
        await Assertions.Expect(said).ToHaveTextAsync("second.csv: 2 columns; the rate is rate.");
        await open.Page.WaitForTimeoutAsync(3_000);
        await Assertions.Expect(said).ToHaveTextAsync("second.csv: 2 columns; the rate is rate.");
        await Assertions.Expect(open.Page.Locator("#trace-stop")).ToBeHiddenAsync();
        Assert.Equal(2, await open.Page.Locator("#trace figure").CountAsync());
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Its_pictures_are_as_wide_as_the_window_also_where_that_changed_behind_another_part()
    {
        await using var open = await browser.Open(lab);
        await open.Page.Locator("#trace-file").SetInputFilesAsync(Written("short.csv", 20));
        await open.Until(Fits);
        await open.Page.SetViewportSizeAsync(900, 900);
        await open.Until(Fits);
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        await open.Page.SetViewportSizeAsync(500, 900);
        await open.Page.WaitForTimeoutAsync(300);
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Schedules" }).ClickAsync();
        await open.Until(Fits);
        Assert.Empty(open.Messages);
    }

    const string Fits = "[0, 1].every(i => { const box = document.querySelector(`#trace-${i}`), picture = box?.querySelector('svg'); return picture && Math.abs(Number(picture.getAttribute('width')) - box.clientWidth) <= 1; })";
}
