namespace Anneal.Runs;

/// <summary>Something about a run's configuration or log that its author may want to know.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">A short name that does not change.</param>
/// <param name="Key">The file's own name for what it is about; empty when it is about the whole.</param>
/// <param name="Place">Where that stands.</param>
/// <param name="Sentence">What it is, with numbers, and what to do.</param>
public sealed record RunFinding(Severity Severity, string Code, string Key, Place Place, string Sentence)
{
    /// <summary><c>warning: line 3, column 1: warmup_steps: …</c></summary>
    public override string ToString() => $"{Severity.ToString().ToLowerInvariant()}: {(Place.IsKnown ? $"{Place}: " : "")}{Sentence}";
}
