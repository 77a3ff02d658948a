using System.Text;
using System.Text.Json;

namespace Anneal;

/// <summary>Schedules as JSON, which is the record itself: its type and its members.</summary>
/// <example><code>{"type": "cosineDecay", "peak": 0.1, "steps": 100, "floor": 0.001}</code></example>
/// <remarks>
/// Members that have a default may be left out; any other member that is missing, unknown, given twice, of the wrong kind or
/// out of range is refused, with the path to it. Schedules may lie 200 deep inside one another; a sequence may have any number of parts.
/// </remarks>
public static class ScheduleJson
{
    /// <summary>Every type: its name in JSON, its word in notation, and its members with their defaults.</summary>
    public static IReadOnlyList<(string Type, string Word, string Members)> Types { get; } =
        [.. Forms.All.Select(form => (form.Type, form.Word, string.Join(", ", form.Members)))];

    /// <summary>Reads one schedule.</summary>
    /// <exception cref="ScheduleFormatException">The text is not JSON, or not a schedule.</exception>
    public static Schedule Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonNodes.MaxNesting });
            return Read(document.RootElement);
        }
        catch (JsonException broken) when (broken.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            throw new ScheduleFormatException($"$: schedules may lie at most {Require.MaxDepth} deep inside one another; this nests deeper, at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.", "$");
        }
        catch (JsonException broken)
        {
            throw new ScheduleFormatException(JsonReason.NotJson(broken), "$");
        }
        catch (ArgumentException broken)
        {
            throw new ScheduleFormatException(JsonReason.NotJson(broken), "$");
        }
    }

    /// <summary>Reads one schedule.</summary>
    /// <param name="json">The element.</param>
    /// <param name="path">Where it stands in its document, for messages.</param>
    /// <exception cref="ScheduleFormatException">The element is not a schedule.</exception>
    public static Schedule Read(JsonElement json, string path = "$") => Form.Bind(JsonNodes.Of(json, new JsonPlace(null, path), 0));

    /// <summary>Writes a schedule so that <see cref="Read(string)"/> gives an equal one.</summary>
    /// <exception cref="ScheduleFormatException">It holds a schedule that is not of this library.</exception>
    public static string Write(Schedule schedule, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, MaxDepth = JsonNodes.MaxNesting }))
            Write(writer, schedule);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static void Write(Utf8JsonWriter writer, Schedule schedule)
    {
        var form = Forms.Of(schedule, "JSON");
        writer.WriteStartObject();
        writer.WriteString("type", form.Type);
        foreach (var (member, value) in form.Members.Zip(form.Take(schedule)))
        {
            if (value is null)
                continue;
            writer.WritePropertyName(member.Name);
            WriteValue(writer, value);
        }
        writer.WriteEndObject();
    }

    static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case double number: writer.WriteNumberValue(number); break;
            case int number: writer.WriteNumberValue(number); break;
            case string text: writer.WriteStringValue(text); break;
            case Enum word: writer.WriteStringValue(Written.Camel(word.ToString())); break;
            case Schedule part: Write(writer, part); break;
            case IEnumerable<double> numbers: WriteList(writer, numbers.Cast<object>()); break;
            default: WriteList(writer, (IEnumerable<object>)value); break;
        }
    }

    static void WriteList(Utf8JsonWriter writer, IEnumerable<object> items)
    {
        writer.WriteStartArray();
        foreach (object item in items)
            WriteValue(writer, item);
        writer.WriteEndArray();
    }
}
