using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>What follows from the decided numbers together, and from none of them alone.</summary>
static class ProposalRemarks
{
    public static IEnumerable<string> Of(TrainingCase given, Facts facts, Consultation decided, Plan? plan)
    {
        double? updates = plan?.Updates, peak = decided["peak"], decay = decided["decay"], climb = decided["warm-up"];
        if (updates is { } run && climb > run / 4)
            yield return climb > run / 2
                ? Invariant($"The warm-up of {climb:N0} updates does not fit into {run:N0}: it was cut to half the run. The source was made for longer runs.")
                : Invariant($"The warm-up takes {climb / run:P0} of the run: the source was made for longer ones.");
        if (updates is { } length && peak > 0 && decay > 0 && facts.Word("kin") is "adam" && 1 / (peak * decay) is { } memory)
            yield return Invariant($"Decay alone would shrink a weight to 1/e after 1/(ηλ) = {memory:N0} updates, {memory / length:0.##} times the run")
                + (memory > 3 * length ? ": in so short a run λ does little, and need not be tuned." : memory < length / 10 ? ": it forgets early updates; that is a strong decay." : ".");
        if (updates is { } whole && facts["beta2Memory"] is { } slow && slow > whole / 2)
            yield return Invariant($"The second moment remembers {slow:N0} updates, and the run has {whole:N0}: lower β₂ to about {1 - 10 / whole:0.###}, or the rate per weight never settles.");
        if (facts["tokensPerParameter"] is { } tokens && given.Task == TrainingTask.LanguageModeling && given.Pretrained == false)
            yield return tokens < 10 ? Invariant($"{tokens:0.#} tokens a weight: a smaller model would end lower for the same compute (20 is about optimal: Hoffmann and others, 2022).")
                : tokens > 40 ? Invariant($"{tokens:0} tokens a weight: past the compute-optimal 20, which is right where the model is used much.")
                : Invariant($"{tokens:0} tokens a weight: about compute-optimal (20: Hoffmann and others, 2022).");
        if (facts["epochs"] is > 4 and var epochs && given.Task == TrainingTask.LanguageModeling && given.Pretrained == false)
            yield return Invariant($"{epochs:0.#} passes over the same tokens: up to four are nearly as good as new ones (Muennighoff and others, 2023), past that watch the validation loss.");
        if (plan is { Accumulation: > 1 })
            yield return Invariant($"{plan.Accumulation} batches of {plan.Batch:0.#} are accumulated for one update; schedule, warm-up and log count updates.");
        if (given.Devices is { } devices && given.DeviceBatch is { } fits && facts["batch"] is { } batch && batch / (devices * fits) is var parts && Math.Abs(parts - Math.Round(parts)) > 1e-9)
            yield return Invariant($"A batch of {batch:0.#} is no multiple of {devices:0} devices × {fits:0.#}: take {devices * fits * Math.Max(1, Math.Round(parts)):0} or another multiple.");
        if (given.Devices is { } many && facts["batch"] < many)
            yield return Invariant($"There are more devices ({many:0}) than samples in an update ({facts["batch"]:0}).");
        if (updates is { } few && few < 100 && facts.Word("optimizer") is not "lbfgs")
            yield return Invariant($"{few:N0} updates are very few: published rates are for longer runs. Make the batch smaller, or expect a higher best rate.");
        if (facts.Word("optimizer") == "adam" && decay > 0)
            yield return "Adam puts the decay into the gradient and divides it by the gradient's size (lesson 07); published decays are AdamW's, beside the step. Take adamW, or leave the decay out.";
        if (facts["earlierRate"] is { } earlier && peak < earlier / 2.5 && given.Symptoms.Any(s => s.Kind is SymptomKind.Spikes or SymptomKind.Diverges or SymptomKind.NotANumber))
            yield return Invariant($"The run with the symptom was at {ProposalText.Number(earlier)}, {earlier / peak:0.#} times what is usual for such a run: that alone may be the cause. Change the rate first, and nothing else.");
        if (facts.Word("optimizer") == "muon")
            yield return "Muon is for hidden matrices: give embeddings and the output layer to AdamW, by a group of their names, at the same rate. This is the form whose step is as long as AdamW's.";
        if (decided.RowOf("peak") is { Id: "tuning-images-adam" })
            yield return "That peak goes with a rate that falls by 0.65 to 0.75 a layer towards the input; without it take a tenth.";
    }
}
