using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Anneal;

/// <summary>Rules as JSON and back: the JSON is the record, <c>{"type": "adamW", "beta1": 0.9, "decay": 0.1}</c>; wrappers nest.</summary>
/// <remarks>
/// What is left out has the rule's own default; unknown members and values out of range are refused. A type, member or word that had another name in an earlier version
/// is read by that name too; what is written has the name of today.
/// </remarks>
public static class RuleJson
{
    /// <summary>The rules by their JSON names, in the order of the gallery; wrappers are left out, as they need a rule.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Gallery.Rules.Select(NameOf)];

    /// <summary>Reads a rule.</summary>
    /// <exception cref="RuleFormatException">The text is not JSON, names no known rule or an unknown member, or a value is out of range.</exception>
    public static Rule Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new RuleFormatException(JsonReason.NotJson(broken), broken);
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static Rule Read(JsonElement element, string path = "$") => ReadRenewed(FormerNames.Renew(element), path);

    static Rule ReadRenewed(JsonElement element, string path)
    {
        var info = Kind(element, RuleJsonContext.Default.Rule, path);
        CheckMembers(element, info, path, Name(element));
        return Made(() => element.Deserialize(RuleJsonContext.Default.Rule)!, element, info, path);
    }

    /// <summary>Refuses members that are unknown or missing; what lies inside refuses in its own name and place.</summary>
    static void CheckMembers(JsonElement element, JsonTypeInfo info, string path, string name)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (member.Name == "type" && name != GroupName)
                continue;
            var known = info.Properties.FirstOrDefault(p => p.Name == member.Name)
                ?? throw new RuleFormatException($"{path}.{Written.Short(member.Name)}: {name} has no such member{Written.Guess(member.Name, info.Properties.Select(p => p.Name))} {Members(info)}");
            string place = $"{path}.{member.Name}";
            if (known.PropertyType == typeof(Rule) && (known.IsRequired || member.Value.ValueKind != JsonValueKind.Null))
                ReadRenewed(member.Value, place);
            else if (known.PropertyType == typeof(Schedule) && member.Value.ValueKind != JsonValueKind.Null)
                CheckSchedule(member.Value, place);
            else if (known.PropertyType == typeof(MatrixNorm) && member.Value.ValueKind != JsonValueKind.Null)
                CheckMembers(member.Value, Kind(member.Value, RuleJsonContext.Default.MatrixNorm, place), place, Name(member.Value));
            else if (known.PropertyType == typeof(IReadOnlyList<ParameterGroup>) && member.Value.ValueKind == JsonValueKind.Array)
                foreach (var (i, group) in member.Value.EnumerateArray().Index())
                    CheckGroup(group, $"{place}[{i}]");
        }
        foreach (var needed in info.Properties)
            if (needed.IsRequired && !element.TryGetProperty(needed.Name, out _))
                throw new RuleFormatException($"{path}.{needed.Name}: is missing. {Members(info)}");
    }

    const string GroupName = "a group";

    static void CheckGroup(JsonElement group, string path)
    {
        if (group.ValueKind != JsonValueKind.Object)
            throw new RuleFormatException($"{path}: a group must be an object such as {{\"tensors\": \"*.bias\", \"decayFactor\": 0}}.");
        var info = RuleJsonContext.Default.ParameterGroup;
        CheckMembers(group, info, path, GroupName);
        Made(() => group.Deserialize(info)!, group, info, path);
    }

    static void CheckSchedule(JsonElement schedule, string path)
    {
        try
        {
            ScheduleJson.Read(schedule, path);
        }
        catch (ScheduleFormatException refused)
        {
            throw new RuleFormatException(refused.Message, refused);
        }
    }

    /// <summary>What a record was refused for, by the place of the member.</summary>
    static T Made<T>(Func<T> make, JsonElement element, JsonTypeInfo info, string path)
    {
        try
        {
            return make();
        }
        catch (JsonException refused)
        {
            string place = (refused.Path ?? "$")[1..], member = place.TrimStart('.').Split('.', '[')[0];
            throw new RuleFormatException($"{path}{place}: {JsonReason.Wanted(info.Properties.FirstOrDefault(p => p.Name == member)?.PropertyType)}.", refused);
        }
        catch (ArgumentException refused)
        {
            throw new RuleFormatException(JsonReason.OutOfRange(refused, element, path), refused);
        }
    }

    /// <summary>What is known of the type that the element names.</summary>
    static JsonTypeInfo Kind(JsonElement element, JsonTypeInfo family, string path)
    {
        string noun = family.Type == typeof(Rule) ? "rule" : "norm";
        var kinds = family.PolymorphismOptions!.DerivedTypes;
        string[] names = [.. kinds.Select(k => (string)k.TypeDiscriminator!)];
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("type", out var type))
            throw new RuleFormatException($"{path}: a {noun} is an object that says what it is by a \"type\" such as \"{(noun == "rule" ? "adamW" : names[0])}\".");
        string name = type.ValueKind == JsonValueKind.String ? type.GetString()! : type.GetRawText();
        foreach (var kind in kinds)
            if (name.Equals(kind.TypeDiscriminator))
                return RuleJsonContext.Default.GetTypeInfo(kind.DerivedType)!;
        throw new RuleFormatException($"{path}.type: there is no {noun} '{Written.Short(name)}'{Written.Guess(name, names)} There are {string.Join(", ", names)}.");
    }

    /// <summary>What a rule of the library is called in JSON.</summary>
    internal static string NameOf(Rule rule) =>
        (string)RuleJsonContext.Default.Rule.PolymorphismOptions!.DerivedTypes.Single(kind => kind.DerivedType == rule.GetType()).TypeDiscriminator!;

    static string Name(JsonElement element) => element.GetProperty("type").GetString()!;

    static string Members(JsonTypeInfo info) => info.Properties.Count == 0 ? "It has none." : $"Its members are {string.Join(", ", info.Properties.Select(p => p.Name))}.";

    /// <summary>Writes a rule so that <see cref="Read(string)"/> gives an equal one.</summary>
    /// <exception cref="RuleFormatException">It is or holds a rule that is not of this library.</exception>
    public static string Write(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        try
        {
            return JsonSerializer.Serialize(rule, RuleJsonContext.Default.Rule);
        }
        catch (NotSupportedException refused)
        {
            throw new RuleFormatException($"{rule.Kind} is or holds a rule that is not of this library, and those have no JSON.", refused);
        }
    }
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
