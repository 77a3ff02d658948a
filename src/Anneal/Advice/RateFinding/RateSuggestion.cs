namespace Anneal.Advice;

/// <summary>A suggested rate.</summary>
/// <param name="Kind">How it was found.</param>
/// <param name="Rate">The rate; null where nothing can be said.</param>
/// <param name="Low">The least rate that cannot be told from it.</param>
/// <param name="High">The greatest.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record RateSuggestion(RateSuggestionKind Kind, double? Rate, double? Low, double? High, string Reason);
