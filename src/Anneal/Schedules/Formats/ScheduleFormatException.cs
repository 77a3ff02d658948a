namespace Anneal;

/// <summary>A schedule's JSON or notation that was refused; the message says where, what is allowed and what was there.</summary>
/// <param name="message">Where, what is allowed, what was there.</param>
/// <param name="path">Where in the JSON, such as <c>$.next.floor</c>; null for notation.</param>
/// <param name="position">Where in the notation, counted from 0; null for JSON.</param>
public sealed class ScheduleFormatException(string message, string? path = null, int? position = null) : FormatException(message)
{
    /// <summary>Where in the JSON, such as <c>$.next.floor</c>; null for notation.</summary>
    public string? Path { get; } = path;

    /// <summary>Where in the notation, counted from 0; null for JSON.</summary>
    public int? Position { get; } = position;
}
