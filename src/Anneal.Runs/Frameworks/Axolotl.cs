namespace Anneal.Runs;

/// <summary>axolotl's YAML.</summary>
/// <remarks>
/// <code>total = max_steps, else ⌈samples · epochs / (micro batch · accumulation · processes)⌉</code>
/// which is not the product of rounded parts that Transformers makes. Warm-up: <c>warmup_steps</c>, else a ratio rounded down, else 3 % and at most 100; 1 becomes 2.
/// </remarks>
sealed class Axolotl : RunFramework
{
    public override string Name => "axolotl";

    public override int Recognise(MapNode root, ConfigurationFormat format) => format == ConfigurationFormat.Arguments || !root.Has("micro_batch_size") || Count(root, "base_model", "num_epochs", "learning_rate", "lr_scheduler", "datasets", "sequence_len") == 0 ? 0
        : Math.Min(10, 3 * Count(root, "micro_batch_size", "base_model", "num_epochs") + Count(root, "lr_scheduler", "adapter", "sequence_len", "datasets", "sample_packing"));

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        double rate = file.Demand("learning_rate"), epochs = file.Number("num_epochs", 1), micro = file.Number("micro_batch_size", 1), world = reading.WorldSize;
        double accumulation = file.NumberIfGiven("gradient_accumulation_steps") ?? (file.NumberIfGiven("batch_size") is { } whole ? Math.Floor(whole / micro) : 1);
        double batch = micro * accumulation * world, limit = file.Number("max_steps", 0);
        string scheduler = file.Word("lr_scheduler", "cosine");
        if (file.Number("warmup_steps", 0) != 0 && file.Number("warmup_ratio", 0) != 0)
            throw file.Refused("warmup_steps", "and warmup_ratio exclude each other");
        NearMisses.Find(reading, reading.Root, "", known);

        bool packed = file.Flag("sample_packing");
        if (packed && limit <= 0)
            reading.Warn("packing", "sample_packing", file.PlaceOf("sample_packing"), "sample_packing makes fewer, longer samples: give the number of packed ones as samples.", Severity.Info);
        double? samples = reading.Given.Find("samples");
        bool ratio = !file.Has("warmup_steps");
        double? whole0 = limit <= 0 || (ratio && samples is null) ? reading.Given.Demand("samples") : samples;
        double fromEpochs = whole0 is { } n ? Math.Ceiling(n * epochs / batch) : double.PositiveInfinity;
        double total = limit > 0 ? limit : fromEpochs, counted = limit > 0 ? Math.Min(limit, fromEpochs) : fromEpochs;
        double warmup = file.NumberIfGiven("warmup_steps")
            ?? (file.NumberIfGiven("warmup_ratio") is { } part ? Math.Max(0, Math.Truncate(part * counted)) : Math.Min(Math.Truncate(0.03 * counted), 100));
        warmup = warmup == 1 ? 2 : warmup;
        warmup = warmup < 1 ? Math.Ceiling(total * warmup) : Math.Truncate(warmup);

        file.Note(Role.Rate, "learning_rate", rate);
        file.Note(Role.Scheduler, "lr_scheduler");
        file.Note(Role.Warmup, file.Has("warmup_ratio") ? "warmup_ratio" : "warmup_steps", warmup);
        file.Note(Role.Total, "max_steps", limit);
        file.Note(Role.Epochs, "num_epochs");
        file.Note(Role.Batch, "micro_batch_size");
        file.Note(Role.Accumulation, "gradient_accumulation_steps");
        file.Note(Role.Floor, "cosine_min_lr_ratio", file.NumberIfGiven("cosine_min_lr_ratio"));
        return new(Name, scheduler, new(total)
        {
            Warmup = scheduler == "constant" ? 0 : warmup,
            UpdatesPerEpoch = samples / batch,
            SamplesPerUpdate = batch,
            TokensPerSample = file.NumberIfGiven("sequence_len"),
            Samples = samples,
            Origin = limit > 0 ? $"max_steps = {limit}" : $"⌈{samples} samples × {epochs} epochs / ({micro} × {accumulation} × {world})⌉ = {total}",
        })
        { Rates = Curve(reading, file, scheduler, rate, warmup, total), Holds = file.Has("cosine_constant_lr_ratio") };
    }

    static Func<double, double> Curve(Reading reading, Section file, string scheduler, double rate, double warmup, double total)
    {
        var keywords = file.InnerOrEmpty("lr_scheduler_kwargs");
        double floor = file.Number("cosine_min_lr_ratio", 0), held = file.Number("cosine_constant_lr_ratio", 0);
        bool cosine = scheduler is "cosine" or "one_cycle" or "rex";
        foreach (string key in (string[])["cosine_min_lr_ratio", "cosine_constant_lr_ratio"])
        {
            if (cosine && file.Number(key, 0) is < 0 or > 1)
                throw file.Refused(key, "must be from 0 to 1");
            if (file.Has(key) && !cosine)
                reading.Warn("ignored-key", key, file.PlaceOf(key), $"{key} has no effect: lr_scheduler is {scheduler}, not cosine.");
        }
        if (scheduler == "one_cycle")
        {
            keywords.Only("one_cycle", "pct_start", "anneal_strategy", "div_factor", "final_div_factor", "three_phase", "cycle_momentum", "base_momentum", "max_momentum");
            return OneCycleCurve.Of(rate, total, keywords.Number("pct_start", warmup / total), keywords.Word("anneal_strategy", "cos"), keywords.Number("div_factor", 25),
                keywords.Number("final_div_factor", 1e4), keywords.Flag("three_phase"));
        }
        if (scheduler == "rex")
            return Rex(file, rate, rate * floor, warmup, total);
        if (scheduler == "cosine" && file.Flag("lr_quadratic_warmup"))
        {
            if (floor > 0)
                reading.Warn("ignored-key", "cosine_min_lr_ratio", file.PlaceOf("cosine_min_lr_ratio"), "cosine_min_lr_ratio has no effect together with lr_quadratic_warmup: the rate goes to 0.");
            return t => rate * (t < warmup ? Math.Pow(t / Math.Max(1, warmup), 2) : Math.Max(0, Cosine((t - warmup) / Math.Max(1, total - warmup))));
        }
        if (scheduler == "cosine" && floor > 0 && held > 0)
        {
            double end = Math.Truncate(total * held);
            return TransformersCurves.Climb(rate, warmup, t => Math.Max(0, (1 - floor) * Cosine((Math.Min(t, end) - warmup) / Math.Max(1, end - warmup))) + floor);
        }
        if (scheduler == "cosine" && floor > 0)
            return TransformersCurves.Climb(rate, warmup, t => (1 - floor) * Cosine((t - warmup) / Math.Max(1, total - warmup)) + floor);
        return TransformersCurves.Of(scheduler, rate, warmup, total, keywords, file, "lr_scheduler");
    }

    /// <summary>Reflected exponential, which counts from one.</summary>
    static Func<double, double> Rex(Section file, double rate, double floor, double warmup, double total)
    {
        if (warmup > total)
            throw file.Refused("warmup_steps", $"({warmup}) must be at most the run ({total})");
        return update =>
        {
            double step = update + 1, after = step - warmup, remaining = total - warmup;
            if (step <= warmup)
                return rate * step / warmup;
            if (after >= remaining || remaining <= 0)
                return floor;
            double z = (remaining - after) / remaining;
            return rate * (floor / rate + (1 - floor / rate) * (z / (0.1 + 0.9 * z)));
        };
    }

    static double Cosine(double progress) => 0.5 * (1 + Math.Cos(Math.PI * progress));

    static readonly string[] known =
    [
        "learning_rate", "num_epochs", "micro_batch_size", "gradient_accumulation_steps", "batch_size", "max_steps", "lr_scheduler", "lr_scheduler_kwargs", "warmup_steps", "warmup_ratio",
        "cosine_min_lr_ratio", "cosine_constant_lr_ratio", "lr_quadratic_warmup", "sample_packing", "sequence_len", "weight_decay", "eval_batch_size", "save_steps", "eval_steps", "lr_groups",
    ];
}
