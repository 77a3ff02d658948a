using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>Finds the language of a cell that a front end sends.</summary>
/// <remarks>
/// VS Code and JupyterLab send a cell's metadata along; nbconvert and the classic notebook send nothing but the text. For those, the cell is looked
/// up by its text in the notebooks of the kernel's folder, where a front end starts the kernel of a notebook.
/// </remarks>
/// <param name="folder">The kernel's folder.</param>
/// <param name="name">The notebook's file name, where the front end says it (JPY_SESSION_NAME).</param>
internal sealed class NotebookCells(string folder, string? name)
{
    sealed class Known(DateTime written, IReadOnlyList<Cell> cells)
    {
        public DateTime Written => written;
        public IReadOnlyList<Cell> Cells => cells;

        /// <summary>Where the last cell was found, and how many were.</summary>
        public int Last { get; set; } = -1;
        public int Found { get; set; }
    }

    readonly Dictionary<string, Known> _notebooks = [];

    /// <summary>The language that the metadata of a request name, or null.</summary>
    public static string? LanguageOf(JsonObject metadata) =>
        IpynbReader.OwnLanguage(JsonSerializer.SerializeToElement(new JsonObject { ["metadata"] = metadata.DeepClone() }));

    /// <summary>The language that the cell with this text has in a notebook of the folder, or null where no notebook has such a cell.</summary>
    /// <remarks>Of several notebooks, the one that most cells were found in so far; of several cells, the next after the one found last.</remarks>
    public string? LanguageOf(string code)
    {
        Read();
        (Known Notebook, int At)[] places = [.. _notebooks.Values.Select(n => (n, Find(n, code))).Where(p => p.Item2 >= 0).OrderByDescending(p => p.n.Found)];
        foreach (var (notebook, at) in places)
            (notebook.Last, notebook.Found) = (at, notebook.Found + 1);
        return places.Length > 0 ? places[0].Notebook.Cells[places[0].At].Language : null;
    }

    static int Find(Known notebook, string code)
    {
        int count = notebook.Cells.Count;
        for (int i = 1; i <= count; i++)
            if ((notebook.Last + i) % count is var at && notebook.Cells[at].Source == code)
                return at;
        return -1;
    }

    /// <summary>Takes in what was saved since last time.</summary>
    void Read()
    {
        string? named = name is null ? null : Path.Combine(folder, Path.GetFileName(name));
        string[] files = named is not null && File.Exists(named) ? [named] : Directory.GetFiles(folder, "*.ipynb");
        foreach (string file in files)
            if (File.GetLastWriteTimeUtc(file) is var written && _notebooks.GetValueOrDefault(file)?.Written != written)
                try
                {
                    _notebooks[file] = new(written, [.. NotebookFile.Read(file).Notebook.Cells.Where(c => c.Kind == CellKind.Code)])
                    {
                        Found = _notebooks.GetValueOrDefault(file)?.Found ?? 0,
                    };
                }
                catch (NotebookException)
                {
                    // Half written, or broken: its cells say their language in their first line, or have the kernel's.
                }
    }
}
