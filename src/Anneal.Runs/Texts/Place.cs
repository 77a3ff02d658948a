namespace Anneal.Runs;

/// <summary>Where something stands in a text; both are counted from 1.</summary>
/// <param name="Line">The line; 0 when the value was not written at all.</param>
/// <param name="Column">The character within the line.</param>
public readonly record struct Place(int Line, int Column)
{
    /// <summary>Nowhere: a default, or a value of our own.</summary>
    public static Place None => default;

    /// <summary>Whether it is a place in the text.</summary>
    public bool IsKnown => Line > 0;

    /// <summary><c>line 3, column 7</c>; empty for no place.</summary>
    public override string ToString() => IsKnown ? $"line {Line}, column {Column}" : "";

    internal static Place At(string text, int index)
    {
        int line = 1, start = 0;
        for (int i = 0; i < index && i < text.Length; i++)
            if (text[i] == '\n')
                (line, start) = (line + 1, i + 1);
        return new(line, index - start + 1);
    }
}
