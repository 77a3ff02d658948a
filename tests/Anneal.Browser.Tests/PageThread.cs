using System.Text.Json;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>What the thread of a page did meanwhile, task by task, in milliseconds of processor: on a busy machine the clock says how busy that is.</summary>
sealed class PageThread
{
    const string Mark = "what is measured begins";

    readonly ICDPSession session;
    readonly List<JsonElement> events = [];
    readonly TaskCompletionSource ended = new();

    PageThread(ICDPSession session) => this.session = session;

    /// <summary>The process whose thread it is, known when it has ended.</summary>
    public int Process { get; private set; }

    /// <summary>Begins to look.</summary>
    /// <param name="open">The page.</param>
    /// <param name="slower">By what factor the processor is throttled.</param>
    public static async Task<PageThread> Watch(OpenPage open, int slower = 1)
    {
        var session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        PageThread watched = new(session);
        session.Event("Tracing.dataCollected").OnEvent += (_, data) => watched.events.AddRange(data!.Value.GetProperty("value").EnumerateArray().Select(e => e.Clone()));
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => watched.ended.TrySetResult();
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = slower });
        await session.SendAsync("Tracing.start", new() { ["transferMode"] = "ReportEvents", ["categories"] = "toplevel,blink.user_timing" });
        await open.Page.EvaluateAsync("mark => { performance.mark(mark); }", Mark);
        return watched;
    }

    /// <summary>Ends, and returns how long each task took.</summary>
    public async Task<double[]> Tasks()
    {
        await session.SendAsync("Tracing.end");
        await ended.Task;
        // A trace is of the whole browser, which other tests share: this page's thread is the one with its mark.
        var main = Thread(events.First(e => Text(e, "name") == Mark));
        Process = main.Process;
        return [.. events.Where(e => Text(e, "ph") == "X" && Text(e, "name") == "ThreadControllerImpl::RunTask" && Thread(e) == main && e.TryGetProperty("tdur", out var _)).Select(e => e.GetProperty("tdur").GetDouble() / 1000)];

        static string? Text(JsonElement e, string name) => e.TryGetProperty(name, out var text) ? text.GetString() : null;
        static (int Process, int Thread) Thread(JsonElement e) => (e.GetProperty("pid").GetInt32(), e.GetProperty("tid").GetInt32());
    }
}
