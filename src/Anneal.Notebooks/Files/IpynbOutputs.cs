using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Writes outputs as nbformat wants them, members in alphabetical order as Jupyter does.</summary>
static class IpynbOutputs
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Output> outputs, int? executionCount)
    {
        json.WriteStartArray();
        foreach (var output in outputs)
        {
            json.WriteStartObject();
            switch (output)
            {
                case Display display:
                    Write(json, display, executionCount);
                    break;
                case StreamText stream:
                    json.WriteString("name", stream.IsError ? "stderr" : "stdout");
                    json.WriteString("output_type", "stream");
                    WriteLines(json, "text", stream.Text);
                    break;
                case Failure failure:
                    Write(json, failure);
                    break;
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, Display display, int? executionCount)
    {
        json.WriteStartObject("data");
        foreach (var (mime, content) in display.Data.OrderBy(d => d.Key, StringComparer.Ordinal))
            WriteContent(json, mime, content);
        json.WriteEndObject();
        if (display.IsResult)
            json.WriteNumber("execution_count", executionCount ?? 0);
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteString("output_type", display.IsResult ? "execute_result" : "display_data");
    }

    static void Write(Utf8JsonWriter json, Failure failure)
    {
        json.WriteString("ename", failure.Name);
        json.WriteString("evalue", failure.Message);
        json.WriteString("output_type", "error");
        json.WriteStartArray("traceback");
        if (failure.Line is { } line)
            json.WriteStringValue($"line {line}: {failure.SourceLine}");
        json.WriteStringValue(failure.Message);
        foreach (var frame in failure.Trace)
            json.WriteStringValue(frame);
        json.WriteEndArray();
    }

    static void WriteContent(Utf8JsonWriter json, string mime, string content)
    {
        if (mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal))
        {
            json.WritePropertyName(mime);
            using var value = Json(content);
            if (value is null)
                json.WriteStringValue(content); // cells may call anything JSON
            else
                value.WriteTo(json);
        }
        else if (mime.StartsWith("text/", StringComparison.Ordinal) || mime == "image/svg+xml")
            WriteLines(json, mime, content);
        else
            json.WriteString(mime, content);
    }

    /// <summary>The text as JSON that a notebook can hold; null where it is none.</summary>
    static JsonDocument? Json(string content)
    {
        JsonDocument? value = null;
        try
        {
            value = JsonDocument.Parse(content, JsonText.Inner);
            value.WriteTo(new Utf8JsonWriter(Stream.Null)); // strings are looked at only when they are written
            return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            value?.Dispose();
            return null;
        }
    }

    /// <summary>A list of lines, each with its line end, so that differences stay readable.</summary>
    public static void WriteLines(Utf8JsonWriter json, string member, string text)
    {
        json.WriteStartArray(member);
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) + 1;
            end = end == 0 ? text.Length : end;
            json.WriteStringValue(text[start..end]);
            start = end;
        }
        json.WriteEndArray();
    }
}
