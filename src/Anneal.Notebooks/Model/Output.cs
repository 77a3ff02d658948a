namespace Anneal.Notebooks;

/// <summary>Something a running cell put out; the order of a cell's outputs is the order in which they came.</summary>
public abstract record Output;

/// <summary>One value in every form its formatter offered; a reader takes the richest form it can show.</summary>
/// <param name="Data">MIME type to content. Text forms hold text, application/…json holds JSON text, image/png holds base64.</param>
/// <param name="IsResult">True for the value of a cell's last expression, false for what was displayed on the way.</param>
public sealed record Display(IReadOnlyDictionary<string, string> Data, bool IsResult = false) : Output;

/// <summary>Text written to standard output or standard error.</summary>
public sealed record StreamText(bool IsError, string Text) : Output;

/// <summary>Why a cell failed, in the reader's terms.</summary>
/// <param name="Name">The exception's type name, or "compile error", "timed out", ….</param>
/// <param name="Message">What is wrong, and where known, what to do.</param>
/// <param name="Line">Line in the cell, counted from 1; null where there is none.</param>
/// <param name="SourceLine">That line's text.</param>
/// <param name="Trace">Stack trace without the engine's own frames; may be empty.</param>
public sealed record Failure(string Name, string Message, int? Line, string? SourceLine, IReadOnlyList<string> Trace) : Output
{
    /// <summary>The imported file that <see cref="Line"/> and <see cref="SourceLine"/> are from; null for the cell itself.</summary>
    public string? File { get; init; }
}

/// <summary>A cell and what became of it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Outputs">In order; a failed cell's last output is its <see cref="Failure"/>.</param>
/// <param name="Elapsed">Time it ran; zero for text and for cells that were not reached.</param>
public sealed record CellRun(Cell Cell, IReadOnlyList<Output> Outputs, TimeSpan Elapsed)
{
    /// <summary>Why it failed, or null.</summary>
    public Failure? Failure => Outputs.OfType<Failure>().LastOrDefault();
}

/// <summary>A notebook and what became of each of its cells.</summary>
public sealed record NotebookRun(Notebook Notebook, IReadOnlyList<CellRun> Cells);
