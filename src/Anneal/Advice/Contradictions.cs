using static System.FormattableString;
using static Anneal.Advice.ProposalText;

namespace Anneal.Advice;

/// <summary>Answers that cannot all hold. Nothing is advised on them; each says what to change.</summary>
static class Contradictions
{
    /// <summary>Budgets in several units agree where they differ by no more than this part: samples and tokens are often rounded.</summary>
    const double Rounding = 0.02;

    /// <summary>The most batches that are accumulated for one update.</summary>
    const double MostParts = 1e6;

    public static IEnumerable<Question> Of(TrainingCase given, Facts facts)
    {
        double? samples = facts["samples"], batch = facts["batch"];
        if (given.EarlierRate is null && TrainingCase.Fields.FirstOrDefault(f => f.Name is "earlierBatch" or "earlierOptimizer" or "earlierShort" && f.Get(given) is not null) is { } alone)
            yield return New(alone.Name, $"Of an earlier run its {(alone.Name switch { "earlierBatch" => "batch", "earlierOptimizer" => "optimizer", _ => "length" })} is said, but not its peak rate, without which it says nothing.", "Give the rate too (earlierRate), or leave this out.");
        if (given.LowRank && (given.Pretrained == false || given.Family == ModelFamily.Linear))
            yield return New(given.Pretrained == false ? "pretrained" : "lowRank", "LoRA trains small factors beside weights that were trained before.", "Say that it starts from trained weights, or leave LoRA out.");
        if (samples < 1)
            yield return New("tokens", Invariant($"The data set, {Count(given.Tokens!.Value, "token")}, is shorter than one sample of {given.TokensPerSample:#,0.#}."), "Give shorter samples, or more data.");
        else if (given is { Tokens: { } tokens, Samples: { } counted, TokensPerSample: { } each } && tokens > counted * each * (1 + Rounding))
            yield return New("tokens", Invariant($"{Count(counted, "sample")} of {Count(each, "token", "#,0.#")} {(counted == 1 ? "is" : "are")} {Count(counted * each, "token", "#,0")}, and not {tokens:#,0}."), "Leave one of the three out.");
        if (given.Batch is { } fixedBatch && samples >= 1 && fixedBatch > samples)
            yield return New("batch", Invariant($"A batch of {fixedBatch:#,0} does not fit into a data set of {Count(Math.Floor(samples.Value), "sample")}."), samples < 2 ? "Take 1." : Invariant($"Take {Math.Floor(samples.Value):#,0} or fewer."));
        else if (given.Batch is { } part && part < samples && given.Optimizer == "lbfgs")
            yield return New("optimizer", Invariant($"L-BFGS takes differences of gradients, so that each update must see all {Count(samples!.Value, "sample", "#,0")}, and not {part:#,0}: noise would look like curvature."),
                "Leave the batch out, or take an optimizer for batches, such as momentum or adamW.");
        // No batch, advised or given, is larger than the data.
        if (given.Devices is { } devices && (batch ?? samples) is { } most && most < devices)
            yield return New("devices", Invariant($"{Count(devices, "device")} cannot share {(batch is null ? "a data set" : "an update")} of {Count(Math.Floor(most), "sample")}."),
                Invariant($"Take {Count(Math.Floor(most), "device")}{(most < 2 ? "" : " or fewer")}{(samples < devices ? "" : Invariant($", or a batch of {devices:#,0} or more"))}."));
        if (given.Devices * given.DeviceBatch is { } load && batch / load > MostParts)
            yield return New("deviceBatch", Invariant($"{Count(batch!.Value, "sample", "#,0")} in an update, {load:#,0} at a time, would be accumulated {batch / load:#,0} times."), Invariant($"Take a batch of {MostParts * load:#,0} or less, or more at a time."));
        (string Member, string Text, double Updates)[] budgets = [.. Budgets(given, samples, batch)];
        if (budgets is [var first, ..] && budgets.FirstOrDefault(b => Math.Abs(b.Updates - first.Updates) > Math.Max(Rounding * Math.Max(b.Updates, first.Updates), given.Epochs ?? 1)) is { Text: { } text } other)
            yield return New(other.Member, Invariant($"The budgets disagree: {first.Text} and {text} are {first.Updates:#,0.##} and {Count(other.Updates, "update", "#,0.##")}."), given.Batch is null ? "Give one of them, or the batch that makes them agree." : "Give one of them.");
        else if (budgets.FirstOrDefault(b => b.Updates > CaseLimits.Of("updates").Most) is { Text: { } endless } longest)
            yield return New(longest.Member, Invariant($"A budget of {endless} is {longest.Updates:0.##e0} updates of {Count(batch!.Value, "sample", "#,0")}; a run may have up to {CaseLimits.Of("updates").Most:0e0}."), "Give a shorter one, or a larger batch.");
        else if (budgets.FirstOrDefault(b => b.Updates < 1 - Rounding) is { Text: { } little } least)
            yield return New(least.Member, Invariant($"A budget of {little} is less than one update of {Count(batch!.Value, "sample", "#,0")}."), "Give a longer one, or a smaller batch.");
    }

    static IEnumerable<(string Member, string Text, double Updates)> Budgets(TrainingCase given, double? samples, double? batch)
    {
        if (given.Updates is { } updates)
            yield return ("updates", Count(updates, "update"), updates);
        if (given.Epochs is { } epochs && epochs * samples / batch is { } passes)
            yield return ("epochs", Count(epochs, "epoch"), passes);
        if (given.TrainingTokens is { } tokens && tokens / given.TokensPerSample / batch is { } read)
            yield return ("trainingTokens", Count(tokens, "token"), read);
    }

    static Question New(string member, string what, string fix) => new(member, what, fix, Must: true, IsContradiction: true);
}
