namespace Anneal;

/// <summary>Which reports are better.</summary>
public enum PlateauMode
{
    /// <summary>Lower is better: a loss.</summary>
    Min,

    /// <summary>Higher is better: an accuracy.</summary>
    Max,
}
