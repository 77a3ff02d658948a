namespace Anneal.Experiments;

/// <summary>Reads one kind of file as text, which a <see cref="Tokenizer"/> makes into tokens.</summary>
public interface IDocumentReader
{
    /// <summary>What it reads, as messages call it: "PDF".</summary>
    string Kind { get; }

    /// <summary>Endings of the files it reads, with their dot, in lower case. None where it reads whatever no other does.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>The text of a file, its lines ended by line feeds.</summary>
    /// <exception cref="DocumentException">It cannot be read; the message names the file, the reason and the fix.</exception>
    string Read(string path);
}

/// <summary>A file of one's own that cannot be read as text; the message names the file, the reason and the fix.</summary>
public sealed class DocumentException(string message, Exception? inner = null) : Exception(message, inner);
