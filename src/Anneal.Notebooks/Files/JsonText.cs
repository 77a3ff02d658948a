using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Asks a JSON value for text that may not be there.</summary>
static class JsonText
{
    /// <summary>A notebook may nest more deeply than JSON usually does: its outputs are JSON of their own.</summary>
    public static JsonDocumentOptions Outer => new() { MaxDepth = 512 };

    /// <summary>What one output may nest, so that the notebook it goes into can still be read.</summary>
    public static JsonDocumentOptions Inner => new() { MaxDepth = 256 };

    /// <summary>Reads a notebook's text.</summary>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = Outer.MaxDepth });

    /// <summary>The string at the end of a path of members, or null where there is none.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> members) =>
        element.Member(members) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The value at the end of a path of members, or null where there is none.</summary>
    public static JsonElement? Member(this JsonElement element, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(member, out element))
                return null;
        return element;
    }

    /// <summary>Text that nbformat lets a file write as one string or as a list of lines; null for anything else.</summary>
    public static string? Lines(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array when element.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String) =>
            string.Concat(element.EnumerateArray().Select(line => line.GetString())),
        _ => null,
    };
}
