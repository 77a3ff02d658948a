using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>How a JSON file is laid out, so that what is added looks like the rest.</summary>
/// <param name="Options">Indentation and line ends of the file.</param>
sealed record JsonLayout(JsonWriterOptions Options)
{
    /// <summary>The layout that Jupyter writes: one space a level.</summary>
    public static JsonLayout Usual { get; } = new(Written(indented: true, ' ', 1, "\n"));

    public static JsonLayout Of(ReadOnlySpan<byte> json)
    {
        int end = json.IndexOf((byte)'\n');
        if (end < 0)
            return new(Written(indented: false, ' ', 1, "\n"));
        var newLine = end > 0 && json[end - 1] == '\r' ? "\r\n" : "\n";
        var rest = json[(end + 1)..];
        int width = Math.Max(rest.IndexOfAnyExcept((byte)' ', (byte)'\t'), 0);
        return new(Written(true, width > 0 && rest[0] == '\t' ? '\t' : ' ', Math.Min(width, 127), newLine));
    }

    /// <summary>JSON written inside members indented by <paramref name="indent"/>.</summary>
    public string Nested(string indent, Action<Utf8JsonWriter> write)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Options))
            write(json);
        return Encoding.UTF8.GetString(text.ToArray()).Replace(Options.NewLine, Options.NewLine + indent);
    }

    /// <summary>One more member after the last.</summary>
    public string Member(string indent, string name, string value) =>
        Options.Indented ? $",{Options.NewLine}{indent}\"{name}\": {value}" : $",\"{name}\":{value}";

    static JsonWriterOptions Written(bool indented, char character, int width, string newLine) => new()
    {
        Indented = indented,
        IndentCharacter = character,
        IndentSize = width,
        NewLine = newLine,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
