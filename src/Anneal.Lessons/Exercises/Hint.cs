namespace Anneal.Lessons;

/// <summary>A wrong answer that is often given, and what to say to it.</summary>
/// <param name="Value">The wrong answer.</param>
/// <param name="Text">What went wrong, in a sentence or two.</param>
/// <param name="Tolerance">Absolute; null takes the tolerance of the part the hint belongs to.</param>
public sealed record Hint(double Value, string Text, double? Tolerance = null);
