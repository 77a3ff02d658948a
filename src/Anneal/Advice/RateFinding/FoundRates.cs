using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>Range tests and bisections from several seeds.</summary>
/// <param name="Test">The rates that were tried.</param>
/// <param name="Curves">One test for each seed.</param>
/// <param name="Runs">The short runs at fixed rates of each seed.</param>
public sealed record FoundRates(RangeTest Test, IReadOnlyList<RangeCurve> Curves, IReadOnlyList<ShortRuns> Runs)
{
    /// <summary>The suggestions of each seed.</summary>
    public IEnumerable<RateSuggestion> Each(RateSuggestionKind kind) => kind switch
    {
        RateSuggestionKind.Steepest => Curves.Select(c => c.Steepest()),
        RateSuggestionKind.Valley => Curves.Select(c => c.Valley()),
        RateSuggestionKind.TenthOfMinimum => Curves.Select(c => c.TenthOfMinimum()),
        RateSuggestionKind.BestShortRun => Runs.Select(r => r.Best()),
        _ => Runs.Select(r => double.IsNaN(r.Stable) ? new RateSuggestion(kind, null, null, null, r.Best().Reason)
            : new RateSuggestion(kind, r.Stable, r.Stable, double.IsNaN(r.Unstable) ? r.Stable : r.Unstable,
                double.IsNaN(r.Unstable) ? "Every rate up to the last holds: raise the end of the test." : "The edge: above it a short run keeps less than half of the best one's fall.")
            { Untried = (r.Stable, double.IsNaN(r.Unstable) ? r.Stable : r.Unstable) }),
    };

    /// <summary>
    /// The suggestions over all seeds: the geometric mean, and the least and the greatest rate that cannot be told from what any one seed suggests; so the spread of the seeds and the scatter of each.
    /// </summary>
    public IReadOnlyList<RateSuggestion> Suggestions => [.. Enum.GetValues<RateSuggestionKind>().Select(kind => this[kind])];

    /// <summary>The suggestion of one kind.</summary>
    public RateSuggestion this[RateSuggestionKind kind]
    {
        get
        {
            var each = Each(kind).ToList();
            var found = each.Where(s => s.Rate is not null).ToList();
            if (found.Count == 0)
                return each[0];
            string reason = found.GroupBy(s => s.Reason).MaxBy(g => g.Count())!.Key + (found.Count < each.Count ? Invariant($" {each.Count - found.Count} of {each.Count} seeds gave none.") : "");
            return found.Count == 1 ? found[0] with { Reason = reason }
                : new(kind, Math.Exp(found.Average(s => Math.Log(s.Rate!.Value))), found.Min(s => s.Low), found.Max(s => s.High), reason);
        }
    }
}
