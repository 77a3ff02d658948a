using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Experiments;

/// <summary>Models and batches as JSON and back: the JSON is the record, <c>{"type": "perceptron", "hidden": [32], "activation": "relu"}</c>.</summary>
/// <remarks>What is left out has its own default; unknown members and values out of range are refused. Rules and schedules inside are in the JSON of the library.</remarks>
public static class ExperimentJson
{
    /// <summary>How all JSON of this library is read and written.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new ScheduleConverter() },
    };

    /// <summary>Reads a <see cref="Model"/>, <see cref="Batches"/>, or a record made of them, of rules and of schedules.</summary>
    /// <exception cref="DataException">The text is not JSON, names no known type or an unknown member, or a value is out of range; the message begins with the JSON path.</exception>
    public static T Read<T>(string text, string path = "$")
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new DataException($"{path}: must not be null.");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}{(e.Path ?? "$")[1..]}: {e.Message}", e);
        }
        catch (Exception e) when (e is ArgumentException or RuleFormatException or ScheduleFormatException)
        {
            throw new DataException($"{path}: {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new DataException($"{path}: must say what it is by a known \"type\" ({e.Message})", e);
        }
    }

    /// <summary>Writes what <see cref="Read"/> reads back as an equal value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    sealed class ScheduleConverter : JsonConverter<Schedule>
    {
        public override Schedule Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return ScheduleJson.Read(document.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, Schedule value, JsonSerializerOptions options) => writer.WriteRawValue(ScheduleJson.Write(value));
    }
}
