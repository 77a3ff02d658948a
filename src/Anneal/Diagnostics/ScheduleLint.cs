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

    /// <summary>A first part that falls within this share of the run may be meant as a warm-up.</summary>
    const double ShortFall = 0.3;

    /// <summary>A decay that holds its floor for this share of the run or more has ended too early; a floor of 0 is told elsewhere.</summary>
    const double FlatTail = 0.04;

    /// <summary>Rounding: a rate within this share of a limit is at the limit.</summary>
    const double Rounding = 1e-9;

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
    [
        NotARate, FirstUpdate, RateZero, Jumps, WarmupLength, WarmupFalls, EndsInWarmup, FloorAbovePeak, ClimbsAgain, ClimbsAgainInSteps, NeverHappens, FlatAtTheFloor,
        RisesAtTheEnd, CutShort, FloorOfClamp, PeakBetweenUpdates, Series,
    ];

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
        bool stepped = run.Phases.Any(phase => phase.Source is TorchSimulation);
        foreach (var jump in run.Schedule.Breakpoints(0, run.Steps).Where(corner => corner.IsJump && corner.After > corner.Before))
        {
            // What is known at whole steps alone jumps at each: there a slow climb is none.
            bool big = jump.Factor >= BigJump && (!stepped || jump.After - jump.Before > EndsHigh * run.Range.Highest);
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

    static IEnumerable<Finding> WarmupFalls(Run run)
    {
        foreach (var phase in run.Phases.Where(phase => IsWarmup(phase.Source) && phase.Trend == Trend.Falling))
            yield return new(Severity.Warning, "warmup-falls", phase.From,
                Invariant($"The warm-up from step {Step(phase.From)} falls, from {phase.RateAtStart:g4} to {phase.RateAtEnd:g4}: are its start and its peak the wrong way round?"));
        // Frameworks write a warm-up that falls as a line, or as the first part of one cycle.
        if (run.Phases is [{ Trend: Trend.Falling, From: 0, Source: LinearDecay or Cooldown { Shape: Easing.Linear or Easing.Cosine } } first, { Trend: Trend.Falling or Trend.Mixed } then, ..]
            && first.To <= ShortFall * run.Steps && (first.Source is Cooldown ? then.Source is Cooldown : then.Source is not (LinearDecay or Constant) && IsDecay(then.Source)))
            yield return new(Severity.Warning, "warmup-falls", 0,
                Invariant($"The rate falls from {first.RateAtStart:g4} to {first.RateAtEnd:g4} in the first {Step(first.To)} updates, and then its decay begins: is this a warm-up with its start and its peak the wrong way round?"));
    }

    /// <summary>A shape that comes down from a peak.</summary>
    static bool IsDecay(Schedule source) => Limits(source) is not null || source is ExponentialDecay or InverseSqrtDecay or InverseTimeDecay;

    static IEnumerable<Finding> EndsInWarmup(Run run)
    {
        var last = run.Phases[^1];
        double? end = last.Trend is not (Trend.Rising or Trend.Unknown) ? null
            : IsWarmup(last.Source) ? last.Start + ((Segment)last.Source).Steps
            // The rising part of a shape that comes down later, such as one cycle.
            : last.Trend == Trend.Rising && run.Phases.Count == 1 && run.Schedule is Segment whole && whole.Steps > run.Steps && !whole.Equals(last.Source) && last.Source is Segment part ? last.Start + part.Steps
            : null;
        if (end > run.Steps * (1 + Rounding) || end >= run.Steps * (1 - Rounding) && !run.Schedule.Equals(last.Source))
            yield return new(Severity.Warning, "ends-in-warmup", run.Steps,
                Invariant($"The run ends inside its warm-up: it has {Step(run.Steps)} updates, and the rate rises until step {Step(end.Value)}."));
    }

    static IEnumerable<Finding> FloorAbovePeak(Run run)
    {
        foreach (var phase in run.Phases.DistinctBy(phase => Limits(phase.Source)))
            if (Limits(phase.Source) is var (peak, floor) && floor > peak * (1 + Rounding) && !ServesAsWarmup(phase, run))
                yield return new(Severity.Warning, "floor-above-peak", phase.From,
                    Invariant($"The floor {floor:g4} lies above the peak {peak:g4}: from step {Step(phase.From)} on the rate rises where it should fall."));
        foreach (var phase in run.Phases.Take(1))
            if (phase.Source switch { TriangularCycles s => (s.Low, s.High), SineCycles s => (s.Low, s.High), _ => (0, 0) } is var (low, high) && low > high * (1 + Rounding))
                yield return new(Severity.Warning, "floor-above-peak", phase.From,
                    Invariant($"The lower rate {low:g4} of the cycles lies above the upper {high:g4}: they run upside down."));
    }

    /// <summary>A first part that rises to what follows: a decay with its ends turned round, which some frameworks write for a warm-up.</summary>
    static bool ServesAsWarmup(Phase phase, Run run) => phase == run.Phases[0] && !run.Schedule.Equals(phase.Source)
        && (phase.Source is LinearDecay or PolynomialDecay or Cooldown || run.Phases.Skip(1).Any(later => later.Trend is Trend.Falling or Trend.Mixed));

    /// <summary>A smooth turn upwards after a fall, where no cycle was asked for: a cosine that is longer than half its wave.</summary>
    static IEnumerable<Finding> ClimbsAgain(Run run)
    {
        Piece? falling = null;
        foreach (var piece in run.Schedule.Pieces(0, run.Steps))
        {
            if (falling is not null && piece.Trend == Trend.Rising && !MeansToClimb(piece, run)
                && !ScheduleShape.Differ(falling.Curve.At(falling.To), piece.Curve.At(piece.From), 1e-6)
                && run.Schedule.Range(piece.From, run.Steps).Highest - piece.Curve.At(piece.From) > Reached * run.Range.Highest)
            {
                yield return Climbs(run, piece.From);
                yield break;
            }
            falling = piece.Trend == Trend.Falling ? piece : null;
        }
    }

    /// <summary>The same where only the rates of whole steps are known: a turn upwards by less than a jump.</summary>
    static IEnumerable<Finding> ClimbsAgainInSteps(Run run)
    {
        if (run.Schedule is not TorchSimulation simulation || simulation.Parameters.Contains("CyclicLR") || simulation.Parameters.Contains("OneCycleLR"))
            yield break;
        double before = simulation.At(0), top = before, lowest = before;
        long turn = 0;
        for (long t = 1; t < run.Steps; t++)
        {
            double rate = simulation.At(t);
            if (rate < before)
                (turn, lowest) = (0, rate);
            else if (rate - before > EndsHigh * run.Range.Highest) // a restart
                (turn, top) = (0, rate);
            else if (rate > before && turn == 0 && top - lowest > EndsHigh * run.Range.Highest)
                turn = t - 1;
            if (turn > 0 && rate - lowest > Reached * run.Range.Highest)
            {
                yield return Climbs(run, turn);
                yield break;
            }
            (before, top) = (rate, Math.Max(top, rate));
        }
    }

    static Finding Climbs(Run run, double turn) => new(Severity.Warning, "climbs-again", turn,
        Invariant($"The rate falls until step {Step(turn)} and then climbs again, for the run of {Step(run.Steps)} updates is longer than the decay: is its length (T_max) meant to be that of the run?"));

    /// <summary>A wave or cycle that was asked for by number or by name.</summary>
    static bool MeansToClimb(Piece piece, Run run) =>
        IsWarmup(piece.Source) || piece.Source is TriangularCycles or SineCycles or OneCycle
        || piece.Source is CosineWave { Waves: > 0.5 } wave && run.Schedule is Segment && piece.From < piece.Start + wave.Steps;

    static IEnumerable<Finding> NeverHappens(Run run)
    {
        var shapes = run.Phases.Select(phase => (phase.Source, phase.Start));
        // A product plays its factors side by side; each phase names one of them.
        if (run.Schedule is Product product)
            shapes = FactorsOf(product).Select(factor => (factor, 0.0));
        foreach (var (source, start) in shapes.Distinct())
        {
            double[] late = [.. Changes(source).Select(step => step + start).Where(step => step >= run.Steps)];
            if (late.Length > 0)
                yield return new(Severity.Warning, "never-happens", run.Steps,
                    Invariant($"{(late.Length == 1 ? "A change" : $"{late.Length} changes")} of the rate, the first at step {Step(late[0])}, never {(late.Length == 1 ? "happens" : "happen")}: the run has {Step(run.Steps)} updates."));
        }
        if (run.Schedule is Continuation { First: var first, Next: var next } && first.Steps >= run.Steps && !(next is Constant held && !ScheduleShape.Differ(held.Value, first.End))
            && run.Phases[^1] is { Trend: not Trend.Rising })
            yield return new(Severity.Warning, "never-happens", run.Steps,
                Invariant($"What follows step {Step(first.Steps)} never begins: the run has {Step(run.Steps)} updates."));
    }

    static IEnumerable<Schedule> FactorsOf(Schedule schedule) => schedule is Product both ? FactorsOf(both.Whole).Concat(FactorsOf(both.By.Values)) : [schedule];

    static IEnumerable<Finding> FlatAtTheFloor(Run run)
    {
        if (run.Phases.Count < 2)
            yield break;
        var tail = run.Phases[^1];
        double share = (run.Steps - tail.From) / run.Steps;
        if (tail is { Trend: Trend.Flat, RateAtStart: > 0 } && share >= FlatTail && tail.RateAtStart < run.Range.Highest
            && run.Phases[^2] is { Trend: Trend.Falling or Trend.Mixed } decay && !ScheduleShape.Differ(decay.RateAtEnd, tail.RateAtStart, 1e-6) && tail.Source is Constant)
            yield return new(Severity.Warning, "flat-at-the-floor", tail.From,
                Invariant($"The last {share:0.#%} of the run hold the floor {tail.RateAtStart:g4}: the decay ends at step {Step(tail.From)} of {Step(run.Steps)}."));
    }

    static bool IsWarmup(Schedule source) => source is Warmup or CosineWarmup or ExponentialWarmup or LogarithmicWarmup or OneBasedWarmup;

    /// <summary>Peak and floor of a shape that is meant to fall.</summary>
    static (double Peak, double Floor)? Limits(Schedule source) => source switch
    {
        CosineDecay s => (s.Peak, s.Floor),
        LinearDecay s => (s.Peak, s.Floor),
        PolynomialDecay s => (s.Peak, s.Floor),
        CosinePowerDecay s => (s.Peak, s.Floor),
        TanhDecay s => (s.Peak, s.Floor),
        Cooldown s => (s.Peak, s.Floor),
        CosineWave s => (s.Peak, s.Floor),
        CosineRestarts s => (s.Peak, s.Floor),
        HardRestarts s => (s.Peak, s.Floor),
        PolynomialCycles s => (s.Peak, s.Floor),
        WarmupStableDecay s => (s.Peak, s.Floor),
        _ => null,
    };

    /// <summary>The steps at which a shape that changes in steps does so: all of them, or the first.</summary>
    static IEnumerable<double> Changes(Schedule source) => source switch
    {
        MultiStep s => s.Milestones,
        PiecewiseConstant s => s.Boundaries,
        StepDecay { Factor: not 1 } s => [s.Every],
        _ => [],
    };

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
        // What the schedule comes to as the run ends: its last update is one step short of that.
        double end = Math.Min(run.Last, run.Schedule.At(run.Steps));
        bool decays = run.Phases.Any(phase => phase.Trend is Trend.Falling or Trend.Mixed) && run.Last < peak;
        if (decays && end > EndsHigh * peak * (1 + Rounding))
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
        if (run.Schedule.Crossing(run.Range.Highest, 0, run.Steps) is not { } peak
            || Math.Abs(peak - Math.Round(peak)) <= Rounding * Math.Max(1, peak) || peak >= run.Steps)
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
