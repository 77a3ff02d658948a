namespace Anneal.Live;

/// <summary>Whether the next interval is a short step of minutes or counted in days.</summary>
public enum MemoryPhase
{
    /// <summary>Not remembered for a day yet.</summary>
    Learning,

    /// <summary>Comes back after whole days.</summary>
    Review,

    /// <summary>Was forgotten.</summary>
    Relearning,
}

/// <summary>What is known of the memory of one question after its last answer.</summary>
/// <param name="Stability">Days until the chance to remember has fallen to 0.9.</param>
/// <param name="Difficulty">From 1, easy, to 10.</param>
/// <param name="Phase">What the next interval is counted in.</param>
/// <param name="Step">Which of the short steps it stands at, from 0; 0 in <see cref="MemoryPhase.Review"/>.</param>
/// <param name="Last">When it was answered last.</param>
/// <param name="Due">When it should be asked again.</param>
public sealed record MemoryState(double Stability, double Difficulty, MemoryPhase Phase, int Step, DateTimeOffset Last, DateTimeOffset Due);
