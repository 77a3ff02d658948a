namespace Anneal.Notebooks;

/// <summary>A notebook and the very bytes it was read from, so that saving changes nothing but outputs.</summary>
public sealed class NotebookFile
{
    /// <summary>Half of what a text may be long in memory.</summary>
    const long MostBytes = 512 << 20;

    readonly byte[] bytes;

    NotebookFile(Notebook notebook, byte[] bytes) => (Notebook, this.bytes) = (notebook, bytes);

    /// <summary>What the file says.</summary>
    public Notebook Notebook { get; }

    /// <summary>The file's text in UTF-8, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Text => Utf8.WithoutMark(bytes);

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
    /// <exception cref="NotebookException">An .ipynb cannot be saved as a .dib, or the file has been changed since it was read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public void Save(string path, NotebookRun? run = null)
    {
        if (IsDib(path) && !IsDib(Notebook.Path))
            throw new NotebookException(path, "An .ipynb cannot be saved as a .dib, which has no place for its metadata. Save it as .ipynb.");
        var saved = IsDib(path) ? bytes : WithOutputs(IsDib(Notebook.Path) ? IpynbWriter.Create(Notebook) : bytes, run);
        if (Path.GetFullPath(path) != Notebook.Path)
            SafeFile.Write(path, saved);
        else if (!SafeFile.Replace(path, bytes, saved))
            throw new NotebookException(path, "It was changed while it ran, so its outputs were not saved: it is as somebody else left it. Run it again.");
    }

    static byte[] WithOutputs(byte[] ipynb, NotebookRun? run) => run is null ? ipynb : IpynbWriter.WithOutputs(ipynb, run);

    static byte[] ReadBytes(string path)
    {
        try
        {
            if (UnixFile.Status(path) is { IsRegular: false } && !Directory.Exists(path))
                throw new NotebookException(path, "This is a device or a pipe, not a file.");
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
                throw new NotebookException(path, $"It has more than {MostBytes >> 20} MB. Clear its outputs, or keep what is in it in files beside it.");
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
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
