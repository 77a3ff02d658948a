namespace Anneal.Notebooks;

/// <summary>Gathers what the cells of one run put out.</summary>
internal sealed class RunRecord(Notebook notebook, RunSettings settings)
{
    readonly Lock _lock = new();
    readonly List<Output>[] _outputs = [.. notebook.Cells.Select(_ => new List<Output>())];
    readonly TimeSpan[] _elapsed = new TimeSpan[notebook.Cells.Count];
    readonly Dictionary<int, (int Cell, int Index)> _displays = [];
    /// <summary>Characters of all outputs together; a page with more would not open, and the runner holds them all.</summary>
    const long MostCharacters = 128 << 20;

    /// <summary>Text from the standard streams that is ahead of the message which says that its cell begins; no more of it than one cell shows.</summary>
    readonly List<(bool IsError, string Text)> _early = [];
    int _begun;
    long _nativeLength, _earlyLength, _length;
    long _started;

    /// <summary>The cell that runs, or ran last; -1 before the first.</summary>
    public int Current { get; private set; } = -1;

    /// <summary>Whether a cell is between its beginning and its end.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>A cell begins.</summary>
    /// <exception cref="InvalidDataException">It is not the next code cell.</exception>
    public void Begin(int cell)
    {
        lock (_lock)
        {
            if (IsRunning || MustStop || cell != Next)
                throw new InvalidDataException($"Cell {cell + 1} cannot begin here.");
            (Current, IsRunning, _nativeLength) = (cell, true, 0);
            _started = System.Diagnostics.Stopwatch.GetTimestamp();
            _begun++;
            foreach (var (isError, text) in _early)
                AddNative(isError, text, _begun - 1);
            _early.Clear();
            _earlyLength = 0;
        }
    }

    bool MustStop => HasFailed && !settings.KeepGoing;

    /// <summary>The code cell after the current one; the number of cells where there is none.</summary>
    int Next
    {
        get
        {
            int next = Current + 1;
            while (next < notebook.Cells.Count && notebook.Cells[next].Kind != CellKind.Code)
                next++;
            return next;
        }
    }

    /// <summary>Whether nothing is left to run: the last code cell has ended, or one has failed.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
                return !IsRunning && (MustStop || Next == notebook.Cells.Count);
        }
    }

    /// <summary>The running cell ends.</summary>
    /// <exception cref="InvalidDataException">None runs.</exception>
    public void End(TimeSpan elapsed)
    {
        lock (_lock)
        {
            if (!IsRunning)
                throw new InvalidDataException("No cell runs that could end.");
            _elapsed[Current] = elapsed;
            IsRunning = false;
        }
    }

    public void Add(Output output, int id = 0)
    {
        lock (_lock)
        {
            long before = _length;
            _length += Length(output);
            if (_length > MostCharacters && output is not Failure)
            {
                if (before > MostCharacters)
                    return;
                output = new StreamText(true, $"\n… cut here: the notebook's outputs have more than {MostCharacters:N0} characters together.\n");
            }
            var list = _outputs[Math.Max(Current, 0)];
            if (id != 0)
                _displays[id] = (Current, list.Count);
            list.Add(output);
        }
    }

    public void Replace(Display output, int id)
    {
        lock (_lock)
            if (_displays.TryGetValue(id, out var place) && (_length += Length(output) - Length(_outputs[place.Cell][place.Index])) <= MostCharacters)
                _outputs[place.Cell][place.Index] = output;
    }

    static long Length(Output output) => output switch
    {
        StreamText text => text.Text.Length,
        Display display => display.Data.Sum(d => (long)d.Key.Length + d.Value.Length),
        _ => 0,
    };

    /// <summary>Adds text that reached the standard streams past the engine.</summary>
    /// <param name="isError">Whether it is from standard error.</param>
    /// <param name="text">The text.</param>
    /// <param name="after">After the end of how many cells it was written: it belongs to the next, whose beginning may not have been told yet. What comes after the last cell belongs to none.</param>
    public void AddNative(bool isError, string text, int after)
    {
        lock (_lock)
        {
            if (after >= _begun)
            {
                if (Next < notebook.Cells.Count && _earlyLength <= settings.TextLimit)
                    _early.Add((isError, text));
                _earlyLength += text.Length;
                return;
            }
            long room = settings.TextLimit - _nativeLength;
            _nativeLength += text.Length;
            if (room > 0)
                Add(new StreamText(isError, room >= text.Length ? text : text[..(int)room] + CellOutput.CutNote(_nativeLength, settings.TextLimit)));
        }
    }

    /// <summary>Ends the run with a failure of the cell that runs; a failure it has reported itself says more and stays.</summary>
    public void Fail(Failure failure)
    {
        lock (_lock)
        {
            if (Current < 0)
                Current = Math.Max(0, notebook.Cells.ToList().FindIndex(c => c.Kind == CellKind.Code));
            if (IsRunning)
                _elapsed[Current] = System.Diagnostics.Stopwatch.GetElapsedTime(_started);
            IsRunning = false;
            if (_outputs[Current].Exists(o => o is Failure))
                return;
            Add(failure);
        }
    }

    public bool HasFailed
    {
        get
        {
            lock (_lock)
                return Current >= 0 && _outputs[Current].Exists(o => o is Failure);
        }
    }

    public NotebookRun ToRun()
    {
        lock (_lock)
            return new(notebook, [.. notebook.Cells.Select((cell, i) => new CellRun(cell, Joined(_outputs[i]), _elapsed[i]))]);
    }

    /// <summary>Neighbouring pieces of one stream become one output.</summary>
    static List<Output> Joined(List<Output> outputs)
    {
        var joined = new List<Output>();
        for (int i = 0; i < outputs.Count;)
            if (outputs[i] is StreamText first)
            {
                var pieces = outputs.Skip(i).TakeWhile(o => o is StreamText s && s.IsError == first.IsError).Cast<StreamText>().ToList();
                joined.Add(first with { Text = string.Concat(pieces.Select(p => p.Text)) });
                i += pieces.Count;
            }
            else
                joined.Add(outputs[i++]);
        return joined;
    }
}
