using System.Text;

namespace Anneal.Notebooks;

/// <summary>Reads a child's standard stream and hands its text on, without the marks at the ends of cells.</summary>
internal sealed class StandardStream
{
    readonly Lock _lock = new();
    readonly Action<string, int> _text;
    TaskCompletionSource _mark = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _marks;

    /// <param name="stream">The stream.</param>
    /// <param name="text">Gets text, and how many marks came before it: a mark may come by before the message that says the same.</param>
    public StandardStream(Stream stream, Action<string, int> text)
    {
        _text = text;
        Ended = Task.Run(() => ReadAsync(stream));
    }

    /// <summary>Done when the stream has ended.</summary>
    public Task Ended { get; }

    /// <summary>Waits until the mark of the given number has come by.</summary>
    public async Task MarkAsync(int number, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            while (true)
            {
                Task next;
                lock (_lock)
                {
                    if (_marks >= number)
                        return;
                    next = _mark.Task;
                }
                await next.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // A cell has closed the stream, or what it started still fills it; the order of text is then only approximate.
        }
    }

    async Task ReadAsync(Stream stream)
    {
        byte[] buffer = new byte[1 << 16];
        int held = 0;
        var decoder = Encoding.UTF8.GetDecoder();
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(held)) is > 0 and var read)
                held = Consume(buffer, held + read, decoder);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process has been killed.
        }
        Hand(decoder, buffer.AsSpan(0, held));
    }

    /// <summary>Hands on what is complete and returns how many bytes, the possible beginning of a mark, stay in the buffer.</summary>
    int Consume(byte[] buffer, int length, Decoder decoder)
    {
        var rest = buffer.AsSpan(0, length);
        while (rest.IndexOf(ChildProcess.EndMark) is >= 0 and var at)
        {
            Hand(decoder, rest[..at]);
            rest = rest[(at + ChildProcess.EndMark.Length)..];
            lock (_lock)
            {
                _marks++;
                _mark.SetResult();
                _mark = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        int keep = Math.Min(rest.Length, ChildProcess.EndMark.Length - 1);
        while (keep > 0 && !ChildProcess.EndMark.StartsWith(rest[^keep..]))
            keep--;
        Hand(decoder, rest[..^keep]);
        rest[^keep..].CopyTo(buffer);
        return keep;
    }

    void Hand(Decoder decoder, ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[decoder.GetCharCount(bytes, false)];
        decoder.GetChars(bytes, text, false);
        if (text.Length > 0)
            _text(new string(text), _marks);
    }
}
