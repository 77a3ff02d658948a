using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>Asks a JSON node for members that may not be there.</summary>
static class JsonNodeText
{
    /// <summary>A member that is a string, or null.</summary>
    public static string? Text(this JsonNode node, string member) =>
        node is JsonObject o && o[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A member that is a list, or null.</summary>
    public static JsonArray? List(this JsonNode node, string member) => node is JsonObject o ? o[member] as JsonArray : null;
}
