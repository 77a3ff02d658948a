using System.Text;

namespace Anneal.Notebooks;

/// <summary>Standard output or standard error as a cell sees it.</summary>
internal sealed class CellWriter(CellOutput output, bool isError) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => output.Write(isError, [value]);

    public override void Write(string? value) => output.Write(isError, value);

    public override void Write(char[] buffer, int index, int count) => output.Write(isError, buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => output.Write(isError, buffer);

    // In one piece, so that lines of two threads do not mix.
    public override void WriteLine(string? value) => output.Write(isError, value + "\n");

    public override void Flush() => output.Flush();
}
