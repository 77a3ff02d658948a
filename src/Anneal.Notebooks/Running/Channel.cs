using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>Messages between the runner and its child process over one pipe of their own, which cells do not know.</summary>
/// <remarks>
/// Standard output is no place for messages: cells, native libraries and the processes they start write to it. A cell may still find the pipe
/// among the files that are open, so each message says how long it is, and nothing it says is believed before it has been looked at.
/// </remarks>
internal sealed class Channel(Stream stream) : IDisposable
{
    /// <summary>More than the longest message that the other side sends by itself.</summary>
    const int MostBytes = 1 << 30;

    readonly BufferedStream _incoming = new(stream);
    readonly Lock _sending = new();

    /// <summary>Sends one message whole; safe from any thread. Where the other side has gone, it is dropped.</summary>
    [MethodImpl(MethodImplOptions.NoOptimization)]
    public void Send(Message message)
    {
        // Written to memory first: running out of memory half-way must not leave half a message in the pipe.
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(0);
            MessageFormat.Write(writer, message);
        }
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetBuffer(), (int)bytes.Length - sizeof(int));
        try
        {
        }
        finally
        {
            // Here, because nor must a cell that is interrupted: a thread is not aborted in a finally block, as long as that is not optimized away.
            Write(bytes);
        }
    }

    void Write(MemoryStream bytes)
    {
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
    /// <exception cref="InvalidDataException">Something else than a message came; nothing that follows can be understood.</exception>
    public Message? Receive()
    {
        try
        {
            byte[] length = new byte[sizeof(int)];
            _incoming.ReadExactly(length);
            byte[] bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length) is >= 0 and <= MostBytes and var n ? n : throw new InvalidDataException("A message of impossible length came.")];
            _incoming.ReadExactly(bytes);
            return MessageFormat.Read(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public void Dispose() => stream.Dispose();
}
