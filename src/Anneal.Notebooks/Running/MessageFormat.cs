using System.Text;
using System.Text.Json;

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
                to.Write(m.KeepGoing);
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
            case WarmUpPage m:
                to.Write('W');
                WriteNotebook(to, m.Notebook);
                break;
            case MakePage m:
                to.Write('P');
                WriteRun(to, m.Run);
                to.Write(JsonSerializer.Serialize(m.Settings));
                to.Write(m.Path);
                break;
            case PageMade m:
                to.Write('M');
                WriteOptional(to, m.Problem);
                break;
            case OpenSession m:
                to.Write('L');
                to.Write(m.Folder);
                to.Write(m.Language);
                to.Write(m.TextLimit);
                break;
            case RunCell m:
                to.Write('C');
                to.Write(m.Number);
                to.Write(m.Language);
                to.Write(m.Code);
                break;
            case InterruptCell:
                to.Write('I');
                break;
            case AskAboutCode m:
                to.Write('Q');
                to.Write((byte)m.Question);
                to.Write(m.Language);
                to.Write(m.Code);
                to.Write(m.Position);
                break;
            case CodeAnswer m:
                to.Write('A');
                WriteList(to, m.Lines);
                to.Write(m.Start);
                to.Write(m.End);
                break;
            default:
                throw new ArgumentException($"{message.GetType().Name} is not a message of the channel.", nameof(message));
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public static Message Read(byte[] message)
    {
        try
        {
            using var from = new BinaryReader(new MemoryStream(message), Encoding.UTF8);
            return Read(from);
        }
        catch (Exception e) when (e is IOException or ArgumentException or FormatException or InvalidCastException or OverflowException or JsonException)
        {
            throw new InvalidDataException("What came over the channel is no message.", e);
        }
    }

    static Message Read(BinaryReader from) => from.ReadChar() switch
    {
        'R' => new RunNotebook(ReadNotebook(from), from.ReadInt32(), from.ReadBoolean()),
        'B' => new CellBegun(from.ReadInt32()),
        'O' => new OutputAdded(ReadOutput(from), from.ReadInt32()),
        'U' => new OutputReplaced((Display)ReadOutput(from), from.ReadInt32()),
        'E' => new CellEnded(new TimeSpan(from.ReadInt64())),
        'N' => new NotebookEnded(),
        'X' => new Exiting(from.ReadInt32()),
        'W' => new WarmUpPage(ReadNotebook(from)),
        'P' => new MakePage(ReadRun(from), JsonSerializer.Deserialize<PageSettings>(from.ReadString())!, from.ReadString()),
        'M' => new PageMade(ReadOptional(from)),
        'L' => new OpenSession(from.ReadString(), from.ReadString(), from.ReadInt32()),
        'C' => new RunCell(from.ReadInt32(), from.ReadString(), from.ReadString()),
        'I' => new InterruptCell(),
        'Q' => new AskAboutCode((CodeQuestion)from.ReadByte(), from.ReadString(), from.ReadString(), from.ReadInt32()),
        'A' => new CodeAnswer(ReadList(from), from.ReadInt32(), from.ReadInt32()),
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
            to.Write(cell.Attachments.Count);
            foreach (var (file, attachment) in cell.Attachments)
            {
                to.Write(file);
                to.Write(attachment.MimeType);
                to.Write(attachment.Content);
            }
        }
    }

    /// <summary>A run on its own, for files.</summary>
    public static void WriteRun(BinaryWriter to, NotebookRun run)
    {
        WriteNotebook(to, run.Notebook);
        var places = run.Notebook.Cells.Index().ToDictionary(c => c.Item.Id, c => c.Index);
        to.Write(run.Cells.Count);
        foreach (var cell in run.Cells)
        {
            to.Write(places[cell.Cell.Id]);
            to.Write(cell.Elapsed.Ticks);
            to.Write(cell.Outputs.Count);
            foreach (var output in cell.Outputs)
                WriteOutput(to, output);
        }
    }

    /// <summary>Reads what <see cref="WriteRun"/> has written; throws what reading past the end of malformed bytes throws.</summary>
    public static NotebookRun ReadRun(BinaryReader from)
    {
        var notebook = ReadNotebook(from);
        var cells = new CellRun[Count(from)];
        for (int i = 0; i < cells.Length; i++)
        {
            var (cell, elapsed, outputs) = (notebook.Cells[from.ReadInt32()], new TimeSpan(from.ReadInt64()), new Output[Count(from)]);
            for (int j = 0; j < outputs.Length; j++)
                outputs[j] = ReadOutput(from);
            cells[i] = new(cell, outputs, elapsed);
        }
        return new(notebook, cells);
    }

    /// <summary>The length of a list, each of whose members takes at least a byte.</summary>
    static int Count(BinaryReader from) => from.ReadInt32() is >= 0 and var count && count <= from.BaseStream.Length - from.BaseStream.Position ? count
        : throw new InvalidDataException("A list of impossible length came over the channel.");

    static Notebook ReadNotebook(BinaryReader from)
    {
        var (name, path, language) = (from.ReadString(), from.ReadString(), from.ReadString());
        var cells = new Cell[Count(from)];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = new(from.ReadString(), (CellKind)from.ReadByte(), from.ReadString(), from.ReadString(), ReadList(from)) { Attachments = ReadAttachments(from) };
        return new(name, path, language, cells);
    }

    static Dictionary<string, Attachment> ReadAttachments(BinaryReader from)
    {
        var attachments = new Dictionary<string, Attachment>();
        for (int i = Count(from); i > 0; i--)
            attachments[from.ReadString()] = new(from.ReadString(), from.ReadString());
        return attachments;
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
                for (int i = Count(from); i > 0; i--)
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
        string[] lines = new string[Count(from)];
        for (int i = 0; i < lines.Length; i++)
            lines[i] = from.ReadString();
        return lines;
    }
}
