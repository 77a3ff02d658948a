namespace Anneal.Notebooks;

/// <summary>What the runner and its child process tell each other.</summary>
internal abstract record Message;

/// <summary>Runner to child: run this notebook, then wait for the next order.</summary>
/// <param name="Notebook">What to run.</param>
/// <param name="TextLimit">Characters of text that are kept per cell.</param>
/// <param name="KeepGoing">Whether the cells after one that fails are run.</param>
internal sealed record RunNotebook(Notebook Notebook, int TextLimit, bool KeepGoing) : Message;

/// <summary>Child to runner: cell number <paramref name="Cell"/> begins.</summary>
internal sealed record CellBegun(int Cell) : Message;

/// <summary>Child to runner: output of the cell that runs.</summary>
/// <param name="Output">The output.</param>
/// <param name="Id">A number by which <see cref="OutputReplaced"/> finds a display again; 0 where nothing will.</param>
internal sealed record OutputAdded(Output Output, int Id) : Message;

/// <summary>Child to runner: show this in the place of an earlier display.</summary>
internal sealed record OutputReplaced(Display Output, int Id) : Message;

/// <summary>Child to runner: the cell has ended; the child then writes <see cref="ChildProcess.EndMark"/> to its standard streams.</summary>
internal sealed record CellEnded(TimeSpan Elapsed) : Message;

/// <summary>Child to runner: no more cells will run.</summary>
internal sealed record NotebookEnded : Message;

/// <summary>Child to runner: something in a cell asked the process to exit.</summary>
internal sealed record Exiting(int ExitCode) : Message;

/// <summary>Runner to page maker: get ready what the page of this notebook needs.</summary>
internal sealed record WarmUpPage(Notebook Notebook) : Message;

/// <summary>Runner to page maker: write this run's page.</summary>
internal sealed record MakePage(NotebookRun Run, PageSettings Settings, string Path) : Message;

/// <summary>Page maker to runner: the page is written, or why it is not.</summary>
internal sealed record PageMade(string? Problem) : Message;
