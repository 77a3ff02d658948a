using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>The first cell is the same in every notebook: it imports the boot file.</summary>
internal static class BootLint
{
    const string Import = "#!import \"boot.dib\"";

    public static IEnumerable<Finding> Look(NotebookText text)
    {
        if (text.Notebook.Cells is not [{ Kind: CellKind.Code } first, ..] || first.Source.Trim() != Import)
            yield return new("boot", 1, null, $"The first cell must be code, and hold this line alone: {Import}");
    }
}
