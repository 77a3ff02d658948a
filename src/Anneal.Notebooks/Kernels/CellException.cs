namespace Anneal.Notebooks;

/// <summary>A cell asks for something that cannot be done; the message says what, and what can.</summary>
internal sealed class CellException(string name, string message, int? line = null) : Exception(message)
{
    /// <summary>What kind of mistake: "unknown directive", "missing file", ….</summary>
    public string Name => name;

    /// <summary>The line that asks, counted from 1.</summary>
    public int? Line => line;
}
