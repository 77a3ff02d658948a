namespace Anneal.Runs;

/// <summary>Transformers' TrainingArguments, in JSON or YAML.</summary>
/// <remarks>
/// <code>batches per process = ⌈⌈samples / per-device batch⌉ / processes⌉     (⌊ ⌋ both times with dataloader_drop_last)
/// updates per epoch = ⌈batches / accumulation⌉, at least 1     total = ⌈epochs · updates per epoch⌉, or max_steps where that is above 0</code>
/// A warm-up below 1 is a ratio of the total, rounded up. Where both are above 0, <c>warmup_ratio</c> wins (as of version 5).
/// </remarks>
class TransformersTrainer : RunFramework
{
    public override string Name => "hf";

    public override int Recognise(MapNode root, ConfigurationFormat format) => format is ConfigurationFormat.Toml or ConfigurationFormat.Python ? 0
        : Math.Min(8, 2 * Count(root, "per_device_train_batch_size", "lr_scheduler_type", "num_train_epochs", "lr_scheduler_kwargs")
            + Count(root, "learning_rate", "output_dir", "warmup_ratio", "max_steps", "gradient_accumulation_steps", "warmup_steps"));

    /// <summary>PyYAML's numbers, and nothing is converted: a rate of <c>1e-4</c> is a text and breaks the optimizer.</summary>
    protected virtual NumberStyle Numbers => NumberStyle.PyYaml;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top(Numbers);
        double rate = file.Number("learning_rate", 5e-5), epochs = file.Number("num_train_epochs", 3), limit = file.Number("max_steps", -1);
        double batch = file.Number("per_device_train_batch_size", 8), accumulation = file.Number("gradient_accumulation_steps", 1);
        string scheduler = file.Word("lr_scheduler_type", "linear").Replace("SchedulerType.", "").ToLowerInvariant();
        Near(reading);

        double? samples = reading.Given.Find("samples"), perEpoch = null;
        double Round(double x) => file.Flag("dataloader_drop_last") ? Math.Floor(x) : Math.Ceiling(x);
        if (samples is { } n || limit <= 0)
        {
            double batches = Round(Round((samples ?? reading.Given.Demand("samples")) / batch) / reading.WorldSize);
            perEpoch = Math.Max(1, Math.Ceiling(batches / accumulation));
        }
        double total = limit > 0 ? limit : Math.Ceiling(epochs * perEpoch!.Value);
        double length = file.Number(WarmupKey(file), 0);
        if (length < 0)
            throw file.Refused(WarmupKey(file), "must be 0 or above");
        double warmup = length < 1 ? Math.Ceiling(total * length) : Math.Truncate(length);

        Notes(file, rate, limit, length);
        Remark(file, scheduler, limit, epochs, perEpoch, length);
        var keywords = Keywords(file, scheduler, warmup, total);
        return new(Name, scheduler, new(total)
        {
            Warmup = scheduler == "constant" ? 0 : warmup,
            UpdatesPerEpoch = perEpoch,
            SamplesPerUpdate = batch * accumulation * reading.WorldSize,
            Samples = samples,
            Origin = limit > 0 ? $"max_steps = {limit}" : $"⌈{epochs} epochs × {perEpoch} updates⌉ = {total}",
        })
        {
            Rates = TransformersCurves.Of(scheduler, rate, warmup, total, keywords, file, "lr_scheduler_type"),
        };
    }

    /// <summary>The setting that counts. Version 4 writes both, of which the ratio is 0 where there are steps; version 5 repeats a ratio as the steps.</summary>
    static string WarmupKey(Section file) => file.NumberIfGiven("warmup_ratio") is { } ratio && (ratio != 0 || file.Number("warmup_steps", 0) == 0) ? "warmup_ratio" : "warmup_steps";

    /// <summary>What is handed on to the schedule.</summary>
    protected virtual Section Keywords(Section file, string scheduler, double warmup, double total) => file.InnerOrEmpty("lr_scheduler_kwargs");

    static void Notes(Section file, double rate, double limit, double warmup)
    {
        file.Note(Role.Rate, "learning_rate", rate);
        file.Note(Role.Scheduler, "lr_scheduler_type");
        file.Note(Role.Warmup, WarmupKey(file), warmup);
        file.Note(Role.Total, "max_steps", limit);
        file.Note(Role.Epochs, "num_train_epochs");
        file.Note(Role.Batch, "per_device_train_batch_size");
        file.Note(Role.Accumulation, "gradient_accumulation_steps");
    }

    static void Remark(Section file, string scheduler, double limit, double epochs, double? perEpoch, double length)
    {
        var reading = file.Reading;
        string warmup = WarmupKey(file);
        double ratio = file.Number("warmup_ratio", 0), steps = file.Number("warmup_steps", 0);
        if (ratio > 0 && steps > 0 && ratio != steps)
            reading.Warn("two-warmups", "warmup_steps", file.PlaceOf("warmup_steps"), "warmup_steps and warmup_ratio are both given: version 5 takes warmup_ratio, version 4 takes warmup_steps; keep one.");
        if (scheduler == "constant" && length > 0)
            reading.Warn("ignored-key", warmup, file.PlaceOf(warmup), $"{warmup} has no effect: lr_scheduler_type is constant; constant_with_warmup climbs.");
        if (warmup == "warmup_ratio" && length > 1)
            reading.Warn("ratio-above-one", "warmup_ratio", file.PlaceOf("warmup_ratio"), $"warmup_ratio {length} is above 1 and counts as {Math.Truncate(length)} updates; write {length / 100} for {length} %.");
        if (scheduler is "constant" or "constant_with_warmup" or "inverse_sqrt" && file.Inner("lr_scheduler_kwargs") is { Map.Entries.Count: > 0 })
            reading.Warn("ignored-key", "lr_scheduler_kwargs", file.PlaceOf("lr_scheduler_kwargs"), $"lr_scheduler_kwargs has no effect: it is not handed to {scheduler}.");
        if (limit > 0 && file.Has("num_train_epochs") && perEpoch is { } updates && Math.Abs(Math.Ceiling(epochs * updates) - limit) > 0.01 * limit)
            reading.Warn("two-lengths", "max_steps", file.PlaceOf("max_steps"),
                $"max_steps {limit} wins over num_train_epochs {epochs}, which would be {Math.Ceiling(epochs * updates)} updates; keep one.");
    }

    static readonly string[] known =
    [
        "learning_rate", "num_train_epochs", "max_steps", "per_device_train_batch_size", "gradient_accumulation_steps", "lr_scheduler_type", "lr_scheduler_kwargs",
        "warmup_ratio", "warmup_steps", "dataloader_drop_last", "per_device_eval_batch_size", "weight_decay", "eval_steps", "save_steps", "logging_steps", "max_grad_norm",
        "per_gpu_train_batch_size", "train_batch_size", "learning_rate_schedule", "warmup", "resume_from_checkpoint", "max_length", "max_samples", "val_size", "eval_batch_size",
    ];

    /// <summary>Names that are almost one of ours: the schedule's settings stand among many others here, so what is unknown cannot be told from what is not ours.</summary>
    protected void Near(Reading reading) => NearMisses.Find(reading, reading.Root, "", known);
}
