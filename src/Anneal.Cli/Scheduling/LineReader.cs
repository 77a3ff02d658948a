namespace Anneal.Cli;

/// <summary>Lines of bytes from a stream; tells before it has to wait, so that answers can be sent while the other side thinks.</summary>
/// <param name="stream">What is read.</param>
/// <param name="waiting">Called whenever no whole line is left in the buffer.</param>
internal sealed class LineReader(Stream stream, Action waiting)
{
    byte[] buffer = new byte[1 << 16];
    int start, end;
    long lines;

    /// <summary>The next line without its line feed; null at the end. Valid until the next call.</summary>
    /// <exception cref="IOException">The line is longer than any that is meant.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        int searched = start;
        while (true)
        {
            int length = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (length >= 0)
                return Take(searched + length, skip: 1);
            searched = end;
            waiting();
            if (end == buffer.Length)
            {
                searched -= start;
                if (end - start >= Input.MostBytes)
                    throw new IOException($"Line {lines + 1} of standard input has more than {Input.MostBytes >> 20} MB. One question is one line, and lines end with a line feed.");
                MakeRoom();
            }
            int read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                // Not "? null :", which would become an empty memory by way of a null array.
                return start == end ? default(ReadOnlyMemory<byte>?) : Take(end, skip: 0);
            end += read;
        }
    }

    ReadOnlyMemory<byte> Take(int stop, int skip)
    {
        var line = buffer.AsMemory(start, stop - start);
        start = stop + skip;
        if (lines++ == 0 && line.Span.StartsWith("\uFEFF"u8))
            line = line[3..];
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    void MakeRoom()
    {
        var next = end - start > buffer.Length / 2 ? new byte[buffer.Length * 2] : buffer;
        buffer.AsSpan(start, end - start).CopyTo(next);
        (buffer, end, start) = (next, end - start, 0);
    }
}
