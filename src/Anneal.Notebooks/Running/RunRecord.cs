namespace Anneal.Notebooks;

/// <summary>Gathers what the cells of one run put out.</summary>
internal sealed class RunRecord(Notebook notebook, RunSettings settings)
{
    readonly Lock _lock = new();
    readonly List<Output>[] _outputs = [.. notebook.Cells.Select(_ => new List<Output>())];
    readonly TimeSpan[] _elapsed = new TimeSpan[notebook.Cells.Count];
    readonly Dictionary<int, (int Cell, int Index)> _displays = [];
    long _nativeLength;
    long _started;

    /// <summary>The cell that runs, or ran last; -1 before the first.</summary>
    public int Current { get; private set; } = -1;

    /// <summary>Whether a cell is between its beginning and its end.</summary>
    public bool IsRunning { get; private set; }

    public void Begin(int cell)
    {
        lock (_lock)
        {
            (Current, IsRunning, _nativeLength) = (cell, true, 0);
            _started = System.Diagnostics.Stopwatch.GetTimestamp();
        }
    }

    public void End(TimeSpan elapsed)
    {
        lock (_lock)
        {
            _elapsed[Current] = elapsed;
            IsRunning = false;
        }
    }

    public void Add(Output output, int id = 0)
    {
        lock (_lock)
        {
            var list = _outputs[Math.Max(Current, 0)];
            if (id != 0)
                _displays[id] = (Current, list.Count);
            list.Add(output);
        }
    }

    public void Replace(Display output, int id)
    {
        lock (_lock)
            if (_displays.TryGetValue(id, out var place))
                _outputs[place.Cell][place.Index] = output;
    }

    /// <summary>Adds text that reached the standard streams past the engine.</summary>
    public void AddNative(bool isError, string text)
    {
        lock (_lock)
        {
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
            if (_outputs[Current] is [.., Failure])
                return;
            Add(failure);
        }
    }

    public bool HasFailed
    {
        get
        {
            lock (_lock)
                return Current >= 0 && _outputs[Current] is [.., Failure];
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
