using System.Text.Json;
using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A notebook as lints see it: what it means, and for .ipynb files what is really written in them.</summary>
/// <param name="Notebook">What it means.</param>
/// <param name="Json">The cells as written; null for a .dib file.</param>
internal sealed partial record NotebookText(Notebook Notebook, IReadOnlyList<JsonElement>? Json)
{
    /// <summary>Lessons are numbered, such as 09-cosine-by-hand; other notebooks need no exercises.</summary>
    public bool IsLesson => Numbered().IsMatch(Notebook.Name);

    /// <summary>The course that the notebook belongs to; null for a folder without registers.</summary>
    public Course? Course { get; init; }

    /// <summary>The same findings, marked where the lesson still has the old form.</summary>
    public IEnumerable<Finding> Later(IEnumerable<Finding> findings) => Course?.Registers.OldForm.Contains(Notebook.Name) == true
        ? findings.Select(finding => finding with { IsForLater = true }) : findings;

    /// <exception cref="NotebookException">The file is missing or malformed.</exception>
    public static NotebookText Read(string path, Course? course = null)
    {
        var file = NotebookFile.Read(path);
        return new(file.Notebook, NotebookFile.KeepsOutputs(path) ? JsonCells(file.Text) : null) { Course = course };
    }

    static JsonElement[] JsonCells(ReadOnlyMemory<byte> text)
    {
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 512 });
        return [.. json.RootElement.GetProperty("cells").EnumerateArray().Select(cell => cell.Clone())];
    }

    [GeneratedRegex(@"^\d\d-")]
    private static partial Regex Numbered();
}
