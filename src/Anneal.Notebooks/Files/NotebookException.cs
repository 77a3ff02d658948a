namespace Anneal.Notebooks;

/// <summary>A notebook file cannot be used; the message says which, where, why and what to do.</summary>
public sealed class NotebookException : Exception
{
    /// <summary>A fault in the file as a whole.</summary>
    public NotebookException(string path, string message, Exception? cause = null)
        : base($"{path}: {message}", cause) => (Path, Fault) = (path, message);

    /// <summary>A fault at a place in the file; both counted from 1.</summary>
    public NotebookException(string path, long line, long column, string message, Exception? cause = null)
        : base($"{path}, line {line}, column {column}: {message}", cause) => (Path, Fault) = (path, $"line {line}, column {column}: {message}");

    /// <summary>The file as it was named.</summary>
    public string Path { get; }

    /// <summary>The message without the file's name.</summary>
    public string Fault { get; }
}
