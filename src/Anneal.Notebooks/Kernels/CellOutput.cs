using System.Text;

namespace Anneal.Notebooks;

/// <summary>Takes what cells put out, in order, and sends it on; keeps it within bounds.</summary>
/// <param name="send">Where messages go; called from any thread.</param>
/// <param name="textLimit">Characters of text that are kept per cell.</param>
internal sealed class CellOutput(Action<Message> send, int textLimit)
{
    /// <summary>A page with more than this would not open; the original kernel has no bound and the browser dies.</summary>
    const int DisplayLimit = 2_000, DisplayCharacters = 64 << 20;

    readonly Lock _lock = new();
    readonly StringBuilder _pending = new();
    bool _pendingIsError;
    long _textLength;
    int _nextId, _displays;
    long _displayLength;

    /// <summary>Where the functions of <see cref="CellFunctions"/> put what they are given.</summary>
    public static CellOutput Current { get; set; } = new(_ => { }, 0);

    volatile Thread? _interrupted;

    /// <summary>The thread of a cell that is to stop: the next thing it prints stops it.</summary>
    public Thread? Interrupted
    {
        get => _interrupted;
        set => _interrupted = value;
    }

    /// <exception cref="OperationCanceledException">The cell on this thread is to stop.</exception>
    public void ThrowIfInterrupted()
    {
        if (_interrupted == Thread.CurrentThread)
            throw new OperationCanceledException();
    }

    /// <summary>Whether outputs go to a page of this engine, which brings plotly.js itself, or to some other host.</summary>
    public bool ForPage { get; init; } = true;

    public DisplayedValue Display(object? value, string[] mimeTypes)
    {
        int id = 0;
        foreach (var data in ValueFormatter.Forms(value, mimeTypes, forPage: ForPage))
            id = Add(new Display(data));
        return new(this, id, mimeTypes);
    }

    public void Result(TypedValue value)
    {
        if (value.Value is DisplayedValue)
            return;
        foreach (var data in ValueFormatter.Forms(value.Value, [], value.Type, ForPage))
            Add(new Display(data, IsResult: true));
    }

    public void Replace(int id, object? value, string[] mimeTypes)
    {
        foreach (var data in ValueFormatter.Forms(value, mimeTypes, forPage: ForPage).Take(1))
            lock (_lock)
            {
                Flush();
                send(new OutputReplaced(new Display(data), id));
            }
    }

    /// <summary>Adds an output after all text written so far.</summary>
    public int Add(Output output)
    {
        lock (_lock)
        {
            Flush();
            if (output is Display display)
            {
                _displayLength += display.Data.Sum(x => (long)x.Value.Length);
                if (++_displays > DisplayLimit || _displayLength > DisplayCharacters)
                    return 0;
            }
            send(new OutputAdded(output, ++_nextId));
            return _nextId;
        }
    }

    public void Write(bool isError, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            if (_pendingIsError != isError)
                Flush();
            _pendingIsError = isError;
            long room = textLimit - _textLength;
            _textLength += text.Length;
            _pending.Append(text[..(int)Math.Clamp(room, 0, text.Length)]);
            if (_pending.Length > 0 && (_pending.Length >= 4096 || text.EndsWith("\n")))
                Flush();
        }
    }

    /// <summary>Sends text that waits for the end of its line.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_pending.Length > 0)
                send(new OutputAdded(new StreamText(_pendingIsError, _pending.ToString()), 0));
            _pending.Clear();
        }
    }

    /// <summary>Ends a cell: says what was left out of it.</summary>
    public void EndCell()
    {
        lock (_lock)
        {
            Flush();
            if (_textLength > textLimit)
                send(new OutputAdded(new StreamText(true, CutNote(_textLength, textLimit)), 0));
            if (_displays > DisplayLimit || _displayLength > DisplayCharacters)
                send(new OutputAdded(new StreamText(true,
                    $"\nThe cell displayed {_displays:N0} values of {_displayLength:N0} characters together; those past {DisplayLimit:N0} values or {DisplayCharacters:N0} characters were left out.\n"), 0));
            (_textLength, _displays, _displayLength) = (0, 0, 0);
        }
    }

    /// <summary>The note that stands where text was cut.</summary>
    public static string CutNote(long written, int kept) =>
        $"\n… cut here: the cell wrote {written:N0} characters, of which {kept:N0} are kept.\n";
}
