using System.Text;
using System.Text.Json;

namespace Anneal.Runs;

/// <summary>JSON as a tree that knows where each key stands.</summary>
static class JsonText
{
    public static ConfigNode Read(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var lines = new LineStarts(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 });
        try
        {
            reader.Read();
            var node = Value(ref reader, lines);
            while (reader.Read()) { }
            return node;
        }
        catch (JsonException broken)
        {
            throw NotJson(broken);
        }
    }

    /// <summary>Text that is not JSON: the exception says where, so the message does not.</summary>
    public static ConfigurationException NotJson(JsonException broken, string text = "this") =>
        new($"{text} is not JSON: {JsonReason.Said(broken)}", new((int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1));

    static ConfigNode Value(ref Utf8JsonReader reader, LineStarts lines)
    {
        var place = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<MapEntry>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string key = reader.GetString()!;
                    var at = lines.At(reader.TokenStartIndex);
                    reader.Read();
                    entries.Add(new(key, at, Value(ref reader, lines)));
                }
                return new MapNode(place, entries);
            case JsonTokenType.StartArray:
                var items = new List<ConfigNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Value(ref reader, lines));
                return new ListNode(place, items);
            case JsonTokenType.String:
                return new ScalarNode(place, reader.GetString()!, ScalarKind.Text);
            case JsonTokenType.Number:
                return new ScalarNode(place, Encoding.UTF8.GetString(reader.ValueSpan), ScalarKind.Number);
            case JsonTokenType.True or JsonTokenType.False:
                return new ScalarNode(place, reader.TokenType == JsonTokenType.True ? "true" : "false", ScalarKind.Truth);
            default:
                return new ScalarNode(place, "null", ScalarKind.Null);
        }
    }

    /// <summary>Lines of a text by the bytes they begin at.</summary>
    sealed class LineStarts
    {
        readonly List<long> starts = [0];

        public LineStarts(byte[] bytes)
        {
            for (int i = 0; i < bytes.Length; i++)
                if (bytes[i] == '\n')
                    starts.Add(i + 1);
        }

        public Place At(long index)
        {
            int line = starts.BinarySearch(index);
            line = line < 0 ? ~line - 1 : line;
            return new(line + 1, (int)(index - starts[line]) + 1);
        }
    }
}
