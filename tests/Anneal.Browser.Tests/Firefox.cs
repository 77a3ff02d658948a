using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Anneal.Browser.Tests;

/// <summary>Firefox as its readers have it, with a profile that outlives it; spoken to in WebDriver BiDi, which it knows by itself.</summary>
sealed class Firefox : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly ClientWebSocket socket = new();
    int asked;
    string context = "";

    Firefox(Process process) => this.process = process;

    static string Executable => Environment.GetEnvironmentVariable("FIREFOX") ?? ((string[])["/usr/bin/firefox-esr", "/usr/bin/firefox"]).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Firefox here: apt-get install firefox-esr, or name it in FIREFOX.");

    /// <summary>Starts it with a folder for its profile, made where there is none.</summary>
    public static async Task<Firefox> Start(string profile)
    {
        Directory.CreateDirectory(profile);
        // Unless told, it is set up for tests, in which pages from files share what they store.
        await File.WriteAllLinesAsync(Path.Combine(profile, "user.js"), ["user_pref(\"remote.prefs.recommended\", false);", "user_pref(\"browser.aboutwelcome.enabled\", false);", "user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);", "user_pref(\"network.manage-offline-status\", false);"]);
        var start = new ProcessStartInfo(Executable, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        // Its caches and its home belong to the test.
        start.Environment["HOME"] = profile;
        var firefox = new Firefox(Process.Start(start)!);
        using var patience = new CancellationTokenSource(Patience);
        const string listens = "WebDriver BiDi listening on ";
        string? line;
        do
            line = await firefox.process.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("Firefox ended before it listened.");
        while (!line.StartsWith(listens, StringComparison.Ordinal));
        _ = firefox.process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = firefox.process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await firefox.socket.ConnectAsync(new Uri(line[listens.Length..] + "/session"), patience.Token);
        await firefox.Ask("session.new", new { capabilities = new { } });
        firefox.context = (await firefox.Ask("browsingContext.getTree", new { })).GetProperty("contexts")[0].GetProperty("context").GetString()!;
        return firefox;
    }

    /// <summary>Opens a file.</summary>
    public Task Show(string file) => Ask("browsingContext.navigate", new { context, url = new Uri(file).AbsoluteUri, wait = "complete" });

    /// <summary>What an expression gives, which must be text; a promise is waited for.</summary>
    public async Task<string> Text(string expression)
    {
        var answer = await Ask("script.evaluate", new { expression, target = new { context }, awaitPromise = true });
        return answer.GetProperty("type").GetString() == "success" ? answer.GetProperty("result").GetProperty("value").GetString()!
            : throw new InvalidOperationException(answer.GetProperty("exceptionDetails").GetProperty("text").GetString());
    }

    async Task<JsonElement> Ask(string method, object parameters)
    {
        using var patience = new CancellationTokenSource(Patience);
        int id = ++asked;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, true, patience.Token);
        while (true)
        {
            using var message = new MemoryStream();
            byte[] part = new byte[1 << 16];
            WebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(part, patience.Token);
                message.Write(part, 0, received.Count);
            }
            while (!received.EndOfMessage);
            // Events have no number.
            var answer = JsonSerializer.Deserialize<JsonElement>(message.GetBuffer().AsSpan(0, (int)message.Length));
            if (answer.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number && number.GetInt32() == id)
                return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {answer}");
        }
    }

    /// <summary>Closes it as a reader does, so that it writes down what it keeps.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Ask("browser.close", new { });
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.Dispose();
            socket.Dispose();
        }
    }
}
