using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Anneal.Live.Figures;

namespace Anneal.Live;

/// <summary>Questions and answers as JSON, numbers exactly.</summary>
public static class LiveJson
{
    /// <summary>An answer as a page's script reads it.</summary>
    public static string Write<T>(T answer) => JsonSerializer.Serialize(answer, Type<T>());

    /// <summary>A question as a page's script writes it.</summary>
    /// <exception cref="JsonException">The text is no such question.</exception>
    public static T Read<T>(string question) => JsonSerializer.Deserialize(question, Type<T>()) ?? throw new JsonException("Nothing was asked.");

    static JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)LiveJsonContext.Default.GetTypeInfo(typeof(T))!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ScheduleAnswer))]
[JsonSerializable(typeof(BoundAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(CrossingsAnswer))]
[JsonSerializable(typeof(TraceAnswer))]
[JsonSerializable(typeof(IReadOnlyList<GalleryEntry>))]
[JsonSerializable(typeof(IReadOnlyList<ImportExample>))]
[JsonSerializable(typeof(IReadOnlyList<FunctionAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<RuleAnswer>))]
[JsonSerializable(typeof(FigureRecipe))]
[JsonSerializable(typeof(LivePicture))]
[JsonSerializable(typeof(ReviewQuestion))]
[JsonSerializable(typeof(ReviewAnswer))]
[JsonSerializable(typeof(AdviceFormAnswer))]
[JsonSerializable(typeof(AdviceAnswer))]
[JsonSerializable(typeof(AdviceFile))]
partial class LiveJsonContext : JsonSerializerContext;
