using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>What follows from the decided numbers together, and from none of them alone.</summary>
static class ProposalRemarks
{
    public static IEnumerable<string> Of(TrainingCase given, Facts facts, Consultation decided, Plan? plan)
    {
        foreach (var pair in AdviceTable.Of("pairs").Rows.Where(row => row.When.Holds(facts) == true))
            yield return $"{pair["reason"]} There is no recipe here for the two together. [{pair}]";
        double? updates = plan?.Updates, peak = decided["peak"], decay = decided["decay"];
        if (updates is { } length && peak > 0 && decay > 0 && facts.Word("optimizer") is "adamW" or "lion" or "muon" && 1 / (peak * decay) is { } memory)
            yield return Invariant($"Decay alone would shrink a weight to 1/e after 1/(ηλ) = {ProposalText.Count(memory, "update", "N0")}, {ProposalText.Number(ProposalText.Rounded(memory / length))} times the run")
                + (memory > 3 * length ? ": in so short a run λ does little, and need not be tuned." : memory < length / 10 ? ": what early updates did is forgotten." : ".");
        if (updates is { } whole && facts.Word("optimizer") is "adam" or "adamW" or "muon" && facts["beta2Memory"] is { } slow && slow > whole / 2)
            yield return Invariant($"The second moment remembers {ProposalText.Count(slow, "update", "N0")}, and the run has {whole:N0}: with the correction of its bias it is about the mean of all squared gradients so far.");
        if (facts["tokensPerParameter"] is { } tokens && given.Task == TrainingTask.LanguageModeling && given.Pretrained == false)
            yield return tokens < 10 ? Invariant($"{ProposalText.Count(tokens, "token", "0.#")} a weight: a smaller model would end lower for the same compute (20 is about optimal: Hoffmann and others, 2022).")
                : tokens > 40 ? Invariant($"{tokens:0} tokens a weight: past the compute-optimal 20, which is right where the model is used much.")
                : Invariant($"{tokens:0} tokens a weight: about compute-optimal (20: Hoffmann and others, 2022).");
        if (facts["epochs"] is > 4 and var epochs && given.Task == TrainingTask.LanguageModeling && given.Pretrained == false)
            yield return Invariant($"{epochs:0.#} passes over the same tokens: up to four are nearly as good as new ones (Muennighoff and others, 2023), past that watch the validation loss.");
        if (plan is { Accumulation: > 1 })
            yield return Invariant($"{plan.Accumulation} batches of {(plan.Batch == Math.Floor(plan.Batch) ? "" : "at most ")}{Math.Ceiling(plan.Batch):0} are accumulated for one update; schedule, warm-up and log count updates.");
        if (given.Batch is not null && facts["batchShare"] is not >= 1 && given.Devices is { } devices && given.DeviceBatch is { } fits && facts["batch"] is { } batch && batch / (devices * fits) is var parts && Math.Abs(parts - Math.Round(parts)) > 1e-9)
            yield return Invariant($"A batch of {batch:0.#} is no multiple of {ProposalText.Count(devices, "device", "0")} × {fits:0.#}: take {devices * fits * Math.Max(1, Math.Round(parts)):0} or another multiple.");
        if (facts["epochs"] is < 1 and var passes && !(given.Task is TrainingTask.LanguageModeling or TrainingTask.MaskedLanguageModeling && given.Pretrained == false))
            yield return Invariant($"The run sees {passes:P0} of the data set, and no sample twice: the rest could be held out, or the run be longer.");
        if (updates is { } few && few < 100 && facts.Word("optimizer") is not "lbfgs")
            yield return Invariant($"{(few == 1 ? "1 update is" : Invariant($"{few:N0} updates are"))} very few: published rates are for longer runs. Look for the best rate in the upper part of its range{(given.Batch is > 1 ? ", or make the batch smaller" : "")}.");
        if (decided.Ceiling is { } ceiling && peak < ceiling.Broke / 2.5)
            yield return Invariant($"The run with the symptom was at {ProposalText.Number(given.EarlierRate!.Value)}, {ceiling.Broke / peak:0.#} times what is usual for such a run{(given.EarlierBatch == facts["batch"] ? "" : " at its batch")}: that alone may be the cause. Change the rate first, and all else only if the symptom stays.");
        if (given.EarlierRate is not null && facts.Word("optimizer") is { } taken and not "lbfgs")
            if (facts.Word("earlierFits") == "no")
                yield return $"The earlier rate is one of {given.EarlierOptimizer}. It says nothing for {taken}, whose rates have another unit, and is not used.";
            else if (given.EarlierOptimizer is null)
                yield return $"The earlier rate is taken for one of {taken}. If that run had another optimizer, say which (earlierOptimizer): a rate of one may mean nothing for the other.";
        if (facts.Word("optimizer") == "muon")
            yield return "Muon is for hidden matrices: give embeddings and the output layer to AdamW, by a group of their names, at the same rate. This is the form whose step is as long as AdamW's.";
    }
}
