using System.Text;

namespace Anneal.Notebooks;

/// <summary>Notebook files are UTF-8, some with a byte order mark.</summary>
static class Utf8
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) =>
        bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);

    public static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new NotebookException(path, "The text is not UTF-8. Save it again as UTF-8 in your editor.", e);
        }
    }
}
