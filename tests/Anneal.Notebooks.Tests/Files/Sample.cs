namespace Anneal.Notebooks.Tests;

/// <summary>The notebooks in the folder Samples, and a place to save them.</summary>
static class Sample
{
    public static IEnumerable<string> Names { get; } =
        Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Samples")).Select(System.IO.Path.GetFileName).Order()!;

    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Samples", name);

    public static Notebook Read(string name) => NotebookFile.Read(Path(name)).Notebook;

    /// <summary>A file of its own for each call.</summary>
    public static string Scratch(string ending) => System.IO.Path.Combine(Directory.CreateTempSubdirectory("anneal-").FullName, "notebook" + ending);

    /// <summary>Writes text to a scratch file and reads it as a notebook.</summary>
    public static Notebook Parse(string ending, string text)
    {
        var path = Scratch(ending);
        File.WriteAllText(path, text);
        return NotebookFile.Read(path).Notebook;
    }
}
