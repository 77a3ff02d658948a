using static System.FormattableString;

namespace Anneal.Diagnostics;

/// <summary>Reads a schedule as a careful colleague would before a long run.</summary>
/// <remarks>A schedule with nothing to remark gives an empty list. The limits are the constants below; each is named in its sentence.</remarks>
public static class ScheduleLint
{
    /// <summary>A rate within this share of the peak of its aim has reached it.</summary>
    const double Reached = 0.01;

    /// <summary>A run that decays but ends above this share of its peak has stopped early.</summary>
    const double EndsHigh = 0.1;

    /// <summary>A jump by this factor or more, upwards, may throw the weights away.</summary>
    const double BigJump = 2;

    /// <summary>A warm-up shorter than this share of the run is hardly one.</summary>
    const double ShortWarmup = 0.001;

    /// <summary>A warm-up longer than this share of the run leaves little to train.</summary>
    const double LongWarmup = 0.5;

    /// <summary>Jumps beyond so many are counted, not listed.</summary>
    const int ListedJumps = 5;

    /// <summary>The findings for a run as long as the segment, in order of their steps.</summary>
    public static IReadOnlyList<Finding> Check(Segment segment) => Check(segment, (long)Math.Ceiling(segment.Steps));

    /// <summary>The findings for a run of <paramref name="steps"/> updates, in order of their steps.</summary>
    public static IReadOnlyList<Finding> Check(Schedule schedule, long steps)
    {
        Require.Positive(steps);
        var range = schedule.Range(0, steps);
        var run = new Run(schedule, steps, range, schedule.At(steps - 1), schedule.Phases(0, steps));
        return [.. Checks.SelectMany(check => check(run)).OrderBy(finding => finding.Step)];
    }

    static IReadOnlyList<Func<Run, IEnumerable<Finding>>> Checks { get; } =
        [NotARate, FirstUpdate, RateZero, Jumps, WarmupLength, RisesAtTheEnd, CutShort, FloorOfClamp, PeakBetweenUpdates, Series];

    sealed record Run(Schedule Schedule, long Steps, RateRange Range, double Last, IReadOnlyList<Phase> Phases);

    static IEnumerable<Finding> NotARate(Run run)
    {
        if (!double.IsFinite(run.Range.Highest))
            yield return new(Severity.Error, "not-finite", run.Steps - 1, "The rate grows beyond all numbers.");
        if (run.Range.Lowest < 0 && run.Schedule.Crossing(Math.BitDecrement(0.0), 0, run.Steps) is { } below)
            yield return new(Severity.Error, "negative-rate", below, Invariant($"The rate is below 0 from step {Step(below)} on, down to {run.Range.Lowest:g3}."));
    }

    static IEnumerable<Finding> FirstUpdate(Run run)
    {
        if (run.Schedule.At(0) == 0 && run.Range.Highest > 0)
            yield return new(Severity.Warning, "zero-first-update", 0, "The first update has rate 0: it changes nothing.");
    }

    static IEnumerable<Finding> RateZero(Run run)
    {
        if (run.Range.Highest == 0)
        {
            yield return new(Severity.Error, "always-zero", 0, "The rate is 0 throughout: nothing is learned.");
            yield break;
        }
        foreach (var phase in run.Phases.Where(phase => phase.Trend == Trend.Flat && phase.RateAtStart == 0))
            yield return new(Severity.Warning, "zero-rate", phase.From,
                Invariant($"The rate is 0 from step {Step(phase.From)} to {Step(phase.To)}: {Step(phase.To - phase.From)} updates change nothing."));
    }

    static IEnumerable<Finding> Jumps(Run run)
    {
        int up = 0;
        foreach (var jump in run.Schedule.Breakpoints(0, run.Steps).Where(corner => corner.IsJump && corner.After > corner.Before))
        {
            bool big = jump.Factor >= BigJump;
            if (big && ++up <= ListedJumps)
                yield return new(Severity.Warning, "jump", jump.Step,
                    jump.Before > 0
                        ? Invariant($"The rate jumps by ×{jump.Factor:0.##} at step {Step(jump.Step)}, from {jump.Before:g4} to {jump.After:g4}.")
                        : Invariant($"The rate jumps from 0 to {jump.After:g4} at step {Step(jump.Step)}."));
        }
        if (up > ListedJumps)
            yield return new(Severity.Warning, "jumps", run.Steps, Invariant($"The rate jumps up by ×{BigJump} or more {up} times in all; the first {ListedJumps} are listed."));
    }

    static IEnumerable<Finding> WarmupLength(Run run)
    {
        if (run.Phases.Count < 2 || run.Phases[0] is not { Trend: Trend.Rising } warmup)
            yield break;
        double length = warmup.To, share = length / run.Steps;
        if (share < ShortWarmup)
            yield return new(Severity.Warning, "short-warmup", length,
                Invariant($"The warm-up ends after {Step(length)} of {Step(run.Steps)} updates: shorter than {ShortWarmup:0.#%} of the run."));
        if (share > LongWarmup)
            yield return new(Severity.Warning, "long-warmup", length,
                Invariant($"The warm-up takes {share:0%} of the run: {Step(length)} of {Step(run.Steps)} updates."));
        if (run.Phases[1] is var next && next.RateAtStart < warmup.RateAtEnd && ScheduleShape.Differ(next.RateAtStart, warmup.RateAtEnd))
            yield return new(Severity.Warning, "warmup-overshoots", length,
                Invariant($"The warm-up climbs to {warmup.RateAtEnd:g4}, but what follows begins at {next.RateAtStart:g4}: does it count the warm-up's steps as its own?"));
    }

    static IEnumerable<Finding> RisesAtTheEnd(Run run)
    {
        if (run.Phases.Count > 1 && run.Phases[^1] is { Trend: Trend.Rising } last)
            yield return new(Severity.Warning, "rises-at-the-end", last.From,
                Invariant($"The rate rises in the last phase, from step {Step(last.From)}: {last.RateAtStart:g4} to {last.RateAtEnd:g4}."));
    }

    static IEnumerable<Finding> CutShort(Run run)
    {
        double peak = run.Range.Highest;
        if (run.Schedule is Segment segment && run.Last - segment.End > Reached * peak && run.Steps < segment.Steps)
            yield return new(Severity.Warning, "never-reaches-floor", run.Steps,
                Invariant($"The schedule never reaches its last rate {segment.End:g4}: it needs {Step(segment.Steps)} updates and the run has {Step(run.Steps)}."));
        bool decays = run.Phases.Any(phase => phase.Trend is Trend.Falling or Trend.Mixed) && run.Last < peak;
        if (decays && run.Last > EndsHigh * peak)
            yield return new(Severity.Warning, "ends-high", run.Steps - 1, Invariant($"The rate ends at {run.Last / peak:0.#%} of the peak ({run.Last:g4} of {peak:g4})."));
    }

    static IEnumerable<Finding> FloorOfClamp(Run run)
    {
        if (run.Schedule is Clamped { Low: > 0 } clamped && run.Range.Lowest > clamped.Low)
            yield return new(Severity.Info, "never-reaches-floor", run.Steps,
                Invariant($"The rate never reaches the floor {clamped.Low:g4}; the lowest rate is {run.Range.Lowest:g4}."));
    }

    static IEnumerable<Finding> PeakBetweenUpdates(Run run)
    {
        if (run.Schedule.Crossing(run.Range.Highest, 0, run.Steps) is not { } peak || Math.Floor(peak) == peak || peak >= run.Steps)
            yield break;
        if (run.Schedule.FirstAtOrAbove((1 - Reached) * run.Range.Highest, 0, run.Steps - 1) is null)
            yield return new(Severity.Info, "peak-between-updates", peak,
                Invariant($"The peak {run.Range.Highest:g4} falls between two updates, at step {Step(peak)}; no update comes within {Reached:0%} of it."));
    }

    static IEnumerable<Finding> Series(Run run)
    {
        var conditions = RobbinsMonro.Of(run.Schedule);
        if (conditions.Squares == SeriesBehavior.Diverges)
            yield return new(Severity.Info, "squares-diverge", run.Steps, conditions.SquaresReason);
        if (conditions.Rates == SeriesBehavior.Converges && run.Schedule.LongRun() != Tail.Zero) // a run that ends at 0 is meant to end
            yield return new(Severity.Info, "rates-converge", run.Steps, conditions.RatesReason);
    }

    static string Step(double step) => Invariant($"{step:#,0.##}");
}
