using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Anneal.Live.Figures;

namespace Anneal.Live;

/// <summary>Answers as JSON, numbers exactly.</summary>
public static class LiveJson
{
    /// <summary>An answer as a page's script reads it.</summary>
    public static string Write<T>(T answer) => JsonSerializer.Serialize(answer, (JsonTypeInfo<T>)LiveJsonContext.Default.GetTypeInfo(typeof(T))!);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ScheduleAnswer))]
[JsonSerializable(typeof(BoundAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(IReadOnlyList<GalleryEntry>))]
[JsonSerializable(typeof(IReadOnlyList<ImportExample>))]
[JsonSerializable(typeof(IReadOnlyList<FunctionAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<RuleAnswer>))]
[JsonSerializable(typeof(FigureRecipe))]
[JsonSerializable(typeof(LivePicture))]
partial class LiveJsonContext : JsonSerializerContext;
