using static System.FormattableString;

namespace Anneal.Runs;

/// <summary>Reads a run's configuration as a careful colleague would before a run that costs money, and says it in the file's own words.</summary>
public static partial class RunLint
{
    /// <summary>A warm-up longer than this part of the run leaves little to train.</summary>
    const double LongWarmup = 0.5;

    /// <summary>A rate that stays at its floor for more than this part of the run has come down too early.</summary>
    const double FlatTail = 0.05;

    /// <summary>The same where the decay has a length and a floor of its own, as in the published plan of GPT-3 (13 %).</summary>
    const double MeantTail = 0.2;

    /// <summary>A run that leaves more than this part of the peak to come down has stopped too early.</summary>
    const double LeftOver = 0.05;

    /// <summary>A fraction below this is likely to be a rate.</summary>
    const double TinyFraction = 1e-3;

    /// <summary>A rate above this is beyond what Adam and its kin are run at.</summary>
    const double HighForAdam = 0.02;

    /// <summary>A rate below this hardly moves anything.</summary>
    const double Low = 1e-8;

    /// <summary>What was noticed while reading, and what the rates show; errors first, then as they stand in the file.</summary>
    public static IReadOnlyList<RunFinding> Check(RunConfiguration run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var findings = new List<RunFinding>(run.Noticed);
        findings.AddRange(Keys(run));
        if (!(run.Plan.Updates >= 1))
            findings.Add(run.Plan.Origin.Contains("not ", StringComparison.Ordinal)
                ? new(Severity.Info, "length-unknown", "", Place.None, $"{run.Plan.Origin}: give it as updates to check the schedule against it.")
                : About(run, Severity.Error, "no-updates", Role.Total, "the run has no updates: nothing is learned."));
        else
        {
            var curve = new RunCurve(run);
            findings.AddRange(Checks.SelectMany(check => check(run, curve)));
        }
        return [.. findings.DistinctBy(f => (f.Code, f.Key, f.Place)).OrderByDescending(f => f.Severity).ThenBy(f => f.Place.IsKnown ? 0 : 1).ThenBy(f => f.Place.Line).ThenBy(f => f.Place.Column)];
    }

    static IReadOnlyList<Func<RunConfiguration, RunCurve, IEnumerable<RunFinding>>> Checks { get; } =
        [Numbers, ZeroRates, Warmup, AboveTheRate, Rising, NeverComesDown, FlatAtTheEnd, Drop, Magnitude, OneUpdateAnEpoch];

    /// <summary>A finding about the key that plays a role, in the file's own words.</summary>
    static RunFinding About(RunConfiguration run, Severity severity, string code, Role role, string sentence)
    {
        var setting = run.Find(role);
        return setting is null ? new(severity, code, "", Place.None, char.ToUpperInvariant(sentence[0]) + sentence[1..])
            : new(severity, code, setting.Key, setting.Place, setting.Place.IsKnown ? $"{setting.Key}: {setting.Text}: {sentence}".Replace(": : ", ": ") : $"{setting.Key} is not set, so its default holds: {sentence}");
    }

    static IEnumerable<RunFinding> Numbers(RunConfiguration run, RunCurve curve)
    {
        int raised = Array.FindIndex(curve.Rates, rate => !double.IsFinite(rate));
        if (raised >= 0)
            yield return About(run, Severity.Error, "raises", Role.Scheduler, Invariant($"{run.Framework} raises at update {Step(curve.At[raised])}, before the run of {Step(curve.Updates)} ends."));
        int below = Array.FindIndex(curve.Rates, rate => rate < 0);
        if (below >= 0)
            yield return About(run, Severity.Error, "negative-rate", Role.Scheduler, Invariant($"the rate is below 0 from update {Step(curve.At[below])} on: the run would climb the loss."));
    }

    static IEnumerable<RunFinding> ZeroRates(RunConfiguration run, RunCurve curve)
    {
        if (curve.Peak == 0)
        {
            yield return About(run, Severity.Error, "always-zero", Role.Rate, "the rate is 0 throughout: nothing is learned.");
            yield break;
        }
        int leading = Array.FindIndex(curve.Rates, rate => rate != 0);
        if (leading > 0)
            yield return About(run, leading > 2 ? Severity.Warning : Severity.Info, "zero-first-updates", Role.Warmup,
                leading == 1 ? "the first update has rate 0: it changes nothing." : Invariant($"the first {leading} updates have rate 0: they change nothing."));
    }

    static IEnumerable<RunFinding> Warmup(RunConfiguration run, RunCurve curve)
    {
        double warmup = run.Plan.Warmup, updates = curve.Updates;
        if (warmup >= updates && warmup > 0)
            yield return About(run, Severity.Error, "ends-in-warmup", Role.Warmup,
                Invariant($"the warm-up takes {Step(warmup)} updates and the run has {Step(updates)} ({run.Plan.Origin}), so the rate never reaches its peak.{OtherUnit(run, warmup, updates)}"));
        else if (warmup > LongWarmup * updates)
            yield return About(run, Severity.Warning, "long-warmup", Role.Warmup,
                Invariant($"the warm-up takes {warmup / updates:0%} of the run: {Step(warmup)} of {Step(updates)} updates.{OtherUnit(run, warmup, updates)}"));
        if (warmup >= 1 && warmup < updates && run.RateAt(0) is var first && run.RateAt(Math.Floor(warmup)) is var peak && first > peak * (1 + 1e-9))
            yield return About(run, Severity.Error, "warmup-falls", Role.Warmup, Invariant($"the warm-up falls, from {first:g4} to {peak:g4}: it starts above the rate it is to reach."));
    }

    /// <summary>What the number would be if it had been meant in samples, tokens or batches.</summary>
    static string OtherUnit(RunConfiguration run, double warmup, double updates)
    {
        // Where the file counts in another unit already, it was meant so.
        if (run.Find(Role.Warmup)?.Text is { } written && !(PythonNumber.Float(written.TrimEnd('b', 'a')) is { } number && Math.Abs(number - warmup) < 1))
            return "";
        double accumulation = run.Find(Role.Accumulation)?.Text is { } text ? PythonNumber.Float(text) ?? 1 : 1;
        var meant = new (string Unit, double? Per)[]
        {
            ("batches (before accumulation)", accumulation > 1 ? accumulation : null), ("samples", run.Plan.SamplesPerUpdate is > 1 and var s ? s : null), ("tokens", run.Plan.TokensPerUpdate),
        };
        foreach (var (unit, per) in meant)
            if (warmup / per is { } asUpdates && asUpdates >= 1 && asUpdates < LongWarmup / 2 * updates)
                return Invariant($" Steps are updates here; if it was meant in {unit}, write {Step(Math.Round(asUpdates))}.");
        return "";
    }

    static IEnumerable<RunFinding> AboveTheRate(RunConfiguration run, RunCurve curve)
    {
        if (run.Find(Role.Rate) is not { Value: > 0 and var rate } || !(curve.Peak > rate * 1.001) || Shape.Climbs(run.Scheduler) || run.Framework == "nemo" && run.Scheduler.StartsWith("Noam", StringComparison.Ordinal) || run.Scheduler.StartsWith("power", StringComparison.Ordinal))
            yield break;
        bool floor = curve.Last > rate * 1.001 || curve.Rates[^Math.Min(curve.Rates.Length, 2)] > rate * 1.001;
        if (curve.PeakIndex > 0)
            yield return About(run, Severity.Error, floor ? "floor-above-rate" : "exceeds-rate", floor && run.Find(Role.Floor) is { Place.IsKnown: true } ? Role.Floor : Role.Rate,
                Invariant($"the rate goes up to {curve.Peak:g4}, above {rate:g4}{(floor ? ": the floor lies above the rate it is to come down from" : "")}."));
    }

    static IEnumerable<RunFinding> Rising(RunConfiguration run, RunCurve curve)
    {
        if (Shape.Restarts(run) || Shape.Climbs(run.Scheduler) || curve.Last > curve.Peak * (1 - 1e-12))
            yield break;
        var (lowest, at) = curve.LowestAfterPeak;
        if (curve.Last - lowest > LeftOver * curve.Peak)
            yield return About(run, Severity.Warning, "rises-at-the-end", run.Find(Role.Decay) is { Place.IsKnown: true } ? Role.Decay : Role.Scheduler,
                Invariant($"the rate comes down to {lowest:g3} at update {Step(at)} and climbs again to {curve.Last:g3} at the end: the schedule's length is not the run's ({Step(curve.Updates)} updates)."));
    }

    static IEnumerable<RunFinding> NeverComesDown(RunConfiguration run, RunCurve curve)
    {
        if (Shape.HasNoEnd(run.Scheduler) || Shape.Restarts(run) || Shape.Climbs(run.Scheduler) || run.Plan.Warmup >= curve.Updates || run.Noticed.Any(f => f.Code == "end-beyond-run"))
            yield break;
        double beyond = curve.LowestBeyond;
        if (curve.After - beyond > LeftOver * curve.Peak)
            yield return About(run, Severity.Warning, "never-comes-down", run.Find(Role.Decay) is { Place.IsKnown: true } ? Role.Decay : Role.Total,
                Invariant($"the run ends at {curve.Last:g3} after {Step(curve.Updates)} updates, and the schedule would have come down to {beyond:g3}: it is longer than the run.{Stretch(run)}"));
    }

    static string Stretch(RunConfiguration run)
    {
        double accumulation = run.Find(Role.Accumulation)?.Text is { } text ? PythonNumber.Float(text) ?? 1 : 1;
        return accumulation > 1 ? Invariant($" Is it counted in batches? There are {accumulation:0.##} to an update.") : "";
    }

    static IEnumerable<RunFinding> FlatAtTheEnd(RunConfiguration run, RunCurve curve)
    {
        double from = curve.FlatFrom, tail = (curve.Updates - from) / curve.Updates;
        if (!(tail > FlatTail) || curve.Updates - from < 1.5 * run.ChangesEvery || Shape.HasNoEnd(run.Scheduler) && !Shape.Steps(run.Scheduler) && curve.Last > 0 || curve.Last > curve.Peak * (1 - 1e-9) || Shape.Steps(run.Scheduler) || Shape.HoldsOnPurpose(run) || from <= run.Plan.Warmup)
            yield break;
        var role = run.Find(Role.Decay) is { Place.IsKnown: true } ? Role.Decay : Role.Total;
        if (role == Role.Decay && tail <= MeantTail && curve.Last > TinyFraction * curve.Peak)
            yield break;
        yield return curve.Last == 0
            ? About(run, Severity.Warning, "zero-at-the-end", role, Invariant($"the rate is 0 from update {Step(from)} on: the last {tail:0%} of the run change nothing."))
            : About(run, Severity.Warning, "floor-too-early", role, Invariant($"the rate has come down to {curve.Last:g3} at update {Step(from)} and stays there for the last {tail:0%} of the run ({Step(curve.Updates)} updates)."));
    }

    static IEnumerable<RunFinding> Drop(RunConfiguration run, RunCurve curve)
    {
        double warmup = Math.Ceiling(run.Plan.Warmup);
        if (warmup < 2 || warmup + 2 >= curve.Updates || Shape.Steps(run.Scheduler))
            yield break;
        double top = Math.Max(run.RateAt(warmup - 1), run.RateAt(warmup)), next = Math.Min(run.RateAt(warmup), run.RateAt(warmup + 1));
        // A fall that goes on like this is the schedule's own, such as one in steps of an epoch.
        double after = run.RateAt(Math.Min(curve.Updates - 1, warmup + 1 + run.ChangesEvery));
        if (next < 0.9 * top && top - next > 2 * (next - after))
            yield return About(run, Severity.Warning, "warmup-overshoots", Role.Warmup,
                Invariant($"the warm-up climbs to {top:g4}, and the update after it has {next:g4}: the schedule counts the warm-up's updates as its own."));
    }

    static IEnumerable<RunFinding> Magnitude(RunConfiguration run, RunCurve curve)
    {
        bool adam = run.Framework is "hf" or "llamafactory" or "axolotl" or "kohya" or "diffusers" or "composer" or "olmo" or "megatron" or "torchtitan" or "maxtext" or "deepspeed";
        if (adam && curve.Peak > HighForAdam && !run.OwnRate)
            yield return About(run, Severity.Warning, "rate-high", Role.Rate, Invariant($"{curve.Peak:g3} is far above what Adam and its kin are run at (1e-5 to 1e-2): was a digit of the exponent lost?"));
        if (curve.Peak > 0 && curve.Peak < Low)
            yield return About(run, Severity.Warning, "rate-low", Role.Rate, Invariant($"{curve.Peak:g3} hardly moves a weight."));
    }

    static IEnumerable<RunFinding> OneUpdateAnEpoch(RunConfiguration run, RunCurve curve)
    {
        if (run.Plan is { Samples: { } samples, SamplesPerUpdate: { } batch } && batch > samples)
            yield return About(run, Severity.Warning, "batch-above-samples", Role.Batch, Invariant($"one update takes {Step(batch)} samples (batch × accumulation × processes), and the data set has {Step(samples)}."));
    }

    /// <summary>What the keys show by themselves.</summary>
    static IEnumerable<RunFinding> Keys(RunConfiguration run)
    {
        foreach (var setting in run.Settings.Where(s => s.Place.IsKnown && s.Value is > 0 and < TinyFraction && Shape.IsFraction(s.Key)))
            yield return new(Severity.Warning, "fraction-like-a-rate", setting.Key, setting.Place,
                Invariant($"{setting.Key}: {setting.Text} is a fraction of the rate, not a rate: the floor is {setting.Value * (run.Find(Role.Rate)?.Value ?? 1):g3}."));
    }

    static string Step(double step) => Invariant($"{step:#,0.##}");
}
