using System.Text;

namespace Anneal.Notebooks;

/// <summary>Notebook files are UTF-8, some with a byte order mark.</summary>
static class Utf8
{
    public static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) =>
        bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);

    public static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        Require(path, bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <exception cref="NotebookException">The bytes are not UTF-8; it says where.</exception>
    public static void Require(string path, ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return;
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
            at += length;
        var (line, column) = Place(bytes, at);
        throw new NotebookException(path, line, column, $"The text is not UTF-8: the byte {bytes[at]:X2} cannot stand here. Save it again as UTF-8 in your editor.");
    }

    /// <summary>A position as line and column, both counted from 1, columns in characters.</summary>
    public static (int Line, int Column) Place(ReadOnlySpan<byte> text, int position)
    {
        var before = text[..position];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
