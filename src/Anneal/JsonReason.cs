using System.Text.Json;

namespace Anneal;

/// <summary>The words in which JSON is refused, for the person who wrote it: the path to the member and the reason, without .NET's names.</summary>
static class JsonReason
{
    /// <summary>Text that is not JSON at all: where it stops being it, and why.</summary>
    /// <param name="broken">What the reader threw.</param>
    /// <param name="text">What is not JSON.</param>
    public static string NotJson(Exception broken, string text = "$: this") =>
        broken is JsonException { LineNumber: { } line, BytePositionInLine: { } place }
            ? $"{text} is not JSON: line {line + 1}, byte {place + 1}: {Said(broken)}"
            : $"{text} is not JSON: {Said(broken)}";

    /// <summary>What the reader of JSON says, without the place that it appends, and without all of what it may repeat.</summary>
    public static string Said(Exception broken) => Written.Short(broken.Message.Split(" LineNumber:")[0], 160);

    /// <summary>What should stand where something of another kind stands.</summary>
    /// <param name="type">The .NET type of the member.</param>
    /// <param name="camelCase">Whether enumerations are written in camel case there; otherwise as in C#.</param>
    public static string Wanted(Type? type, bool camelCase = false) => (type is null ? null : Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(double) => "must be a number",
        var t when t == typeof(int) => $"must be a whole number of at most {int.MaxValue}",
        var t when t == typeof(long) => $"must be a whole number of at most {long.MaxValue}",
        var t when t == typeof(ulong) => $"must be a whole number from 0 to {ulong.MaxValue}",
        var t when t == typeof(bool) => "must be true or false",
        var t when t == typeof(string) => "must be text",
        var t when t == typeof(double[]) => "must be a list of numbers",
        { IsEnum: true } t => $"must be one of {string.Join(", ", Enum.GetNames(t).Select(n => camelCase ? Written.Camel(n) : n))}",
        _ => "is not of the right kind",
    };

    /// <summary>An exception's message in one line: what is allowed and what was there, without the names of our parameters.</summary>
    public static string Plain(Exception refused)
    {
        string reason = refused.Message.ReplaceLineEndings(" ").Split(" (Parameter '")[0].TrimEnd('.');
        return (refused as ArgumentOutOfRangeException)?.ActualValue switch
        {
            null => reason,
            double number => $"{reason}; it is {Written.Number(number)}",
            var actual => FormattableString.Invariant($"{reason}; it is {actual}"),
        };
    }

    /// <summary>A value that a constructor refused: its place, what is allowed, and what was there.</summary>
    public static string OutOfRange(ArgumentException refused, JsonElement json, string path)
    {
        string name = Written.Camel(refused.ParamName ?? "");
        bool stands = json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name.Split('[')[0], out _);
        return $"{path}{(stands ? "." + name : "")}: {Plain(refused)}.";
    }
}
