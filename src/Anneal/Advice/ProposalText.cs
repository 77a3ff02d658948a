using System.Globalization;
using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>How numbers and words of a proposal are written.</summary>
static class ProposalText
{
    /// <summary>Three digits: more would claim to be known.</summary>
    public static double Rounded(double value) => value == 0 ? 0 : double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>As people write it: 0.0006 is 6e-4, 524288 is 524,288.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        if (size >= 1e4 || (size >= 1 && value == Math.Floor(value)))
            return size >= 1e9 ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : value.ToString("#,0.###", CultureInfo.InvariantCulture);
        double rounded = Rounded(value);
        return size is >= 0.01 or 0 ? rounded.ToString("R", CultureInfo.InvariantCulture) : rounded.ToString("0.##e-0", CultureInfo.InvariantCulture);
    }

    public static string Word(Confidence sure) => sure.ToString().ToLowerInvariant();

    /// <summary>The least and the greatest value that the source covers; empty where there is only one.</summary>
    public static string Range(Advised item) => item.Low is { } low && item.High is { } high && low < high ? $"{Number(low)} to {Number(high)}" : "";

    /// <summary>How long the run is, and what an update is.</summary>
    public static string Run(Plan plan) => Invariant($"The run: {plan.Updates:N0} updates of {plan.Batch * plan.Accumulation:#,0.#} samples")
        + (plan.TokensPerSample > 1 ? Invariant($", {plan.Batch * plan.Accumulation * plan.TokensPerSample:N0} tokens") : "")
        + (plan.Accumulation > 1 ? Invariant($" ({plan.Accumulation} batches of {plan.Batch:#,0.#} accumulated).") : ".");

    /// <summary>One sentence for each stage of a plan of so many runs about the peak; none where no peak is advised.</summary>
    public static IEnumerable<string> Stages(Proposal proposal, int runs) => proposal["peak"] is null ? []
        : TuningPlan.Of(proposal, runs).Stages.Select((stage, i) => stage.What
            + (i == 0 ? $" Rates: {string.Join(", ", stage.Rates.Select(Number))}." : "")
            + (stage.Runs > 0 ? Invariant($" Up to here {stage.Saves:P0} of what the advised rate loses against the best is saved, on average.") : ""));

    /// <summary>Which questions must be answered before the proposal is whole, or why it cannot be.</summary>
    /// <param name="proposal">A proposal that is not whole.</param>
    /// <param name="name">What a member of a case is called where it is asked for.</param>
    public static string Missing(Proposal proposal, Func<string, string> name)
    {
        string[] must = [.. proposal.Questions.Where(q => q.Must).Select(q => name(q.Member))];
        return must.Length > 0 ? $"Still to be said before there is a whole proposal: {string.Join(", ", must)}."
            : $"There is no advice for {(proposal["peak"] is null ? "the peak rate" : "the length")} of such a run: give a rate that worked before ({name("earlierRate")}, {name("earlierBatch")}), or find one with anneal find-rate.";
    }
}
