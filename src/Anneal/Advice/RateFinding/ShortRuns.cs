namespace Anneal.Advice;

/// <summary>Short runs at fixed rates, and the largest rate that holds.</summary>
/// <param name="Runs">In order of their rates.</param>
/// <param name="Start">The loss they begin with.</param>
/// <param name="Stable">The largest rate that held; NaN where none trains.</param>
/// <param name="Unstable">The smallest above it that did not, at most a factor of 1.1 away; NaN where all hold.</param>
public sealed record ShortRuns(IReadOnlyList<ShortRun> Runs, double Start, double Stable, double Unstable)
{
    /// <summary>The run that ended lowest; null where none trains.</summary>
    public RateSuggestion Best()
    {
        if (double.IsNaN(Stable))
            return new(RateSuggestionKind.BestShortRun, null, null, null, "No short run ends below where it began by more than it scatters: try lower rates, or longer runs.");
        var best = Runs.MinBy(r => r.End)!;
        int at = Runs.ToList().IndexOf(best), low = at, high = at;
        while (low > 0 && Like(Runs[low - 1]))
            low--;
        while (high + 1 < Runs.Count && Like(Runs[high + 1]))
            high++;
        return TriedRates.Suggest(RateSuggestionKind.BestShortRun, [.. Runs.Select(r => r.Rate)], low, at, high, "The fixed rate whose short run ended lowest; a decay bears more.");

        bool Like(ShortRun other) => other.End - best.End <= 2 * Math.Sqrt(other.Error * other.Error + best.Error * best.Error);
    }
}
