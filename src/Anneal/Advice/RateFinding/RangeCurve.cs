namespace Anneal.Advice;

/// <summary>A range test: the loss after each rate, smoothed.</summary>
public sealed class RangeCurve
{
    /// <summary>How many standard errors are a difference between two given rates.</summary>
    const double Apart = 2;

    /// <summary>How many are one where the best of all rates was looked for: among a dozen independent places chance alone often gives two.</summary>
    const double Found = 3;

    internal RangeCurve(IReadOnlyList<(double Rate, double Loss)> losses, double start, double smoothing)
    {
        Start = start;
        int end = Diverged(losses, start);
        int kept = end < 0 ? losses.Count : end;
        Diverges = end < 0 ? null : losses[end].Rate;
        var lines = new LocalLines([.. losses.Take(kept).Select(p => Math.Log(p.Rate))], [.. losses.Take(kept).Select(p => p.Loss)], Math.Max(2, smoothing * losses.Count));
        Points = [.. losses.Select((p, i) => i < kept ? lines.At(i, p.Rate) : new RangePoint(p.Rate, p.Loss, double.NaN, double.NaN, double.NaN, double.NaN))];
    }

    /// <summary>The loss before the first update.</summary>
    public double Start { get; }

    /// <summary>The points, in order of their rates.</summary>
    public IReadOnlyList<RangePoint> Points { get; }

    /// <summary>The first rate after which the loss was no number, or above where it began by more than it had fallen and scatters; null where there was none.</summary>
    public double? Diverges { get; }

    IEnumerable<RangePoint> Smooth => Points.Where(p => double.IsFinite(p.Slope));

    /// <summary>The rates at which the smoothed loss falls fastest, per factor of e in the rate: the best, and the interval that the scatter cannot tell from it.</summary>
    public RateSuggestion Steepest()
    {
        if (Smooth.MinBy(p => p.Slope) is not { } best || !(best.Slope + Found * best.SlopeError < 0))
            return new(RateSuggestionKind.Steepest, null, null, null, "The loss nowhere falls by more than it scatters: try more updates, larger batches, or higher rates.");
        return Around(RateSuggestionKind.Steepest, best, p => p.Slope - best.Slope <= Apart * Math.Sqrt(p.SlopeError * p.SlopeError + best.SlopeError * best.SlopeError), "Where the loss falls fastest.");
    }

    /// <summary>Half-way down, in height, along the longest subsequence of falling smoothed losses.</summary>
    public RateSuggestion Valley()
    {
        var smooth = Smooth.ToList();
        if (smooth.Count < 3 || !Falls(smooth))
            return new(RateSuggestionKind.Valley, null, null, null, "There is no way down that is longer than the scatter.");
        var (first, last) = LongestFall.Of([.. smooth.Select(p => p.Smoothed)]);
        // By height and not by updates: the flat part where the test begins is no descent.
        double top = smooth[first].Smoothed, fall = top - smooth[last].Smoothed;
        int At(double share) => smooth.FindIndex(first, p => p.Smoothed <= top - share * fall);
        return TriedRates.Suggest(RateSuggestionKind.Valley, [.. smooth.Select(p => p.Rate)], At(0.1), At(0.5), At(0.9), "Half-way down the longest descent; a seed's interval is from a tenth to nine tenths of it.");
    }

    /// <summary>A tenth of the rate at which the smoothed loss is least.</summary>
    public RateSuggestion TenthOfMinimum()
    {
        var smooth = Smooth.ToList();
        if (smooth.Count < 3 || !Falls(smooth))
            return new(RateSuggestionKind.TenthOfMinimum, null, null, null, "The loss nowhere lies below its beginning by more than it scatters.");
        var least = smooth.MinBy(p => p.Smoothed)!;
        return Around(RateSuggestionKind.TenthOfMinimum, least, p => p.Smoothed - least.Smoothed <= Apart * Math.Sqrt(p.Error * p.Error + least.Error * least.Error),
            least.Rate >= smooth[^1].Rate && Diverges is null ? "A tenth of the last rate: the loss was still falling there, so raise the end of the test." : "A tenth of the rate where the loss is least.", 10);
    }

    static bool Falls(List<RangePoint> smooth) => smooth.MinBy(p => p.Smoothed) is { } least && smooth[0].Smoothed - least.Smoothed > Found * Math.Sqrt(least.Error * least.Error + smooth[0].Error * smooth[0].Error);

    /// <summary>The best point, and how far those to both sides are like it, without a gap.</summary>
    RateSuggestion Around(RateSuggestionKind kind, RangePoint best, Func<RangePoint, bool> like, string reason, double divisor = 1)
    {
        var smooth = Smooth.ToList();
        int at = smooth.IndexOf(best), low = at, high = at;
        while (low > 0 && like(smooth[low - 1]))
            low--;
        while (high + 1 < smooth.Count && like(smooth[high + 1]))
            high++;
        return TriedRates.Suggest(kind, [.. smooth.Select(p => p.Rate)], low, at, high, reason, divisor);
    }

    /// <summary>The first point past which the loss stays above its beginning; −1 where there is none.</summary>
    static int Diverged(IReadOnlyList<(double Rate, double Loss)> losses, double start)
    {
        double[] middle = [.. losses.Select((_, i) => Scatter.Median([.. losses.Skip(Math.Max(0, i - 2)).Take(5).Select(p => p.Loss)]))];
        double scatter = Scatter.Of([.. losses.Select(p => p.Loss).TakeWhile(double.IsFinite)]), fallen = Math.Max(0, start - middle.Where(double.IsFinite).DefaultIfEmpty(start).Min());
        double limit = Math.Max(start, Scatter.Median([.. losses.Take(Math.Max(5, losses.Count / 10)).Select(p => p.Loss)])) + Math.Max(4 * scatter, fallen / 2);
        for (int i = 0; i < losses.Count; i++)
            if (!double.IsFinite(losses[i].Loss) || middle[i] > limit)
                return i;
        return -1;
    }
}
