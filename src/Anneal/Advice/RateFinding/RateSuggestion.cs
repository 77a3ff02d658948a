namespace Anneal.Advice;

/// <summary>A suggested rate.</summary>
/// <param name="Kind">How it was found.</param>
/// <param name="Rate">The rate; null where nothing can be said.</param>
/// <param name="Low">The least rate that cannot be told from it: half-way to a tried neighbour, or further.</param>
/// <param name="High">The greatest.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record RateSuggestion(RateSuggestionKind Kind, double? Rate, double? Low, double? High, string Reason)
{
    /// <summary>The part of the interval that is not known because no rate in it was tried: what another seed does not make smaller.</summary>
    internal (double Low, double High)? Untried { get; init; }
}
