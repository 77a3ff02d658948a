namespace Anneal.Notebooks;

/// <summary>A notebook and the very bytes it was read from, so that saving changes nothing but outputs.</summary>
public sealed class NotebookFile
{
    readonly byte[] bytes;

    NotebookFile(Notebook notebook, byte[] bytes) => (Notebook, this.bytes) = (notebook, bytes);

    /// <summary>What the file says.</summary>
    public Notebook Notebook { get; }

    /// <summary>Reads an .ipynb (nbformat 4) or a .dib file.</summary>
    /// <exception cref="NotebookException">The file is missing, of another kind, or malformed.</exception>
    public static NotebookFile Read(string path)
    {
        var bytes = ReadBytes(path);
        var text = Utf8.WithoutMark(bytes);
        return IsDib(path) ? new(DibReader.Read(path, text.Span), bytes)
            : IsIpynb(path) ? new(IpynbReader.Read(path, text), bytes)
            : throw new NotebookException(path, "This is not a notebook: its name must end in .ipynb or .dib.");
    }

    /// <summary>Whether a file of this name has a place for outputs: an .ipynb has, a .dib has not.</summary>
    public static bool KeepsOutputs(string path) => IsIpynb(path);

    /// <summary>Writes the file as it was read; an .ipynb takes the outputs of <paramref name="run"/>, a .dib has no place for them.</summary>
    /// <param name="path">Where to. A notebook read from a .dib becomes an .ipynb where the name ends so.</param>
    /// <param name="run">Outputs of this notebook's cells; null leaves those that the file has.</param>
    /// <exception cref="NotebookException">An .ipynb cannot be saved as a .dib.</exception>
    public void Save(string path, NotebookRun? run = null)
    {
        if (IsDib(path) && !IsDib(Notebook.Path))
            throw new NotebookException(path, "An .ipynb cannot be saved as a .dib, which has no place for its metadata. Save it as .ipynb.");
        var saved = IsDib(path) ? bytes : WithOutputs(IsDib(Notebook.Path) ? IpynbWriter.Create(Notebook) : bytes, run);
        var half = path + ".part";
        File.WriteAllBytes(half, saved);
        File.Move(half, path, overwrite: true);
    }

    static byte[] WithOutputs(byte[] ipynb, NotebookRun? run) => run is null ? ipynb : IpynbWriter.WithOutputs(ipynb, run);

    static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = Directory.Exists(path) ? "This is a folder, not a notebook."
                : e is FileNotFoundException or DirectoryNotFoundException ? "There is no such file."
                : $"The file cannot be read. {e.Message}";
            throw new NotebookException(path, message, e);
        }
    }

    static bool IsDib(string path) => path.EndsWith(".dib", StringComparison.OrdinalIgnoreCase);
    static bool IsIpynb(string path) => path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase);
}
