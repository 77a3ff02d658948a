using System.Text;
using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Says where JSON is malformed in an editor's terms: lines and columns counted from 1, columns in characters.</summary>
static class JsonFault
{
    public static NotebookException At(string path, ReadOnlySpan<byte> json, JsonException e)
    {
        if (json.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return new(path, "The file is empty. A notebook without cells is {\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}.", e);
        long line = e.LineNumber ?? 0;
        var rest = json;
        for (long i = 0; i < line; i++)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        int bytes = (int)Math.Min(e.BytePositionInLine ?? 0, rest.Length);
        return new(path, line + 1, Encoding.UTF8.GetCharCount(rest[..bytes]) + 1,
            $"This is not valid JSON: {Reason(e)} Fix the file there, or restore it from version control.", e);
    }

    /// <summary>An escape for half a character, such as \ud83d, that stands without its other half.</summary>
    public static NotebookException HalfCharacter(string path, ReadOnlySpan<byte> json, Exception e)
    {
        var reader = JsonText.Reader(json);
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
        }
        catch (InvalidOperationException)
        {
            var (line, column) = Utf8.Place(json, (int)reader.TokenStartIndex);
            return new(path, line, column, "The text that begins here has half a character: an escape \\ud800 to \\udfff without its other half. Fix the file there.", e);
        }
        return new(path, "A text in it cannot be read.", e);
    }

    /// <summary>The reader's own words, without the position it appends.</summary>
    public static string Reason(JsonException e)
    {
        int position = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? e.Message : e.Message[..position];
    }
}
