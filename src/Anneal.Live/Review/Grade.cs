namespace Anneal.Live;

/// <summary>How an answer went, in the grades that FSRS knows.</summary>
public enum Grade
{
    /// <summary>Not remembered.</summary>
    Again = 1,

    /// <summary>Remembered with difficulty.</summary>
    Hard,

    /// <summary>Remembered.</summary>
    Good,

    /// <summary>Remembered at once.</summary>
    Easy,
}
