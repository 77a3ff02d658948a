using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal;

/// <summary>Rules as JSON and back: the JSON is the record, <c>{"type": "adamW", "beta1": 0.9, "decay": 0.1}</c>; wrappers nest.</summary>
/// <remarks>What is left out has the rule's own default; unknown members and values out of range are refused.</remarks>
public static class RuleJson
{
    /// <summary>The rules by their JSON names, in the order of the gallery; wrappers are left out, as they need a rule.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Gallery.Rules.Select(r => JsonDocument.Parse(Write(r)).RootElement.GetProperty("type").GetString()!)];

    /// <summary>Reads a rule.</summary>
    /// <exception cref="RuleFormatException">The text is not JSON, names no known rule or an unknown member, or a value is out of range.</exception>
    public static Rule Read(string text) => Read(text, "$");

    static Rule Read(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(text, RuleJsonContext.Default.Rule) ?? throw new RuleFormatException($"{path}: a rule is an object, not null.");
        }
        catch (JsonException e)
        {
            throw new RuleFormatException($"{path}{(e.Path ?? "$")[1..]}: {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new RuleFormatException($"{path}: {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new RuleFormatException($"{path}: a rule says what it is by a \"type\" such as \"adamW\" ({e.Message})", e);
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static Rule Read(JsonElement element, string path = "$") => Read(element.GetRawText(), path);

    /// <summary>Writes a rule so that <see cref="Read(string)"/> gives an equal one.</summary>
    public static string Write(Rule rule) => JsonSerializer.Serialize(rule, RuleJsonContext.Default.Rule);
}

/// <summary>A rule's JSON cannot be read; the message begins with the JSON path.</summary>
public sealed class RuleFormatException(string message, Exception? inner = null) : FormatException(message, inner);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(ScheduleConverter)])]
[JsonSerializable(typeof(Rule))]
partial class RuleJsonContext : JsonSerializerContext;

/// <summary>Schedules inside rules, in their own JSON.</summary>
sealed class ScheduleConverter : JsonConverter<Schedule>
{
    public override Schedule Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return ScheduleJson.Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Schedule value, JsonSerializerOptions options) => writer.WriteRawValue(ScheduleJson.Write(value));
}
