using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Anneal.Experiments;

/// <summary>Finds out from what reading a sweep threw which member is refused, and of what kind it should be; the words are <see cref="JsonReason"/>'s.</summary>
static partial class RefusedJson
{
    /// <summary>Path and reason in one line.</summary>
    /// <param name="refused">What reading <paramref name="json"/> threw.</param>
    /// <param name="json">What was read.</param>
    /// <param name="path">Where it stands.</param>
    public static string Of(Exception refused, JsonElement json, string path) => refused switch
    {
        FormatException when refused.Message.StartsWith('$') => path + refused.Message[1..],
        JsonException e => $"{path}{(e.Path ?? "$")[1..]}: {Reworded(e.Message, e.Path ?? "$")}",
        ArgumentNullException { ParamName: { } name } => $"{path}: \"{Written.Camel(name)}\" is missing.",
        ArgumentException { ParamName: not null } e => JsonReason.OutOfRange(e, json, path),
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

    static string Reworded(string message, string path)
    {
        if (WrongKind().Match(message) is { Success: true } kind)
            return Wanted(Type(kind.Groups[1].Value), path);
        if (NoMember().Match(message) is { Success: true } member)
            return $"there is no member \"{member.Groups[1].Value}\" here.";
        return message.Split(" Path:")[0].Split(" LineNumber:")[0];
    }

    /// <summary>What should stand where something else stands. A value that goes to a constructor is reported with the type of the whole object, whose member the path names.</summary>
    static string Wanted(Type? type, string path) =>
        type is { IsEnum: false, IsPrimitive: false } && type.GetProperties().FirstOrDefault(p => Written.Camel(p.Name) == path[(path.LastIndexOf('.') + 1)..]) is { } member
            ? Wanted(member.PropertyType, "$")
            : JsonReason.Wanted(type, camelCase: true) + ".";

    static Type? Type(string name) => System.Type.GetType(name) ?? typeof(RefusedJson).Assembly.GetType(name) ?? typeof(Model).Assembly.GetType(name) ?? typeof(Rule).Assembly.GetType(name);

    [GeneratedRegex(@"^The JSON value could not be converted to ([^\s]+?)\.( |$)")]
    private static partial Regex WrongKind();

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex NoMember();
}
