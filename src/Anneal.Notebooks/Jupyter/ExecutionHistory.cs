using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>What was run since the kernel started, for front ends that page through it.</summary>
internal sealed class ExecutionHistory
{
    /// <summary>The number of the present session; earlier ones are not kept.</summary>
    const int Session = 1;

    sealed record Entry(int Number, string Code, string? Result);

    readonly List<Entry> _entries = [];

    public void Add(int number, string code, string? result) => _entries.Add(new(number, code, result));

    /// <summary>The content of a history_reply.</summary>
    public JsonObject Answer(JsonObject request)
    {
        bool withOutput = request.Flag("output") ?? false;
        var found = (request.Text("hist_access_type") ?? "tail") switch
        {
            "range" => Range(request.Number("session") ?? 0, request.Number("start") ?? 0, request.Number("stop")),
            "search" => Search(request.Text("pattern") ?? "*", request.Flag("unique") ?? false).TakeLast(request.Number("n") ?? int.MaxValue),
            _ => _entries.TakeLast(request.Number("n") ?? 1000),
        };
        return new()
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(e => new JsonArray(Session, e.Number, withOutput ? new JsonArray(e.Code, e.Result) : e.Code))]),
        };
    }

    /// <summary>Session 0 is the present one, negative ones are earlier.</summary>
    IEnumerable<Entry> Range(int session, int start, int? stop) =>
        session is 0 or Session ? _entries.Where(e => e.Number >= start && (stop is null || e.Number < stop)) : [];

    /// <summary>Entries that match a pattern with * and ?; of equal ones only the last where each is wanted once.</summary>
    IEnumerable<Entry> Search(string pattern, bool unique)
    {
        var matching = _entries.Where(e => FileSystemName.MatchesSimpleExpression(pattern, e.Code, ignoreCase: false));
        return unique ? matching.GroupBy(e => e.Code).Select(g => g.Last()).OrderBy(e => e.Number) : matching;
    }
}
