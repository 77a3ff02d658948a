namespace Anneal;

/// <summary>Which way a rate moves over a range.</summary>
public enum Trend
{
    /// <summary>The same rate throughout.</summary>
    Flat,

    /// <summary>Never falls, and is not flat.</summary>
    Rising,

    /// <summary>Never rises, and is not flat.</summary>
    Falling,

    /// <summary>Both rises and falls.</summary>
    Mixed,

    /// <summary>Not known: the shape does not say.</summary>
    Unknown,
}
