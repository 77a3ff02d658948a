using System.Text;

namespace Anneal.Notebooks;

/// <summary>Messages between the runner and its child process over one pipe of their own, which cells do not know.</summary>
/// <remarks>Standard output is no place for messages: cells, native libraries and the processes they start write to it.</remarks>
internal sealed class Channel(Stream stream) : IDisposable
{
    readonly BinaryReader _reader = new(new BufferedStream(stream), Encoding.UTF8, leaveOpen: true);
    readonly Lock _sending = new();

    /// <summary>Sends one message whole; safe from any thread. Where the other side has gone, it is dropped.</summary>
    public void Send(Message message)
    {
        // Written to memory first: running out of memory half-way must not leave half a message in the pipe.
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
            MessageFormat.Write(writer, message);
        lock (_sending)
            try
            {
                stream.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
                stream.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
            }
    }

    /// <summary>The next message, or null where the other side has gone.</summary>
    public Message? Receive()
    {
        try
        {
            return MessageFormat.Read(_reader);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public void Dispose() => stream.Dispose();
}
