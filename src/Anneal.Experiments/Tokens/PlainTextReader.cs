using System.Text;

namespace Anneal.Experiments;

/// <summary>Text and source code: UTF-8, with or without a byte order mark, or UTF-16 with one.</summary>
sealed class PlainTextReader : IDocumentReader
{
    public string Kind => "text and source code in UTF-8, or UTF-16 with a byte order mark";

    public IReadOnlyList<string> Extensions => [];

    public string Read(string path) => Decode(path, Documents.Bytes(path));

    /// <summary>The text of bytes that stand for a file of the given name.</summary>
    /// <exception cref="DocumentException">They are no text.</exception>
    internal static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("%PDF-"u8))
            throw new DocumentException(path, "this is a PDF", "Give it the ending .pdf; the anneal command reads it.");
        if (bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && Unmarked(bytes) is { } order)
            throw new DocumentException(path, "this looks like UTF-16 without a byte order mark", $"Save it as UTF-8 (iconv -f UTF-16{order} -t UTF-8).");
        string text = bytes switch
        {
            [0xFF, 0xFE, .. var rest] => Utf16(path, rest, bigEndian: false),
            [0xFE, 0xFF, .. var rest] => Utf16(path, rest, bigEndian: true),
            [0xEF, 0xBB, 0xBF, .. var rest] => Utf8(path, rest, 3),
            _ => Utf8(path, bytes, 0),
        };
        return text.Contains('\0', StringComparison.Ordinal) ? throw Binary(path, "it has a zero character")
            : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    /// <summary>The byte order of what looks like UTF-16 without a mark: of three quarters of its letters one byte is 0, and always the same one.</summary>
    static string? Unmarked(ReadOnlySpan<byte> bytes)
    {
        int pairs = Math.Min(bytes.Length, 4096) / 2, first = 0, second = 0;
        for (int i = 0; i < pairs; i++)
        {
            first += bytes[2 * i] == 0 ? 1 : 0;
            second += bytes[2 * i + 1] == 0 ? 1 : 0;
        }
        return pairs < 4 ? null : first == 0 && 4 * second >= 3 * pairs ? "LE" : second == 0 && 4 * first >= 3 * pairs ? "BE" : null;
    }

    static string Utf16(string path, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        try
        {
            return new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new DocumentException(path, "this file has the mark of UTF-16, but what follows is none", "Save it as UTF-8, or leave it out if it is no text.", e);
        }
    }

    static string Utf8(string path, ReadOnlySpan<byte> bytes, int mark)
    {
        int at = 0, line = 1;
        while (at < bytes.Length)
        {
            if (bytes[at] == 0)
                throw Binary(path, $"byte {mark + at} is 0");
            if (Rune.DecodeFromUtf8(bytes[at..], out var rune, out int taken) != System.Buffers.OperationStatus.Done)
                throw new DocumentException($"{path}, line {line}", $"byte {mark + at} (0x{bytes[at]:X2}) is no UTF-8", $"Save it as UTF-8 (iconv -f LATIN1 -t UTF-8, if it is Latin-1), or leave it out if it is no text. What is read: {Documents.Kinds}.");
            line += rune.Value == '\n' ? 1 : 0;
            at += taken;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    static DocumentException Binary(string path, string sign) => new(path, $"this is no text, since {sign}", $"Save it in a form that is read, or leave it out. What is read: {Documents.Kinds}.");
}
