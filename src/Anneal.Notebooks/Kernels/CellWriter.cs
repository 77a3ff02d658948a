using System.Runtime.CompilerServices;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>Standard output or standard error as a cell sees it.</summary>
internal sealed class CellWriter(CellOutput output, bool isError) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    [MethodImpl(MethodImplOptions.NoOptimization)]
    public override void Write(ReadOnlySpan<char> buffer)
    {
        output.ThrowIfInterrupted();
        try
        {
        }
        finally
        {
            // Here, because a cell that is interrupted must not leave the output half written: a thread is not aborted in a finally block,
            // as long as that is not optimized away.
            output.Write(isError, buffer);
        }
    }

    // In one piece, so that lines of two threads do not mix.
    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush() => output.Flush();
}
