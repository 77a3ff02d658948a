using System.Globalization;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>Writes any value as text of bounded length; cycles and depth are cut.</summary>
internal sealed class PlainText
{
    /// <summary>Structures inside structures that are followed, and pieces that are written in all.</summary>
    const int Depth = 4, Pieces = 1_000;

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

    /// <summary>A value in a cell of a table.</summary>
    public static string OfPart(object? value) => Of(value, Shapes.Of(value));

    void WritePart(object? value)
    {
        if (_open.Count >= Depth || ++_pieces > Pieces)
            _text.Append('…');
        else if (value is not null && _open.Contains(value))
            _text.Append("(cycle)");
        else
            Enter(value, () => Write(Shapes.Of(value), ShownInside));
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

    void Write(Shape shape, int shown)
    {
        switch (shape)
        {
            case Scalar { IsQuoted: true } text:
                _text.Append('"').Append(text.Text).Append('"');
                break;
            case Scalar scalar:
                _text.Append(scalar.Text);
                break;
            case Items items:
                _text.Append('[');
                WriteAll(items.First.Take(shown), WritePart);
                WriteRest(Math.Min(items.First.Count, shown), items.Count, items.Fault);
                _text.Append(']');
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
            case Group { Name: var name, Values: [var only] } when name.Length > 0:
                _text.Append(name).Append(' ');
                WritePart(only);
                break;
            case Group group:
                _text.Append(group.Name).Append(group.Name.Length > 0 ? " (" : "(");
                WriteAll(group.Values, WritePart);
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
        _text.Append(shown > 0 ? ", … " : "… ");
        _text.Append(fault ?? (count is { } all ? string.Create(CultureInfo.InvariantCulture, $"{all:N0} in all") : "and more"));
    }
}
