namespace Anneal.Notebooks;

/// <summary>A text that code is compiled from: a cell, or a file that a cell imports.</summary>
/// <param name="FileName">The name that compilers and stack traces know it by, without its ending for cells.</param>
/// <param name="Label">What its reader calls it; null for the notebook's own cell, which needs no name.</param>
/// <param name="Text">The text, lines separated by \n.</param>
internal sealed record SourceText(string FileName, string? Label, string Text)
{
    readonly string[] _lines = Text.Split('\n');

    /// <summary>A line's text without its indentation, or null where there is no such line.</summary>
    public string? Line(int number) => number >= 1 && number <= _lines.Length ? _lines[number - 1].Trim() : null;
}
