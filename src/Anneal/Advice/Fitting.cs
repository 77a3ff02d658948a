using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>Makes a source's own length or batch fit the run and the data there are, and says so.</summary>
static class Fitting
{
    /// <summary>The longest share of a run that is warm-up.</summary>
    public const double LongestWarmup = 0.25;

    /// <summary>The share of a run without a warm-up that counts as its start.</summary>
    public const double Start = 0.05;

    /// <summary>Updates that a free batch leaves to a run, where its range allows it.</summary>
    public const double WantedUpdates = 200;

    /// <summary>A warm-up in whole updates, cut where the run is too short for it.</summary>
    public static (double Updates, Change? Change) Warmup(double wanted, double? run)
    {
        double whole = Math.Max(0, Math.Ceiling(wanted - 1e-9));
        return run is { } updates && Math.Floor(LongestWarmup * updates) is var most && whole > most
            ? (most, new(most / whole, Arithmetic, Invariant($"A warm-up of {whole:#,0} does not fit into a run of {ProposalText.Count(updates, "update", "#,0")}: cut to a quarter of it."))) : (whole, null);
    }

    /// <summary>A batch in whole loads of the devices, or a power of two; smaller where the data or the budget are small.</summary>
    /// <param name="wanted">What the source takes, in samples.</param>
    /// <param name="least">The least that it covers.</param>
    /// <param name="facts">Data and budget.</param>
    /// <param name="load">What the devices take at a time; null where that is not known.</param>
    public static (double Batch, Change? Change) Batch(double wanted, double least, Facts facts, double? load)
    {
        double whole = load is { } unit ? unit * Math.Max(1, Math.Round(wanted / unit)) : Math.Pow(2, Math.Max(0, Math.Round(Math.Log2(wanted)))), batch = whole;
        double? budget = (facts["epochs"] * facts["samples"] ?? facts["trainingTokens"] / facts["tokensPerSample"]) / WantedUpdates;
        while (batch > budget && Smaller(batch) is var smaller && smaller >= Math.Max(1, least) && smaller < batch)
            batch = smaller;
        double shorter = batch;
        if (facts["samples"] is >= 1 and var samples && batch > Math.Floor(samples))
            batch = load is { } full && samples >= full ? full * Math.Floor(samples / full) : Math.Floor(samples);
        return batch == whole ? (batch, null) : (batch, new(batch / whole, Arithmetic, batch < shorter
            ? Invariant($"{ProposalText.Count(shorter, "sample", "#,0")} are more than the data set has.") : Invariant($"{whole:#,0} would leave the budget fewer than {WantedUpdates:0} updates.")));

        double Smaller(double now) => load is { } each ? now - each : now / 2;
    }

    static AdviceSource Arithmetic => AdviceSource.Of("arithmetic");
}
