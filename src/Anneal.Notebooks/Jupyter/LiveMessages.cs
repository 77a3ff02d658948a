namespace Anneal.Notebooks;

/// <summary>Front to child, once: wait for cells one by one.</summary>
/// <param name="Folder">The working directory of the cells.</param>
/// <param name="Language">The language of a cell that names none.</param>
/// <param name="TextLimit">Characters of text that are kept per cell.</param>
internal sealed record OpenSession(string Folder, string Language, int TextLimit) : Message;

/// <summary>Front to child: run this cell; <see cref="CellEnded"/> follows its outputs.</summary>
/// <param name="Number">The number it is known by in diagnostics and stack traces, counted from 1.</param>
/// <param name="Language">The language of its first line.</param>
/// <param name="Code">Its text.</param>
internal sealed record RunCell(int Number, string Language, string Code) : Message;

/// <summary>Front to child: stop the cell that runs, if one does.</summary>
internal sealed record InterruptCell : Message;

/// <summary>What a front end wants to know about code that it does not run.</summary>
internal enum CodeQuestion : byte
{
    /// <summary>How the word at the cursor could go on.</summary>
    Completions,

    /// <summary>What the thing at the cursor is.</summary>
    Description,

    /// <summary>Whether the code could be run as it stands.</summary>
    Completeness,
}

/// <summary>Front to child: a question about code; <see cref="CodeAnswer"/> follows.</summary>
/// <param name="Question">The question.</param>
/// <param name="Language">The language of the first line.</param>
/// <param name="Code">The text.</param>
/// <param name="Position">The cursor, in UTF-16 units from the start.</param>
internal sealed record AskAboutCode(CodeQuestion Question, string Language, string Code, int Position) : Message;

/// <summary>Child to front: an answer.</summary>
/// <param name="Lines">The completions; or the parts of the description; or "complete", "incomplete" or "invalid".</param>
/// <param name="Start">Where the completed word begins.</param>
/// <param name="End">Where it ends.</param>
internal sealed record CodeAnswer(IReadOnlyList<string> Lines, int Start = 0, int End = 0) : Message;
