namespace Anneal.Notebooks;

/// <summary>How messages are written as bytes. A tag, then the members in order: it needs no serializer to be started in the child.</summary>
internal static class MessageFormat
{
    public static void Write(BinaryWriter to, Message message)
    {
        switch (message)
        {
            case RunNotebook m:
                to.Write('R');
                WriteNotebook(to, m.Notebook);
                to.Write(m.TextLimit);
                break;
            case CellBegun m:
                to.Write('B');
                to.Write(m.Cell);
                break;
            case OutputAdded m:
                to.Write('O');
                WriteOutput(to, m.Output);
                to.Write(m.Id);
                break;
            case OutputReplaced m:
                to.Write('U');
                WriteOutput(to, m.Output);
                to.Write(m.Id);
                break;
            case CellEnded m:
                to.Write('E');
                to.Write(m.Elapsed.Ticks);
                break;
            case NotebookEnded:
                to.Write('N');
                break;
            case Exiting m:
                to.Write('X');
                to.Write(m.ExitCode);
                break;
            default:
                throw new ArgumentException($"{message.GetType().Name} is not a message of the channel.", nameof(message));
        }
    }

    public static Message Read(BinaryReader from) => from.ReadChar() switch
    {
        'R' => new RunNotebook(ReadNotebook(from), from.ReadInt32()),
        'B' => new CellBegun(from.ReadInt32()),
        'O' => new OutputAdded(ReadOutput(from), from.ReadInt32()),
        'U' => new OutputReplaced((Display)ReadOutput(from), from.ReadInt32()),
        'E' => new CellEnded(new TimeSpan(from.ReadInt64())),
        'N' => new NotebookEnded(),
        'X' => new Exiting(from.ReadInt32()),
        var tag => throw new InvalidDataException($"The channel has no message '{tag}'."),
    };

    static void WriteNotebook(BinaryWriter to, Notebook notebook)
    {
        to.Write(notebook.Name);
        to.Write(notebook.Path);
        to.Write(notebook.Language);
        to.Write(notebook.Cells.Count);
        foreach (var cell in notebook.Cells)
        {
            to.Write(cell.Id);
            to.Write((byte)cell.Kind);
            to.Write(cell.Language);
            to.Write(cell.Source);
            WriteList(to, cell.Tags);
        }
    }

    static Notebook ReadNotebook(BinaryReader from)
    {
        var (name, path, language) = (from.ReadString(), from.ReadString(), from.ReadString());
        var cells = new Cell[from.ReadInt32()];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = new(from.ReadString(), (CellKind)from.ReadByte(), from.ReadString(), from.ReadString(), ReadList(from));
        return new(name, path, language, cells);
    }

    static void WriteOutput(BinaryWriter to, Output output)
    {
        switch (output)
        {
            case Display display:
                to.Write('D');
                to.Write(display.IsResult);
                to.Write(display.Data.Count);
                foreach (var (mime, content) in display.Data)
                {
                    to.Write(mime);
                    to.Write(content);
                }
                break;
            case StreamText text:
                to.Write('S');
                to.Write(text.IsError);
                to.Write(text.Text);
                break;
            case Failure failure:
                to.Write('F');
                to.Write(failure.Name);
                to.Write(failure.Message);
                to.Write(failure.Line ?? 0);
                WriteOptional(to, failure.SourceLine);
                WriteList(to, failure.Trace);
                WriteOptional(to, failure.File);
                break;
            default:
                throw new ArgumentException($"{output.GetType().Name} is not an output the channel carries.", nameof(output));
        }
    }

    static Output ReadOutput(BinaryReader from)
    {
        switch (from.ReadChar())
        {
            case 'D':
                bool isResult = from.ReadBoolean();
                var data = new Dictionary<string, string>();
                for (int i = from.ReadInt32(); i > 0; i--)
                    data.Add(from.ReadString(), from.ReadString());
                return new Display(data, isResult);
            case 'S':
                return new StreamText(from.ReadBoolean(), from.ReadString());
            case 'F':
                return new Failure(from.ReadString(), from.ReadString(), ReadLine(from), ReadOptional(from), ReadList(from))
                { File = ReadOptional(from) };
            case var tag:
                throw new InvalidDataException($"The channel has no output '{tag}'.");
        }
    }

    static int? ReadLine(BinaryReader from) => from.ReadInt32() is > 0 and var line ? line : null;

    static void WriteOptional(BinaryWriter to, string? text)
    {
        to.Write(text is not null);
        if (text is not null)
            to.Write(text);
    }

    static string? ReadOptional(BinaryReader from) => from.ReadBoolean() ? from.ReadString() : null;

    static void WriteList(BinaryWriter to, IReadOnlyList<string> lines)
    {
        to.Write(lines.Count);
        foreach (string line in lines)
            to.Write(line);
    }

    static string[] ReadList(BinaryReader from)
    {
        string[] lines = new string[from.ReadInt32()];
        for (int i = 0; i < lines.Length; i++)
            lines[i] = from.ReadString();
        return lines;
    }
}
