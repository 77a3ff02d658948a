using System.Globalization;
using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>How numbers and words of a proposal are written.</summary>
static class ProposalText
{
    /// <summary>Three digits: more would claim to be known. Just below 1 they are those of the distance to 1, so that 0.9999 does not become 1.</summary>
    public static double Rounded(double value) => value is > 0.9 and < 1 ? Math.Round(1 - Digits(1 - value), 15) : Digits(value);

    static double Digits(double value) => value == 0 ? 0 : double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>As people write it: 0.0006 is 6e-4, 524288 is 524,288.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        if (size >= 1e4 || (size >= 1 && value == Math.Floor(value)))
            return size >= 1e9 ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : value.ToString("#,0.###", CultureInfo.InvariantCulture);
        double rounded = Rounded(value);
        return size is >= 0.01 or 0 ? rounded.ToString("R", CultureInfo.InvariantCulture) : rounded.ToString("0.##e-0", CultureInfo.InvariantCulture);
    }

    /// <summary>A number of things: 1 update, 2 updates.</summary>
    public static string Count(double number, string thing, string format = "#,0.###") => number.ToString(format, CultureInfo.InvariantCulture) is var text && text == "1" ? $"1 {thing}" : $"{text} {thing}s";

    public static string Word(Confidence sure) => sure.ToString().ToLowerInvariant();

    /// <summary>The least and the greatest value that the source covers; empty where there is only one.</summary>
    public static string Range(Advised item) => item.Low is { } low && item.High is { } high && low < high ? $"{Number(low)} to {Number(high)}" : "";

    /// <summary>A source's own value and what it was multiplied by; empty where nothing was.</summary>
    public static string Scaled(Alternative other) => other.Own is not { } own || other.Changes.Count == 0 ? ""
        : $"{Number(own)} × {string.Join(" × ", other.Changes.Select(c => $"{Number(c.Factor)} ({c.Reason.TrimEnd('.')})"))}";

    /// <summary>Why a batch cannot be written where all devices must get equally many samples at a time.</summary>
    public static string Uneven(Proposal proposal, double devices)
    {
        double load = devices * (proposal.Case.DeviceBatch ?? 1), batch = Math.Round(proposal.Plan!.Batch * proposal.Plan.Accumulation);
        return $"An update of {Count(batch, "sample")} does not split into equal parts for {Count(devices, "device")}, which this form needs: "
            + (proposal["optimizer"]?.Text == "lbfgs" ? $"take {Count(Enumerable.Range(0, (int)devices).Select(k => devices - k).First(d => batch % d == 0), "device")}." : Invariant($"take a batch of {load * Math.Max(1, Math.Round(batch / load)):0}, or another multiple of {load:0}."));
    }

    /// <summary>How long the run is, and what an update is.</summary>
    public static string Run(Plan plan) => $"The run: {Count(plan.Updates, "update")} of {Count(plan.Batch * plan.Accumulation, "sample", "#,0.#")}"
        + (plan.TokensPerSample > 1 ? $", {Count(plan.Batch * plan.Accumulation * plan.TokensPerSample, "token", "N0")}" : "")
        + (plan.Accumulation > 1 ? Invariant($" ({plan.Accumulation} batches of {(plan.Batch == Math.Floor(plan.Batch) ? "" : "at most ")}{Math.Ceiling(plan.Batch):#,0} accumulated).") : ".");

    /// <summary>One sentence for each stage of a plan of so many runs about the peak; none where no peak is advised.</summary>
    public static IEnumerable<string> Stages(Proposal proposal, int runs)
    {
        if (proposal["peak"] is null)
            yield break;
        if (TuningPlan.NothingToTune(proposal) is { } nothing)
        {
            yield return nothing;
            yield break;
        }
        double before = 0;
        foreach (var (i, stage) in TuningPlan.Of(proposal, runs).Stages.Index())
        {
            // What is saved is told where it changes.
            yield return stage.What + (i == 0 ? $" Rates: {Rates(stage.Rates)}." : "") + (stage.Saves > before ? " " + (before == 0 ? Saves("Up to here", stage.Saves) : Invariant($"Then {stage.Saves * 100:0} % is saved, on the same assumptions.")) : "");
            before = stage.Saves;
        }
    }

    /// <summary>What a sweep for so many trials tries, and why; none where no peak is advised.</summary>
    /// <param name="proposal">What is advised.</param>
    /// <param name="runs">How many trials; null where none were named.</param>
    public static IEnumerable<string> Sweep(Proposal proposal, int? runs)
    {
        if (proposal["peak"] is not { } peak)
            yield break;
        if (TuningPlan.NothingToTune(proposal) is { } nothing)
        {
            yield return nothing;
            yield break;
        }
        var plan = TuningPlan.Of(proposal, runs ?? TuningPlan.UsualRuns);
        yield return Invariant($"{Count(plan.Trials, "trial")}{(runs > plan.Trials ? Invariant($" of the {runs}") : "")}: each of {plan.Rates.Count} rates with {plan.TuningSeeds} seed{(plan.TuningSeeds == 1 ? "" : "s")} that choose{(plan.TuningSeeds == 1 ? "s" : "")} the rate and {plan.EvaluationSeeds} others that judge it. Rates: {Rates(plan.Rates)}.");
        yield return Saves("The choice among them saves", plan.SweepSaves, isVerb: true);
        yield return peak.Ceiling is { } ceiling ? Invariant($"It is not widened: above {Number(ceiling.Value)} nothing is tried after the run that broke. [{ceiling.Row}]")
            : Invariant($"Where the best lies at an end, two rates are added beyond it, at most {plan.Widenings} times: {2 * (plan.TuningSeeds + plan.EvaluationSeeds)} further trials each time, at each end.");
    }

    static string Rates(IEnumerable<double> rates) => string.Join(", ", rates.Select(Number));

    /// <summary>A share that is saved, with what it takes for granted.</summary>
    static string Saves(string what, double share, bool isVerb = false) =>
        Invariant($"{what} {share * 100:0} % of what the advised rate loses against the best {(isVerb ? "" : "is saved ")}on average, {TuningPlan.Assumption}.");

    /// <summary>Which questions must be answered before the proposal is whole, or why it cannot be.</summary>
    /// <param name="proposal">A proposal that is not whole.</param>
    /// <param name="name">What a member of a case is called where it is asked for.</param>
    public static string Missing(Proposal proposal, Func<string, string> name)
    {
        string[] must = [.. proposal.Questions.Where(q => q.Must && !q.IsContradiction).Select(q => name(q.Member))];
        string[] wrong = [.. proposal.Questions.Where(q => q.IsContradiction).Select(q => $"{q.Ask} {q.Reason} [{name(q.Member)}]")];
        string[] open = [.. wrong.Length > 0 ? [$"What was said does not go together: {string.Join(" ", wrong)}"] : Array.Empty<string>(),
            .. must.Length > 0 ? [$"Still to be said before there is a whole proposal: {string.Join(", ", must)}."] : Array.Empty<string>()];
        return open.Length > 0 ? string.Join(" ", open)
            : $"There is no advice for {(proposal["peak"] is null ? "the peak rate" : "the length")} of such a run: give a rate that worked before ({name("earlierRate")}, {name("earlierBatch")}), or find one with anneal find-rate.";
    }
}
