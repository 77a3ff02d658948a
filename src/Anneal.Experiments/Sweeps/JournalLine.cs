using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Experiments;

/// <summary>One line of a journal: a trial's key, its result, and the checksum of both, the first 16 digits of the SHA-256 of the line without it.</summary>
/// <example><c>{"trial":"0f…","result":{"loss":0.25},"sum":"9c…"}</c></example>
sealed record JournalLine(string Trial, TrialResult Result)
{
    const int Digits = 16, Shown = 60;

    static readonly JsonSerializerOptions values = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The line with its end.</summary>
    public byte[] Text()
    {
        byte[] bare = JsonSerializer.SerializeToUtf8Bytes(this, values);
        return [.. bare[..^1], .. Encoding.UTF8.GetBytes($",\"sum\":\"{Sum(bare)}\"}}\n")];
    }

    /// <summary>Reads a line without its end.</summary>
    /// <param name="text">The line.</param>
    /// <param name="line">What it says.</param>
    /// <param name="wrong">What is wrong with it, where it cannot be read.</param>
    public static bool TryRead(ReadOnlyMemory<byte> text, out JournalLine line, out string wrong)
    {
        (line, wrong) = (null!, "");
        try
        {
            using var json = JsonDocument.Parse(text);
            wrong = Wrong(json.RootElement, text.Span);
            if (wrong.Length == 0 && Read(json.RootElement.GetProperty("result")) is { } result)
                line = new(json.RootElement.GetProperty("trial").GetString()!, result);
            else if (wrong.Length == 0)
                wrong = "its result has no loss, or a value of the wrong kind";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            string start = Encoding.UTF8.GetString(text.Span[..Math.Min(text.Length, Shown)]);
            wrong = $"it is no JSON of a trial's result: {new string([.. start.Select(c => char.IsControl(c) ? '\uFFFD' : c)])}{(text.Length > Shown ? "…" : "")}";
        }
        return wrong.Length == 0;
    }

    static TrialResult? Read(JsonElement json)
    {
        try
        {
            return json.Deserialize<TrialResult>(values);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string Wrong(JsonElement json, ReadOnlySpan<byte> text)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return $"it is {Kind(json)}, not an object";
        string[] names = [.. json.EnumerateObject().Select(m => m.Name)];
        if (names.Distinct().Count() != names.Length || names.FirstOrDefault(n => n is not ("trial" or "result" or "sum")) is not null)
            return $"it has the members {string.Join(", ", names)}, where trial, result and sum should stand once each";
        if (!json.TryGetProperty("trial", out var trial) || trial.ValueKind != JsonValueKind.String || trial.GetString() == "")
            return $"its trial is {Kind(trial)}, not a key";
        if (!json.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object)
            return $"its result is {Kind(result)}, not an object with a loss";
        if (!json.TryGetProperty("sum", out var sum) || sum.ValueKind != JsonValueKind.String)
            return "it has no checksum: an earlier version or another program wrote it";
        byte[] end = Encoding.UTF8.GetBytes($",\"sum\":\"{sum.GetString()}\"}}");
        if (!text.EndsWith(end) || Sum([.. text[..^end.Length], (byte)'}']) != sum.GetString())
            return "its checksum does not match, so something in it was changed";
        return "";
    }

    static string Sum(ReadOnlySpan<byte> bare) => Convert.ToHexStringLower(SHA256.HashData(bare))[..Digits];

    static string Kind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => json.GetRawText() is { Length: > Shown } raw ? raw[..Shown] + "…" : json.GetRawText(),
    };
}
