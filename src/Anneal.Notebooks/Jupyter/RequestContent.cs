using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>Asks a request's content for members that a front end may have left out.</summary>
internal static class RequestContent
{
    /// <summary>A member that is a whole number, or null.</summary>
    public static int? Number(this JsonObject content, string member) =>
        content[member] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>A member that is true or false, or null.</summary>
    public static bool? Flag(this JsonObject content, string member) =>
        content[member] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;
}
