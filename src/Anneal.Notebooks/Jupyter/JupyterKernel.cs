using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>Runs cells for a Jupyter front end: what it sends comes in by sockets, and goes to a child process that runs it.</summary>
public sealed class JupyterKernel : IDisposable
{
    static readonly TimeSpan ParentPeriod = TimeSpan.FromSeconds(2);

    readonly string _session = Guid.NewGuid().ToString("N"), _language;
    readonly BlockingCollection<JupyterMessage> _shell = [], _control = [];
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ExecutionHistory _history = new();
    readonly NotebookCells _cells;
    readonly JupyterSockets _sockets;
    readonly LiveSession _live;
    JupyterMessage? _executing;
    Failure? _failure;
    string? _result;
    int _count;

    JupyterKernel(ConnectionFile connection, string language, string folder)
    {
        _language = language;
        _cells = new(folder, Environment.GetEnvironmentVariable("JPY_SESSION_NAME"));
        var settings = new RunSettings { Cultures = true, MemoryLimit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes };
        _live = new(new(folder, language, settings.TextLimit), settings, Show);
        _sockets = new(connection, _session, (channel, message) => (channel == RequestChannel.Shell ? _shell : _control).Add(message));
    }

    /// <summary>Serves the front end that wrote a connection file until it asks for the end, or is gone.</summary>
    /// <param name="connectionFile">The file's path.</param>
    /// <param name="language">csharp or fsharp, for cells that do not say theirs.</param>
    /// <param name="cancel">Ends the kernel.</param>
    /// <exception cref="InvalidDataException">The file is not a connection file.</exception>
    public static async Task RunAsync(string connectionFile, string language, CancellationToken cancel)
    {
        using var kernel = new JupyterKernel(ConnectionFile.Read(connectionFile), language, Directory.GetCurrentDirectory());
        kernel.Publish("status", new() { ["execution_state"] = "starting" }, null);
        kernel._live.Warm();
        _ = Task.Factory.StartNew(() => kernel.ServeAsync(RequestChannel.Shell, kernel._shell).Wait(CancellationToken.None), TaskCreationOptions.LongRunning);
        _ = Task.Factory.StartNew(() => kernel.ServeAsync(RequestChannel.Control, kernel._control).Wait(CancellationToken.None), TaskCreationOptions.LongRunning);
        using var parent = new Timer(_ => kernel.EndWithoutParent(), null, ParentPeriod, ParentPeriod);
        using var end = cancel.Register(() => kernel._ended.TrySetResult());
        await kernel._ended.Task;
    }

    /// <summary>A front end that has crashed asks for nothing any more.</summary>
    void EndWithoutParent()
    {
        if (OperatingSystem.IsWindows() || !int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), out int parent))
            return;
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(parent);
        }
        catch (ArgumentException)
        {
            _ended.TrySetResult();
        }
    }

    async Task ServeAsync(RequestChannel channel, BlockingCollection<JupyterMessage> requests)
    {
        foreach (var request in requests.GetConsumingEnumerable())
        {
            Publish("status", new() { ["execution_state"] = "busy" }, request);
            try
            {
                if (await AnswerAsync(request) is { } content)
                    _sockets.Reply(channel, JupyterMessage.Create(_session, request.Type.Replace("_request", "_reply"), content, request, request.Route));
            }
            catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException or ArgumentException)
            {
                // A request that is not what the protocol says; the next one may be.
                _sockets.Reply(channel, JupyterMessage.Create(_session, request.Type.Replace("_request", "_reply"), Problem(e.GetType().Name, e.Message, []), request, request.Route));
            }
            Publish("status", new() { ["execution_state"] = "idle" }, request);
            if (request.Type == "shutdown_request")
                _ended.TrySetResult();
            if (request.Type == "execute_request" && _failure is not null && (request.Content.Flag("stop_on_error") ?? true))
                AbortWaiting();
        }
    }

    /// <summary>The content of the answer to a request, or null for a message that wants none.</summary>
    async Task<JsonObject?> AnswerAsync(JupyterMessage request)
    {
        var content = request.Content;
        switch (request.Type)
        {
            case "kernel_info_request":
                return KernelInfo.Content(_language);
            case "execute_request":
                return await ExecuteAsync(request);
            case "complete_request":
                return await CompleteAsync(request);
            case "inspect_request":
                return await InspectAsync(request);
            case "is_complete_request":
                string status = (await AskAsync(CodeQuestion.Completeness, request, 0))?.Lines[0] ?? "unknown";
                return status == "incomplete" ? new() { ["status"] = status, ["indent"] = "    " } : new() { ["status"] = status };
            case "history_request":
                return _history.Answer(content);
            case "interrupt_request":
                _live.Interrupt();
                return new() { ["status"] = "ok" };
            case "shutdown_request":
                return new() { ["status"] = "ok", ["restart"] = content.Flag("restart") ?? false };
            case "comm_info_request":
                return new() { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // Nothing here talks to widgets; whoever opens a line to one is told so.
                Publish("comm_close", new() { ["comm_id"] = content.Text("comm_id"), ["data"] = new JsonObject() }, request);
                return null;
            case var type when type.EndsWith("_request", StringComparison.Ordinal):
                return Problem("unknown request", $"This kernel does not know {type}.", []);
            default:
                return null;
        }
    }

    async Task<JsonObject> ExecuteAsync(JupyterMessage request)
    {
        string code = request.Content.Text("code") ?? "";
        bool silent = request.Content.Flag("silent") ?? false, keeps = !silent && (request.Content.Flag("store_history") ?? true);
        if (keeps)
            _count++;
        (_executing, _failure, _result) = (silent ? null : request, null, null);
        if (!silent)
            Publish("execute_input", new() { ["code"] = code, ["execution_count"] = _count }, request);
        var died = string.IsNullOrWhiteSpace(code) ? null : await _live.RunAsync(new(Math.Max(_count, 1), LanguageOf(request), code));
        if (died is not null && _failure is null)
            Show(new OutputAdded(died, 0));
        if (keeps)
            _history.Add(_count, code, _result);
        if (_failure is not { } failure)
            return new() { ["status"] = "ok", ["execution_count"] = _count, ["payload"] = new JsonArray(), ["user_expressions"] = new JsonObject() };
        var problem = Problem(failure.Name, failure.Message, KernelInfo.Traceback(failure));
        problem["execution_count"] = _count;
        return problem;
    }

    /// <summary>Cells that were sent together with one that failed are not run.</summary>
    void AbortWaiting()
    {
        var others = new List<JupyterMessage>();
        while (_shell.TryTake(out var next))
            if (next.Type != "execute_request")
                others.Add(next);
            else
            {
                Publish("status", new() { ["execution_state"] = "busy" }, next);
                var aborted = Problem("aborted", "A cell before this one failed.", []);
                aborted["status"] = "aborted";
                aborted["execution_count"] = _count;
                _sockets.Reply(RequestChannel.Shell, JupyterMessage.Create(_session, "execute_reply", aborted, next, next.Route));
                Publish("status", new() { ["execution_state"] = "idle" }, next);
            }
        others.ForEach(_shell.Add);
    }

    async Task<JsonObject> CompleteAsync(JupyterMessage request)
    {
        string code = request.Content.Text("code") ?? "";
        int cursor = Utf16(code, request.Content.Number("cursor_pos") ?? int.MaxValue);
        var answer = await AskAsync(CodeQuestion.Completions, request, cursor) ?? new([], cursor, cursor);
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. answer.Lines]),
            ["cursor_start"] = CodePoints(code, answer.Start),
            ["cursor_end"] = CodePoints(code, answer.End),
            ["metadata"] = new JsonObject(),
        };
    }

    async Task<JsonObject> InspectAsync(JupyterMessage request)
    {
        string code = request.Content.Text("code") ?? "";
        var answer = await AskAsync(CodeQuestion.Description, request, Utf16(code, request.Content.Number("cursor_pos") ?? int.MaxValue));
        var data = new JsonObject();
        if (answer is { Lines: [var signature, ..] lines })
        {
            data["text/plain"] = string.Join("\n\n", lines);
            data["text/markdown"] = string.Join("\n\n", lines.Skip(1).Prepend($"```\n{signature}\n```"));
        }
        return new() { ["status"] = "ok", ["found"] = data.Count > 0, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    Task<CodeAnswer?> AskAsync(CodeQuestion question, JupyterMessage request, int position) =>
        _live.AskAsync(new(question, LanguageOf(request, isRun: false), request.Content.Text("code") ?? "", position));

    /// <summary>Where neither the metadata nor a saved cell says the language, the kernel's; a first line <c>#!fsharp</c> decides in any case.</summary>
    string LanguageOf(JupyterMessage request, bool isRun = true) => NotebookCells.LanguageOf(request.Metadata)
        ?? (isRun ? _cells.LanguageOf((request.Content.Text("code") ?? "").ReplaceLineEndings("\n")) : null) ?? _language;

    /// <summary>Hands an output of the cell that runs, or of a thread that it left behind, to the front ends.</summary>
    void Show(Message message)
    {
        if (_executing is not { } request)
            return;
        switch (message)
        {
            case OutputAdded { Output: StreamText text }:
                Publish("stream", new() { ["name"] = text.IsError ? "stderr" : "stdout", ["text"] = text.Text }, request);
                break;
            case OutputAdded { Output: Display { IsResult: true } result }:
                _result ??= result.Data.GetValueOrDefault("text/plain");
                var content = KernelInfo.Data(result);
                content["execution_count"] = _count;
                Publish("execute_result", content, request);
                break;
            case OutputAdded { Output: Display display, Id: var id }:
                Publish("display_data", KernelInfo.Data(display, $"{_session}-{id}"), request);
                break;
            case OutputReplaced replaced:
                Publish("update_display_data", KernelInfo.Data(replaced.Output, $"{_session}-{replaced.Id}"), request);
                break;
            case OutputAdded { Output: Failure failure }:
                _failure = failure;
                var problem = Problem(failure.Name, failure.Message, KernelInfo.Traceback(failure));
                problem.Remove("status");
                Publish("error", problem, request);
                break;
        }
    }

    void Publish(string type, JsonObject content, JupyterMessage? answers) =>
        _sockets.Publish(JupyterMessage.Create(_session, type, content, answers, [System.Text.Encoding.UTF8.GetBytes($"kernel.{_session}.{type}")]));

    static JsonObject Problem(string name, string message, IEnumerable<string> traceback) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray([.. traceback]),
    };

    /// <summary>The protocol counts a cursor's place in Unicode characters, .NET in UTF-16 units.</summary>
    static int Utf16(string code, int characters)
    {
        int at = 0;
        for (int i = 0; i < characters && at < code.Length; i++)
            at += char.IsSurrogatePair(code, at) ? 2 : 1;
        return at;
    }

    static int CodePoints(string code, int at) => code[..at].EnumerateRunes().Count();

    /// <inheritdoc/>
    public void Dispose()
    {
        _live.Dispose();
        _sockets.Dispose();
        _shell.Dispose();
        _control.Dispose();
    }
}
