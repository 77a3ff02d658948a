namespace Anneal.Runs;

/// <summary>The arguments of diffusers' training scripts.</summary>
/// <remarks>
/// accelerate steps the scheduler as often as there are processes in every update; the scripts multiply warm-up and total by them, so in updates nothing changes.
/// <code>total = max_train_steps, else epochs · ⌈⌈batches / processes⌉ / accumulation⌉</code>
/// </remarks>
sealed class Diffusers : RunFramework
{
    public override string Name => "diffusers";

    public override int Recognise(MapNode root, ConfigurationFormat format) => Math.Min(9,
        2 * Count(root, "max_train_steps", "lr_warmup_steps", "pretrained_model_name_or_path", "lr_power", "lr_num_cycles", "train_batch_size") + Count(root, "num_train_epochs", "learning_rate", "lr_scheduler", "scale_lr", "instance_prompt", "resolution"));

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        NearMisses.Find(reading, reading.Root, "", known);
        double world = reading.Given.Find("worldSize") ?? file.Number("num_processes", 1), batch = file.Number("train_batch_size", 4), accumulation = file.Number("gradient_accumulation_steps", 1);
        double rate = file.Number("learning_rate", 5e-6) * (file.Flag("scale_lr") ? accumulation * batch * world : 1), warmup = file.Number("lr_warmup_steps", 500);
        string name = file.Word("lr_scheduler", "constant");
        var (total, perEpoch, samples) = Total(reading, file, "num_train_epochs", 1, "max_train_steps", null, batch, accumulation, world);

        file.Note(Role.Rate, "learning_rate", rate);
        file.Note(Role.Scheduler, "lr_scheduler");
        file.Note(Role.Warmup, "lr_warmup_steps", warmup);
        file.Note(Role.Total, "max_train_steps", total);
        file.Note(Role.Epochs, "num_train_epochs");
        file.Note(Role.Batch, "train_batch_size", batch);
        file.Note(Role.Accumulation, "gradient_accumulation_steps");
        var none = new Section(reading, MapNode.Empty, "", NumberStyle.Converted);
        var keywords = name switch
        {
            "cosine_with_restarts" => none.With("num_cycles", file.Number("lr_num_cycles", 1)),
            "polynomial" => none.With("power", file.Number("lr_power", 1)),
            _ => none,
        };
        if (name is not ("linear" or "cosine" or "cosine_with_restarts" or "polynomial" or "constant" or "constant_with_warmup"))
            throw file.Refused("lr_scheduler", name == "piecewise_constant" ? "is piecewise_constant, whose steps these scripts do not take"
                : $"must be linear, cosine, cosine_with_restarts, polynomial, constant or constant_with_warmup, not {name}");
        if (name == "constant" && file.Number("lr_warmup_steps", 0) > 0)
            reading.Warn("ignored-key", "lr_warmup_steps", file.PlaceOf("lr_warmup_steps"), "lr_warmup_steps has no effect: lr_scheduler is constant; constant_with_warmup climbs.");
        var curve = TransformersCurves.Of(name, rate, warmup * world, total * world, keywords, file, "lr_scheduler");
        return new(Name, name, new(total)
        {
            Warmup = name == "constant" ? 0 : warmup,
            UpdatesPerEpoch = perEpoch,
            Samples = samples,
            SamplesPerUpdate = batch * accumulation * world,
            Origin = file.Has("max_train_steps") ? $"max_train_steps = {total}" : $"{file.Number("num_train_epochs", 1)} epochs × {perEpoch} updates = {total}",
        })
        { Rates = n => curve(n * world) };
    }

    /// <summary>Updates of the run, of an epoch, and the samples, if they are known.</summary>
    public static (double Total, double? PerEpoch, double? Samples) Total(Reading reading, Section file, string epochsKey, double? defaultEpochs, string stepsKey, double? defaultSteps, double batch, double accumulation, double world)
    {
        double? samples = reading.Given.Find("samples"), batches = reading.Given.Find("batchesPerEpoch") ?? (samples is { } n ? Math.Ceiling(n / batch) : null);
        double? steps = file.NumberIfGiven(stepsKey), epochs = file.NumberIfGiven(epochsKey) ?? defaultEpochs;
        bool byEpochs = defaultSteps is null ? steps is null : epochs is not null;
        if (byEpochs && batches is null)
            throw new MissingGivenException("samples", $"the run is given in epochs ({file.Path(epochsKey)})");
        double? perEpoch = batches is { } b ? Math.Ceiling(Math.Ceiling(b / world) / accumulation) : null;
        return (byEpochs ? epochs!.Value * perEpoch!.Value : steps ?? defaultSteps!.Value, perEpoch, samples);
    }

    static readonly string[] known =
    [
        "learning_rate", "lr_scheduler", "lr_warmup_steps", "lr_num_cycles", "lr_power", "max_train_steps", "num_train_epochs", "train_batch_size", "gradient_accumulation_steps", "scale_lr",
        "resolution", "checkpointing_steps", "validation_steps", "sample_batch_size", "num_processes", "learning_rate_text", "max_train_samples", "text_encoder_lr", "snr_gamma", "max_grad_norm",
    ];
}
