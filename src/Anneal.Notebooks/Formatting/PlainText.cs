using System.Globalization;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>Writes any value as text of bounded length; cycles and depth are cut.</summary>
internal sealed class PlainText
{
    /// <summary>Pieces that are written in all.</summary>
    const int Pieces = 1_000;

    /// <summary>Structures inside structures that are followed unless a cell asks for fewer.</summary>
    public const int UsualDepth = 4;

    /// <summary>Structures inside structures that a cell wants followed.</summary>
    public static int Depth { get; set; } = UsualDepth;

    /// <summary>Items shown of a sequence inside something else.</summary>
    const int ShownInside = 10;

    readonly StringBuilder _text = new();
    readonly HashSet<object> _open = new(ReferenceEqualityComparer.Instance);
    int _pieces;

    /// <summary>A value that stands alone: strings without quotation marks.</summary>
    public static string Of(object? value, Shape shape)
    {
        if (shape is Scalar scalar)
            return scalar.Text;
        var writer = new PlainText();
        writer.Enter(value, () => writer.Write(shape, Shapes.Shown));
        return writer._text.ToString();
    }

    void WritePart(object? value) => WritePart(value, quoted: false);

    void WritePart(object? value, bool quoted)
    {
        if (_open.Count >= Math.Clamp(Depth, 1, UsualDepth) || ++_pieces > Pieces)
            _text.Append('…');
        else if (value is not null && _open.Contains(value))
            _text.Append("(cycle)");
        else
            Enter(value, () => Write(Shapes.Of(value), ShownInside, quoted));
    }

    void Enter(object? value, Action write)
    {
        // Values that are copied when boxed have no identity, but they still count as depth.
        object mark = value ?? this;
        bool added = _open.Add(mark);
        write();
        if (added)
            _open.Remove(mark);
    }

    void Write(Shape shape, int shown, bool quoted = false)
    {
        switch (shape)
        {
            case Scalar { IsQuoted: true } text when quoted:
                _text.Append('"').Append(text.Text).Append('"');
                break;
            case Scalar scalar:
                _text.Append(scalar.Text);
                break;
            case Items items:
                _text.Append(items.First.Count > 0 ? "[ " : "[");
                WriteAll(items.First.Take(shown), WritePart);
                WriteRest(Math.Min(items.First.Count, shown), items.Count, items.Fault);
                _text.Append(" ]");
                break;
            case Map map:
                _text.Append("{ ");
                WriteAll(map.First.Take(shown), pair =>
                {
                    WritePart(pair.Key);
                    _text.Append(": ");
                    WritePart(pair.Value);
                });
                WriteRest(Math.Min(map.First.Count, shown), map.Count, null);
                _text.Append(" }");
                break;
            case Members members:
                _text.Append(members.Type).Append(members.Type.Length > 0 ? " { " : "{ ");
                WriteAll(members.Values, member =>
                {
                    _text.Append(member.Name).Append(" = ");
                    WritePart(member.Value);
                });
                _text.Append(" }");
                break;
            case Group { IsCall: true } call:
                _text.Append(call.Name).Append('(');
                WriteAll(call.Values, WritePart);
                _text.Append(')');
                break;
            case Group { Name: var name, Values: [var only] } when name.Length > 0:
                _text.Append(name).Append(' ');
                WritePart(only, quoted: true);
                break;
            case Group group:
                _text.Append(group.Name).Append(group.Name.Length > 0 ? " (" : "(");
                WriteAll(group.Values, value => WritePart(value, quoted: group.Name.Length > 0));
                _text.Append(')');
                break;
            case Grid grid:
                WriteAll(grid.First, row =>
                {
                    _text.Append('[');
                    WriteAll(row, WritePart);
                    WriteRest(row.Count, grid.Columns, null);
                    _text.Append(']');
                }, "\n");
                if (grid.Rows > grid.First.Count)
                    _text.Append(CultureInfo.InvariantCulture, $"\n… {grid.Rows:N0} × {grid.Columns:N0} in all");
                break;
        }
    }

    void WriteAll<T>(IEnumerable<T> parts, Action<T> write, string separator = ", ")
    {
        bool isFirst = true;
        foreach (var part in parts)
        {
            if (!isFirst)
                _text.Append(separator);
            isFirst = false;
            write(part);
        }
    }

    void WriteRest(int shown, long? count, string? fault)
    {
        if (count == shown && fault is null)
            return;
        _text.Append(fault is not null ? $"{(shown > 0 ? "," : "")} … {fault}" : count is { } all ? string.Create(CultureInfo.InvariantCulture, $" ... ({all - shown} more)") : " ... (more)");
    }
}
