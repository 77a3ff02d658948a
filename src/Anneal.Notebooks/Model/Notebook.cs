namespace Anneal.Notebooks;

/// <summary>What a cell is for.</summary>
public enum CellKind
{
    /// <summary>Code in <see cref="Cell.Language"/>.</summary>
    Code,

    /// <summary>Text to be typeset.</summary>
    Markdown,

    /// <summary>Text that only some exporters understand; it is kept and not shown.</summary>
    Raw,
}

/// <summary>One cell as its author wrote it.</summary>
/// <param name="Id">Unique in its notebook.</param>
/// <param name="Kind">Code, markdown or raw.</param>
/// <param name="Language">"csharp", "fsharp", … for code; "markdown" for text. Lower case, aliases resolved.</param>
/// <param name="Source">The text, lines separated by \n.</param>
/// <param name="Tags">The tags of the cell's metadata, such as "exercise", "check" and "solution".</param>
public sealed record Cell(string Id, CellKind Kind, string Language, string Source, IReadOnlyList<string> Tags)
{
    /// <summary>Files that came inside the cell, by the name that <c>attachment:name</c> links use.</summary>
    public IReadOnlyDictionary<string, Attachment> Attachments { get; init; } = new Dictionary<string, Attachment>();
}

/// <summary>A file inside a cell.</summary>
/// <param name="MimeType">Such as "image/png".</param>
/// <param name="Content">Base64 for binary types, text for text types such as "image/svg+xml".</param>
public sealed record Attachment(string MimeType, string Content);

/// <summary>A notebook, whatever file it came from.</summary>
/// <param name="Name">File name without folder and ending; the page takes it.</param>
/// <param name="Path">The file, absolute; its folder is the working directory of the cells.</param>
/// <param name="Language">The language of a code cell that names none.</param>
/// <param name="Cells">In order.</param>
public sealed record Notebook(string Name, string Path, string Language, IReadOnlyList<Cell> Cells)
{
    /// <summary>The text of the first level-one heading, or the name where there is none.</summary>
    public string Title => Cells.Where(c => c.Kind == CellKind.Markdown)
        .SelectMany(c => c.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Name;
}
