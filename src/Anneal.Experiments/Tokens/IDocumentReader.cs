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

/// <summary>A file of one's own that cannot be read as text.</summary>
/// <param name="place">The file, and the line where there is one.</param>
/// <param name="reason">Why, without a full stop.</param>
/// <param name="fix">What to do, as a sentence.</param>
/// <param name="inner">What was thrown underneath.</param>
public sealed class DocumentException(string place, string reason, string fix, Exception? inner = null) : Exception($"{place}: {reason}. {fix}", inner)
{
    /// <summary>The file and why, without what to do.</summary>
    public string Reason { get; } = $"{place}: {reason}";
}
