namespace Anneal.Lessons;

/// <summary>A word that lessons do not use, and what to say instead.</summary>
/// <param name="Pattern">A regular expression for the whole word, without regard to case.</param>
/// <param name="Say">What to do, such as "say predict".</param>
public sealed record UnusedWord(string Pattern, string Say);
