namespace Anneal.Advice;

/// <summary>Rates that were tried: what lies between two of them is known to no further than half-way, on a logarithmic scale.</summary>
static class TriedRates
{
    /// <param name="kind">How it was found.</param>
    /// <param name="rates">All that were tried, ascending.</param>
    /// <param name="low">The first that cannot be told from the best.</param>
    /// <param name="at">The best.</param>
    /// <param name="high">The last that cannot be told from it.</param>
    /// <param name="reason">Why it is suggested.</param>
    /// <param name="divisor">Of all of them.</param>
    public static RateSuggestion Suggest(RateSuggestionKind kind, IReadOnlyList<double> rates, int low, int at, int high, string reason, double divisor = 1) =>
        new(kind, rates[at] / divisor, HalfWay(rates, low, -1) / divisor, HalfWay(rates, high, 1) / divisor, reason) { Untried = (HalfWay(rates, at, -1) / divisor, HalfWay(rates, at, 1) / divisor) };

    /// <summary>Half-way to the next rate on a side; the rate itself at an end.</summary>
    static double HalfWay(IReadOnlyList<double> rates, int at, int side) => at + side >= 0 && at + side < rates.Count ? Math.Sqrt(rates[at] * rates[at + side]) : rates[at];
}
