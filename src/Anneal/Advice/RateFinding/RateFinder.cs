namespace Anneal.Advice;

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
    internal const double Nearness = 1.1;

    /// <summary>More seeds are a mistake.</summary>
    internal const int MostSeeds = 10_000;

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
        return (schedule, steps, cancel) =>
        {
            var memory = rule.Start(form);
            if (state is not null)
                memory.CopyFrom(state);
            long before = memory.Updates;
            return new Training(rule, schedule, oracle) { NextBatch = batches?.Invoke(), Options = Rate }.Run([.. weights], steps, form, memory);

            // Asked at the updates made in all, the schedule begins where the memory stands.
            StepOptions Rate(long t)
            {
                cancel.ThrowIfCancellationRequested();
                return schedule.At(t - before);
            }
        };
    }

    /// <summary>One range test.</summary>
    public static RangeCurve Test(RangeRun run, RangeTest test, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(test);
        var schedule = test.Schedule;
        var trace = run(schedule, test.Steps, cancel);
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
    public static ShortRuns TryFixed(RangeRun run, RangeTest test, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(test);
        var runs = new List<ShortRun>();
        double start = double.PositiveInfinity, doubt = 0;
        for (double rate = test.From; ; rate = Math.Min(2 * rate, test.To))
        {
            runs.Add(One(run, rate, test.StableSteps, cancel, ref start, ref doubt));
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
            if (One(run, middle, test.StableSteps, cancel, ref start, ref doubt).End <= needed)
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
    /// <param name="progress">Told before every run.</param>
    /// <param name="cancel">Ends it between two updates.</param>
    /// <exception cref="OperationCanceledException">Cancelled; <see cref="Each"/> gives what has finished.</exception>
    public static FoundRates Find(Func<ulong, RangeRun> start, int seeds = 1, RangeTest? test = null, Action<RateProgress>? progress = null, CancellationToken cancel = default)
    {
        test ??= new();
        var found = Each(start, seeds, test, progress, cancel).ToList();
        return new(test, [.. found.Select(f => f.Curve)], [.. found.Select(f => f.Runs)]);
    }

    /// <summary>The test and the short runs of one seed after the other, each made when it is asked for.</summary>
    /// <inheritdoc cref="Find"/>
    /// <exception cref="OperationCanceledException">Cancelled; the seeds before are finished.</exception>
    public static IEnumerable<(RangeCurve Curve, ShortRuns Runs)> Each(Func<ulong, RangeRun> start, int seeds, RangeTest test, Action<RateProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(test);
        Require.Count(1, MostSeeds, seeds);
        return Seeds();

        IEnumerable<(RangeCurve, ShortRuns)> Seeds()
        {
            for (int seed = 0; seed < seeds; seed++)
            {
                var run = start((ulong)seed);
                int done = 0, place = seed;
                RangeRun counted = (schedule, steps, token) =>
                {
                    progress?.Invoke(new(place, seeds, done++, test.MostRuns));
                    return run(schedule, steps, token);
                };
                yield return (Test(counted, test, cancel), TryFixed(counted, test, cancel));
            }
        }
    }

    /// <summary>A run at a fixed rate: the mean loss of its last fifth; infinite where it broke.</summary>
    static ShortRun One(RangeRun run, double rate, int steps, CancellationToken cancel, ref double start, ref double doubt)
    {
        var trace = run(new Constant(rate), steps, cancel);
        double[] losses = [.. trace.Points.Select(p => p.Loss)];
        // The first run is at the lowest rate: its first losses are those of the start.
        if (double.IsPositiveInfinity(start) && losses.Length >= 4)
            (start, doubt) = (losses[..4].Average(), Scatter.Of(losses) / 2);
        if (trace.Stopped is not null || losses.Length < steps || losses.Any(l => !double.IsFinite(l)))
            return new(rate, double.PositiveInfinity, 0);
        double[] last = losses[^Math.Max(4, steps / 5)..];
        return new(rate, last.Average(), Scatter.Of(last) / Math.Sqrt(last.Length));
    }
}
