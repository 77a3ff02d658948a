using System.Text;
using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Where the parts of one cell that a run replaces stand in the text of the notebook, in bytes.</summary>
/// <param name="Outputs">The value of "outputs"; null where the cell has no such member.</param>
/// <param name="ExecutionCount">The value of "execution_count"; null likewise.</param>
/// <param name="LastMemberEnd">After the value of the cell's last member.</param>
/// <param name="Indent">White space before the cell's members; empty where they share a line.</param>
readonly record struct CellPlace(Range? Outputs, Range? ExecutionCount, int LastMemberEnd, string Indent)
{
    /// <summary>The places of all cells of a notebook that has been read before, so its shape is known to be right.</summary>
    public static List<CellPlace> Find(ReadOnlySpan<byte> json)
    {
        var reader = JsonText.Reader(json);
        List<CellPlace> places = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool cells = reader.ValueTextEquals("cells");
            reader.Read();
            if (!cells)
            {
                reader.Skip();
                continue;
            }
            places.Clear(); // of two lists "cells" the last one counts, as in any JSON reader
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                places.Add(Cell(ref reader, json));
        }
        return places;
    }

    static CellPlace Cell(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Range? outputs = null, count = null;
        int end = (int)reader.TokenStartIndex + 1;
        string? indent = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            indent ??= Before(json, (int)reader.TokenStartIndex);
            bool isOutputs = reader.ValueTextEquals("outputs"), isCount = reader.ValueTextEquals("execution_count");
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            end = (int)reader.BytesConsumed;
            if (isOutputs)
                outputs = start..end;
            if (isCount)
                count = start..end;
        }
        return new(outputs, count, end, indent ?? "");
    }

    /// <summary>The white space between the start of the line and a position, or nothing when something else stands there.</summary>
    static string Before(ReadOnlySpan<byte> json, int position)
    {
        int start = json[..position].LastIndexOfAnyExcept((byte)' ', (byte)'\t') + 1;
        return start == 0 || json[start - 1] == '\n' ? Encoding.UTF8.GetString(json[start..position]) : "";
    }
}
