using System.Text;

namespace Anneal.Notebooks;

/// <summary>The end of what a process wrote to standard error: when it dies, the runtime says there why.</summary>
internal sealed class LastWords
{
    const int Kept = 20_000;
    readonly StringBuilder _text = new();

    public void Add(string text)
    {
        lock (_text)
        {
            _text.Append(text);
            if (_text.Length > 2 * Kept)
                _text.Remove(0, _text.Length - Kept);
        }
    }

    /// <summary>Whether the runtime has begun to say why it dies; that is the runner's to tell, not the page's.</summary>
    public bool AreTheRuntimes => Contains("Stack overflow.") || Contains("Unhandled exception.") || Contains("Out of memory.") || Contains("Fatal error.");

    public bool Contains(string words)
    {
        lock (_text)
            return _text.ToString().Contains(words, StringComparison.Ordinal);
    }

    /// <summary>The last lines.</summary>
    public string Lines(int count)
    {
        lock (_text)
            return string.Join('\n', _text.ToString().TrimEnd().Split('\n').TakeLast(count));
    }
}
