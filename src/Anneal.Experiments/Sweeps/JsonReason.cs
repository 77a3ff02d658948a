using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Anneal.Experiments;

/// <summary>Why JSON is refused, for the person who wrote it: the path to the member and the reason, without .NET's names.</summary>
static partial class JsonReason
{
    /// <summary>Path and reason in one line.</summary>
    /// <param name="refused">What reading <paramref name="json"/> threw.</param>
    /// <param name="json">What was read.</param>
    /// <param name="path">Where it stands.</param>
    public static string Of(Exception refused, JsonElement json, string path) => refused switch
    {
        FormatException when refused.Message.StartsWith('$') => path + refused.Message[1..],
        JsonException e => $"{path}{(e.Path ?? "$")[1..]}: {Reworded(e.Message, e.Path ?? "$")}",
        ArgumentNullException { ParamName: { } name } => $"{path}: \"{Camel(name)}\" is missing.",
        ArgumentException { ParamName: { } name } e => $"{path}{(Has(json, Camel(name)) ? "." + Camel(name) : "")}: {e.Message.Split(" (Parameter '")[0].TrimEnd('.')}{Value(e)}.",
        _ => $"{path}: {refused.Message.ReplaceLineEndings(" ")}",
    };

    /// <summary>Refuses an object whose "type" none of the records that derive from <typeparamref name="T"/> has.</summary>
    /// <exception cref="SweepFormatException">There is no type, or an unknown one.</exception>
    public static void KnownType<T>(JsonElement json, string path, string kind)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new SweepFormatException($"{path}: a {kind} must be an object with a \"type\", not {json.ValueKind}.");
        string[] known = [.. typeof(T).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Select(a => (string)((JsonDerivedTypeAttribute)a).TypeDiscriminator!)];
        if (!json.TryGetProperty("type", out var type))
            throw new SweepFormatException($"{path}: \"type\" is missing; a {kind} is one of {string.Join(", ", known)}.");
        if (type.ValueKind != JsonValueKind.String || !known.Contains(type.GetString()))
            throw new SweepFormatException($"{path}.type: there is no {kind} {type}; there are {string.Join(", ", known)}.");
    }

    static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    static bool Has(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _);

    static string Value(ArgumentException e) => e is ArgumentOutOfRangeException { ActualValue: { } value } ? FormattableString.Invariant($"; it is {value}") : "";

    static string Reworded(string message, string path)
    {
        if (WrongKind().Match(message) is { Success: true } kind)
            return Wanted(Type(kind.Groups[1].Value), path);
        if (NoMember().Match(message) is { Success: true } member)
            return $"there is no member \"{member.Groups[1].Value}\" here.";
        return message.Split(" Path:")[0].Split(" LineNumber:")[0];
    }

    /// <summary>What should stand where something else stands. A value that goes to a constructor is reported with the type of the whole object, whose member the path names.</summary>
    static string Wanted(Type? type, string path) => type switch
    {
        _ when type == typeof(int) => $"this must be a whole number of at most {int.MaxValue}.",
        _ when type == typeof(long) => $"this must be a whole number of at most {long.MaxValue}.",
        _ when type == typeof(ulong) => $"this must be a whole number from 0 to {ulong.MaxValue}.",
        _ when type == typeof(double) => "this must be a number.",
        _ when type == typeof(bool) => "this must be true or false.",
        _ when type == typeof(string) => "this must be text.",
        _ when type == typeof(double[]) => "this must be a list of numbers.",
        { IsEnum: true } => $"this must be one of {string.Join(", ", Enum.GetNames(type).Select(Camel))}.",
        { } when type.GetProperties().FirstOrDefault(p => Camel(p.Name) == path[(path.LastIndexOf('.') + 1)..]) is { } member => Wanted(member.PropertyType, "$"),
        _ => "this is of the wrong kind.",
    };

    static Type? Type(string name) => System.Type.GetType(name) ?? typeof(JsonReason).Assembly.GetType(name) ?? typeof(Rule).Assembly.GetType(name);

    [GeneratedRegex(@"^The JSON value could not be converted to ([^\s]+?)\.( |$)")]
    private static partial Regex WrongKind();

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex NoMember();
}
