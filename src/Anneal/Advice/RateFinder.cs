using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>Runs a model along a schedule from its starting point, and writes down the loss of every update: what a range test is made of.</summary>
/// <param name="schedule">The rates.</param>
/// <param name="steps">How many updates.</param>
/// <returns>The record. The run begins from the same weights, memory and place in the data at every call; what it changes is a copy.</returns>
public delegate Trace RangeRun(Schedule schedule, long steps);

/// <summary>How rates rise in a range test.</summary>
/// <param name="From">The first rate, above 0.</param>
/// <param name="To">The last, above the first.</param>
/// <param name="Steps">Updates, 20 or more.</param>
/// <param name="Linear">Along a line, and not by a fixed factor.</param>
/// <param name="Smoothing">Width of the smoothing as a share of the test: the standard deviation of its weights, above 0 and at most 0.25.</param>
/// <param name="StableSteps">Updates of a short run at a fixed rate, 20 or more.</param>
public sealed record RangeTest(double From = 1e-6, double To = 10, int Steps = 200, bool Linear = false, double Smoothing = 0.04, int StableSteps = 100)
{
    /// <summary>The first rate.</summary>
    public double From { get; } = Require.Positive(From);

    /// <summary>The last rate.</summary>
    public double To { get; } = Require.Positive(To) > From ? To : throw new ArgumentOutOfRangeException(nameof(To), To, $"To must be above From ({From}).");

    /// <summary>Updates.</summary>
    public int Steps { get; } = Require.Count(20, 1_000_000, Steps);

    /// <summary>Width of the smoothing as a share of the test.</summary>
    public double Smoothing { get; } = Smoothing is > 0 and <= 0.25 ? Smoothing : throw new ArgumentOutOfRangeException(nameof(Smoothing), Smoothing, "Smoothing must be above 0 and at most 0.25.");

    /// <summary>Updates of a short run at a fixed rate.</summary>
    public int StableSteps { get; } = Require.Count(20, 1_000_000, StableSteps);

    /// <summary>The rates of the test.</summary>
    public Segment Schedule => Linear ? new Warmup(To, Steps - 1, From) : new ExponentialWarmup(To, Steps - 1, From);
}

/// <summary>Finds rates to begin with by trying: the learning rate range test, and short runs at fixed rates up to the largest that holds.</summary>
/// <remarks>
/// The rate rises from update to update, and the loss after each update is fitted by lines with weights that fall off to both sides (local linear regression in the
/// logarithm of the rate), which gives the smoothed loss, its slope, and the standard errors of both from the scatter about the line. Suggestions come with the
/// interval of rates that the scatter cannot tell from the best. A loss that is no number ends the test and counts as infinitely large.
/// Smith, <see href="https://arxiv.org/abs/1506.01186">Cyclical Learning Rates</see> (2015), section 3.3; the valley is after fastai's, which takes the middle of the descent in updates and so depends on where the test begins; here it is the middle in height. What a short test from the start
/// cannot know is what rate the rest of the run bears: it is a place to begin a search.
/// </remarks>
public static class RateFinder
{
    /// <summary>Rates are bisected until they are as near as this.</summary>
    const double Nearness = 1.1;

    /// <summary>Runs on an oracle, from copies of weights and memory.</summary>
    /// <param name="rule">How the weights follow the gradient.</param>
    /// <param name="oracle">Loss and gradient.</param>
    /// <param name="weights">Where it begins; left as they are.</param>
    /// <param name="layout">How the weights are divided; one vector unless given.</param>
    /// <param name="state">What the rule remembers there; a fresh memory unless given. It is left as it is.</param>
    /// <param name="batches">
    /// Starts the batches anew: asked once for each run, and what it gives is called before each step with its number. An oracle over batches that are drawn needs it, or a
    /// second run would see others than the first.
    /// </param>
    public static RangeRun On(Rule rule, Oracle oracle, double[] weights, Layout? layout = null, RuleState? state = null, Func<Action<long>>? batches = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(oracle);
        ArgumentNullException.ThrowIfNull(weights);
        var form = layout ?? state?.Layout ?? Layout.Of(weights.Length);
        return (schedule, steps) =>
        {
            var memory = rule.Start(form);
            if (state is not null)
                memory.CopyFrom(state);
            long before = memory.Updates;
            // Asked at the updates made in all, the schedule begins where the memory stands.
            return new Training(rule, schedule, oracle) { NextBatch = batches?.Invoke(), Options = t => schedule.At(t - before) }.Run([.. weights], steps, form, memory);
        };
    }

    /// <summary>One range test.</summary>
    public static RangeCurve Test(RangeRun run, RangeTest test)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(test);
        var schedule = test.Schedule;
        var trace = run(schedule, test.Steps);
        var points = trace.Points;
        // What a rate did is seen in the loss of the next update.
        var losses = new List<(double Rate, double Loss)>();
        for (int i = 0; i + 1 < points.Count; i++)
            losses.Add((schedule.At(i), double.IsFinite(points[i + 1].Loss) ? points[i + 1].Loss : double.PositiveInfinity));
        if (trace.Stopped is not null)
            losses.Add((schedule.At(Math.Max(0, points.Count - 1)), double.PositiveInfinity));
        return new(losses, points.Count > 0 ? points[0].Loss : double.PositiveInfinity, test.Smoothing);
    }

    /// <summary>Short runs at fixed rates, each twice the one before, and the largest rate that holds, by bisection.</summary>
    /// <remarks>
    /// A rate holds where a run of <see cref="RangeTest.StableSteps"/> updates keeps at least half of the fall of the best such run: not only a loss that grows, also one
    /// that stays where it began (a network whose units have died) is no training.
    /// </remarks>
    public static ShortRuns TryFixed(RangeRun run, RangeTest test)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(test);
        var runs = new List<ShortRun>();
        double start = double.PositiveInfinity, doubt = 0;
        for (double rate = test.From; ; rate = Math.Min(2 * rate, test.To))
        {
            runs.Add(One(run, rate, test.StableSteps, ref start, ref doubt));
            if (rate >= test.To)
                break;
        }
        int best = runs.IndexOf(runs.MinBy(r => r.End)!);
        // What chance makes of the best of many is more than two errors.
        if (!(start - runs[best].End > 3 * Math.Sqrt(runs[best].Error * runs[best].Error + doubt * doubt)))
            return new(runs, start, double.NaN, double.NaN);
        double needed = start - (start - runs[best].End) / 2;
        int held = runs.FindLastIndex(r => r.End <= needed);
        double stable = runs[held].Rate, unstable = held + 1 < runs.Count ? runs[held + 1].Rate : double.NaN;
        while (unstable / stable > Nearness)
        {
            double middle = Math.Sqrt(stable * unstable);
            if (One(run, middle, test.StableSteps, ref start, ref doubt).End <= needed)
                stable = middle;
            else
                unstable = middle;
        }
        return new(runs, start, stable, unstable);
    }

    /// <summary>Everything, from several seeds: a test and a bisection for each, and suggestions with the spread over the seeds.</summary>
    /// <param name="start">The run of a seed: the seed may draw the weights, the batches, or both.</param>
    /// <param name="seeds">How many, 1 or more: the seeds 0, 1, ….</param>
    /// <param name="test">The rates to try.</param>
    public static FoundRates Find(Func<ulong, RangeRun> start, int seeds = 1, RangeTest? test = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        Require.Count(1, 10_000, seeds);
        test ??= new();
        var curves = new List<RangeCurve>();
        var runs = new List<ShortRuns>();
        for (int seed = 0; seed < seeds; seed++)
        {
            var run = start((ulong)seed);
            curves.Add(Test(run, test));
            runs.Add(TryFixed(run, test));
        }
        return new(test, curves, runs);
    }

    /// <summary>A run at a fixed rate: the mean loss of its last fifth; infinite where it broke.</summary>
    static ShortRun One(RangeRun run, double rate, int steps, ref double start, ref double doubt)
    {
        var trace = run(new Constant(rate), steps);
        double[] losses = [.. trace.Points.Select(p => p.Loss)];
        // The first run is at the lowest rate: its first losses are those of the start.
        if (double.IsPositiveInfinity(start) && losses.Length >= 4)
            (start, doubt) = (losses[..4].Average(), RangeCurve.Scatter(losses) / 2);
        if (trace.Stopped is not null || losses.Length < steps || losses.Any(l => !double.IsFinite(l)))
            return new(rate, double.PositiveInfinity, 0);
        double[] last = losses[^Math.Max(4, steps / 5)..];
        return new(rate, last.Average(), RangeCurve.Scatter(last) / Math.Sqrt(last.Length));
    }
}

/// <summary>A short run at a fixed rate.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="End">The mean loss of its last fifth; infinite where a loss was no number.</param>
/// <param name="Error">Its standard error, from the scatter of the losses.</param>
public sealed record ShortRun(double Rate, double End, double Error);

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
        return new(RateSuggestionKind.BestShortRun, best.Rate, Runs[low].Rate, Runs[high].Rate, "The fixed rate whose short run ended lowest; a decay bears more.");

        bool Like(ShortRun other) => other.End - best.End <= 2 * Math.Sqrt(other.Error * other.Error + best.Error * best.Error);
    }
}

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
        Points = [.. losses.Select((p, i) => i < kept ? Fitted(losses, kept, i, Math.Max(2, smoothing * losses.Count)) : new RangePoint(p.Rate, p.Loss, double.NaN, double.NaN, double.NaN, double.NaN))];
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
        var like = Around(best, p => p.Slope - best.Slope <= Apart * Math.Sqrt(p.SlopeError * p.SlopeError + best.SlopeError * best.SlopeError));
        return new(RateSuggestionKind.Steepest, best.Rate, like.Low, like.High, "Where the loss falls fastest.");
    }

    /// <summary>Half-way down, in height, along the longest subsequence of falling smoothed losses.</summary>
    public RateSuggestion Valley()
    {
        var smooth = Smooth.ToList();
        if (smooth.Count < 3 || !Falls(smooth))
            return new(RateSuggestionKind.Valley, null, null, null, "There is no way down that is longer than the scatter.");
        // The longest falling subsequence, in n² comparisons.
        int n = smooth.Count, last = 0;
        int[] length = new int[n], before = new int[n];
        for (int i = 0; i < n; i++)
        {
            (length[i], before[i]) = (1, -1);
            for (int j = 0; j < i; j++)
                if (smooth[i].Smoothed < smooth[j].Smoothed && length[j] + 1 > length[i])
                    (length[i], before[i]) = (length[j] + 1, j);
            if (length[i] > length[last])
                last = i;
        }
        int first = last;
        while (before[first] >= 0)
            first = before[first];
        // By height and not by updates: the flat part where the test begins is no descent.
        double top = smooth[first].Smoothed, fall = top - smooth[last].Smoothed;
        RangePoint At(double share) => smooth.Skip(first).First(p => p.Smoothed <= top - share * fall);
        return new(RateSuggestionKind.Valley, At(0.5).Rate, At(0.1).Rate, At(0.9).Rate, "Half-way down the longest descent; the interval is from a tenth to nine tenths of it.");
    }

    /// <summary>A tenth of the rate at which the smoothed loss is least.</summary>
    public RateSuggestion TenthOfMinimum()
    {
        var smooth = Smooth.ToList();
        if (smooth.Count < 3 || !Falls(smooth))
            return new(RateSuggestionKind.TenthOfMinimum, null, null, null, "The loss nowhere lies below its beginning by more than it scatters.");
        var least = smooth.MinBy(p => p.Smoothed)!;
        var like = Around(least, p => p.Smoothed - least.Smoothed <= Apart * Math.Sqrt(p.Error * p.Error + least.Error * least.Error));
        return new(RateSuggestionKind.TenthOfMinimum, least.Rate / 10, like.Low / 10, like.High / 10,
            least.Rate >= smooth[^1].Rate && Diverges is null ? "A tenth of the last rate: the loss was still falling there, so raise the end of the test." : "A tenth of the rate where the loss is least.");
    }

    static bool Falls(List<RangePoint> smooth) => smooth.MinBy(p => p.Smoothed) is { } least && smooth[0].Smoothed - least.Smoothed > Found * Math.Sqrt(least.Error * least.Error + smooth[0].Error * smooth[0].Error);

    /// <summary>How far the points to both sides of one are like it, without a gap.</summary>
    (double Low, double High) Around(RangePoint best, Func<RangePoint, bool> like)
    {
        var smooth = Smooth.ToList();
        int at = smooth.IndexOf(best), low = at, high = at;
        while (low > 0 && like(smooth[low - 1]))
            low--;
        while (high + 1 < smooth.Count && like(smooth[high + 1]))
            high++;
        return (smooth[low].Rate, smooth[high].Rate);
    }

    /// <summary>The first point past which the loss stays above its beginning; −1 where there is none.</summary>
    static int Diverged(IReadOnlyList<(double Rate, double Loss)> losses, double start)
    {
        double[] middle = [.. losses.Select((_, i) => Median([.. losses.Skip(Math.Max(0, i - 2)).Take(5).Select(p => p.Loss)]))];
        double scatter = Scatter([.. losses.Select(p => p.Loss).TakeWhile(double.IsFinite)]), fallen = Math.Max(0, start - middle.Where(double.IsFinite).DefaultIfEmpty(start).Min());
        double limit = Math.Max(start, Median([.. losses.Take(Math.Max(5, losses.Count / 10)).Select(p => p.Loss)])) + Math.Max(4 * scatter, fallen / 2);
        for (int i = 0; i < losses.Count; i++)
            if (!double.IsFinite(losses[i].Loss) || middle[i] > limit)
                return i;
        return -1;
    }

    /// <summary>The standard deviation about a slow change: from the median of the differences of neighbours, which a few jumps do not reach.</summary>
    internal static double Scatter(double[] losses) => losses.Length < 3 ? 0
        : Median([.. losses.Zip(losses.Skip(1), (a, b) => Math.Abs(a - b))]) / (0.6744897501960817 * Math.Sqrt(2));

    static double Median(double[] values)
    {
        if (values.Length == 0)
            return 0;
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }

    /// <summary>The weighted line about point k: its height and slope there, with standard errors from the scatter of the points about their own lines.</summary>
    static RangePoint Fitted(IReadOnlyList<(double Rate, double Loss)> losses, int kept, int k, double width)
    {
        int from = Math.Max(0, k - (int)Math.Ceiling(3 * width)), to = Math.Min(kept - 1, k + (int)Math.Ceiling(3 * width));
        double centre = Math.Log(losses[k].Rate), s0 = 0, s1 = 0, s2 = 0, t0 = 0, t1 = 0;
        for (int i = from; i <= to; i++)
        {
            double x = Math.Log(losses[i].Rate) - centre, w = Math.Exp(-0.5 * (i - k) * (i - k) / (width * width));
            (s0, s1, s2, t0, t1) = (s0 + w, s1 + w * x, s2 + w * x * x, t0 + w * losses[i].Loss, t1 + w * x * losses[i].Loss);
        }
        double determinant = s0 * s2 - s1 * s1;
        if (to - from < 3 || !(determinant > 0))
            return new(losses[k].Rate, losses[k].Loss, double.NaN, double.NaN, double.NaN, double.NaN);
        double height = (s2 * t0 - s1 * t1) / determinant, slope = (s0 * t1 - s1 * t0) / determinant, residual = 0, heights = 0, slopes = 0;
        for (int i = from; i <= to; i++)
        {
            double x = Math.Log(losses[i].Rate) - centre, w = Math.Exp(-0.5 * (i - k) * (i - k) / (width * width)), r = losses[i].Loss - height - slope * x;
            residual += w * r * r;
            heights += Math.Pow(w * (s2 - s1 * x) / determinant, 2);
            slopes += Math.Pow(w * (s0 * x - s1) / determinant, 2);
        }
        // Two of the points' worth of weight went into the line.
        double variance = residual / s0 * (s0 / Math.Max(1, s0 - 2));
        return new(losses[k].Rate, losses[k].Loss, height, Math.Sqrt(variance * heights), slope, Math.Sqrt(variance * slopes));
    }
}

/// <summary>One rate of a range test.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Loss">The loss after the update with it; infinite where it was no number.</param>
/// <param name="Smoothed">The smoothed loss; NaN past divergence.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Slope">Its change per factor of e in the rate.</param>
/// <param name="SlopeError">The standard error of that.</param>
public sealed record RangePoint(double Rate, double Loss, double Smoothed, double Error, double Slope, double SlopeError);

/// <summary>How a suggested rate was found.</summary>
public enum RateSuggestionKind
{
    /// <summary>Where the smoothed loss falls fastest.</summary>
    Steepest,

    /// <summary>Half-way down the longest descent.</summary>
    Valley,

    /// <summary>A tenth of the rate where the loss is least.</summary>
    TenthOfMinimum,

    /// <summary>The fixed rate whose short run ends lowest.</summary>
    BestShortRun,

    /// <summary>The largest rate that holds, by bisection.</summary>
    LargestStable,
}

/// <summary>A suggested rate.</summary>
/// <param name="Kind">How it was found.</param>
/// <param name="Rate">The rate; null where nothing can be said.</param>
/// <param name="Low">The least rate that cannot be told from it.</param>
/// <param name="High">The greatest.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record RateSuggestion(RateSuggestionKind Kind, double? Rate, double? Low, double? High, string Reason);

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
                double.IsNaN(r.Unstable) ? "Every rate up to the last holds: raise the end of the test." : "The edge: above it a short run keeps less than half of the best one's fall.")),
    };

    /// <summary>The suggestions over all seeds: the geometric mean, and between which rates the seeds lie (with one seed, what the scatter cannot tell apart).</summary>
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
                : new(kind, Math.Exp(found.Average(s => Math.Log(s.Rate!.Value))), found.Min(s => s.Rate), found.Max(s => s.Rate), reason);
        }
    }
}
