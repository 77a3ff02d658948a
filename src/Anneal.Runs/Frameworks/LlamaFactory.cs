namespace Anneal.Runs;

/// <summary>LLaMA-Factory's YAML: Transformers' arguments among its own, read by OmegaConf, so <c>1e-4</c> is a number.</summary>
/// <remarks>Samples are those that remain after <c>val_size</c>, <c>max_samples</c> and packing. A warmup_stable_decay without numbers is stable for a third of what follows the warm-up.</remarks>
sealed class LlamaFactory : TransformersTrainer
{
    public override string Name => "llamafactory";

    public override int Recognise(MapNode root, ConfigurationFormat format) => Count(root, "stage", "finetuning_type", "template", "cutoff_len") is var own && own > 0
        ? Math.Min(10, base.Recognise(root, format) + 2 * own) : 0;

    protected override NumberStyle Numbers => NumberStyle.Converted;

    protected override Section Keywords(Section file, string scheduler, double warmup, double total)
    {
        var keywords = base.Keywords(file, scheduler, warmup, total);
        if (scheduler != "warmup_stable_decay")
            return keywords;
        double stable = Math.Floor((total - warmup) / 3);
        return keywords.With("num_stable_steps", stable).With("num_decay_steps", total - warmup - stable);
    }
}
