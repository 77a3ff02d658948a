namespace Anneal.Runs;

/// <summary>The arguments of kohya's sd-scripts.</summary>
/// <remarks>Only the total is multiplied by the processes: an absolute lr_warmup_steps or lr_decay_steps lasts one over so many of that in updates. A value below 1, or with %, is a part of the total, rounded down.</remarks>
sealed class Kohya : RunFramework
{
    public override string Name => "kohya";

    public override int Recognise(MapNode root, ConfigurationFormat format) => Count(root, "network_module", "lr_scheduler_num_cycles", "lr_scheduler_power", "max_train_epochs", "lr_decay_steps", "lr_scheduler_timescale", "lr_scheduler_min_lr_ratio",
        "network_dim", "unet_lr", "min_snr_gamma", "cache_latents") is var own && own > 0 ? Math.Min(10, 6 + 2 * own)
        : Count(root, "max_train_steps", "lr_scheduler", "learning_rate") == 3 && !root.Has("train_batch_size") && !root.Has("num_train_epochs") ? 7 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        NearMisses.Find(reading, reading.Root, "", known);
        if (file.Has("lr_scheduler_type"))
            throw new ConfigurationException("lr_scheduler_type names a class of another library, which is not read", file.PlaceOf("lr_scheduler_type"), "lr_scheduler_type");
        double world = reading.Given.Find("worldSize") ?? file.Number("num_processes", 1), accumulation = file.Number("gradient_accumulation_steps", 1), batch = file.Number("train_batch_size", 1);
        double rate = file.Number("learning_rate", 2e-6), cycles = file.Number("lr_scheduler_num_cycles", 1);
        string name = file.Word("lr_scheduler", "constant");
        var (updates, perEpoch, samples) = Diffusers.Total(reading, file, "max_train_epochs", null, "max_train_steps", 1600, batch, accumulation, world);
        double total = updates * world, warmup = Steps(file, "lr_warmup_steps", total), decay = Steps(file, "lr_decay_steps", total);
        if (name == "constant" && warmup != 0)
            throw file.Refused("lr_warmup_steps", "is given, and constant takes no warm-up; constant_with_warmup does");
        double? ratio = file.NumberIfGiven("lr_scheduler_min_lr_ratio");

        file.Note(Role.Rate, "learning_rate", rate);
        file.Note(Role.Scheduler, "lr_scheduler");
        file.Note(Role.Warmup, "lr_warmup_steps", warmup);
        file.Note(Role.Total, "max_train_steps", updates);
        file.Note(Role.Epochs, "max_train_epochs");
        file.Note(Role.Batch, "train_batch_size", batch);
        file.Note(Role.Accumulation, "gradient_accumulation_steps");
        file.Note(Role.Floor, "lr_scheduler_min_lr_ratio", ratio);
        var none = Extra(file);
        var curve = name switch
        {
            "inverse_sqrt" => TransformersCurves.InverseSqrt(rate, warmup, file.NumberIfGiven("lr_scheduler_timescale")),
            "cosine_with_restarts" => Of(none.With("num_cycles", cycles)),
            "polynomial" => Of(none.With("power", file.Number("lr_scheduler_power", 1))),
            "cosine_with_min_lr" => Of(none.With("num_cycles", cycles / 2).With("min_lr_rate", ratio)),
            "warmup_stable_decay" => Of(none.With("num_stable_steps", total - warmup - decay).With("num_decay_steps", decay).With("num_cycles", cycles / 2).With("min_lr_ratio", ratio ?? 0)),
            "piecewise_constant" => throw new ConfigurationException("piecewise_constant is not read from sd-scripts' arguments yet", file.PlaceOf("lr_scheduler"), "lr_scheduler"),
            _ when name.StartsWith("adafactor", StringComparison.Ordinal) => throw new ConfigurationException("adafactor chooses its rate itself, from the weights", file.PlaceOf("lr_scheduler"), "lr_scheduler"),
            _ => Of(none),
        };
        if (world > 1 && file.NumberIfGiven("lr_warmup_steps") is >= 1)
            reading.Warn("warmup-by-processes", "lr_warmup_steps", file.PlaceOf("lr_warmup_steps"),
                $"lr_warmup_steps {warmup} lasts {warmup / world} updates: the scheduler is stepped {world} times an update, and only the total is multiplied; give a ratio instead.");
        return new(Name, name, new(updates)
        {
            Warmup = name == "constant" ? 0 : warmup / world,
            UpdatesPerEpoch = perEpoch,
            Samples = samples,
            SamplesPerUpdate = batch * accumulation * world,
            Origin = file.Has("max_train_epochs") ? $"{file.Word("max_train_epochs", "")} epochs × {perEpoch} updates = {updates}" : $"max_train_steps = {updates}",
        })
        { Rates = n => curve(n * world) };

        Func<double, double> Of(Section keywords) => TransformersCurves.Of(name, rate, warmup, total, keywords, file, "lr_scheduler");
    }

    /// <summary>Steps, or below 1 and with % a part of the total.</summary>
    static double Steps(Section file, string key, double total)
    {
        if (file.WordIfGiven(key) is not { } text)
            return 0;
        double? part = text.EndsWith('%') ? PythonNumber.Float(text[..^1]) / 100 : PythonNumber.Float(text);
        return part is not { } value ? throw file.Refused(key, $"must be a number or a percentage, not {text}")
            : text.EndsWith('%') || value < 1 ? Math.Truncate(value * total) : value == Math.Floor(value) ? value
            : throw file.Refused(key, $"must be a whole number or below 1, not {text}");
    }

    /// <summary><c>lr_scheduler_args "power=2" …</c></summary>
    static Section Extra(Section file)
    {
        var extra = new Section(file.Reading, MapNode.Empty, "lr_scheduler_args ", NumberStyle.Converted);
        foreach (string argument in file.WordsIfGiven("lr_scheduler_args") ?? [])
            extra = argument.Split('=') is [var key, var value] && PythonNumber.Float(value) is { } number ? extra.With(key, number)
                : throw file.Refused("lr_scheduler_args", $"takes key=number pairs; {argument} is none");
        return extra;
    }

    static readonly string[] known =
    [
        "learning_rate", "lr_scheduler", "lr_warmup_steps", "lr_decay_steps", "lr_scheduler_num_cycles", "lr_scheduler_power", "lr_scheduler_timescale", "lr_scheduler_min_lr_ratio",
        "lr_scheduler_args", "lr_scheduler_type", "max_train_steps", "max_train_epochs", "train_batch_size", "gradient_accumulation_steps", "unet_lr", "text_encoder_lr", "network_dim",
        "save_every_n_epochs", "save_every_n_steps", "num_processes", "optimizer_args", "optimizer_type", "vae_batch_size", "network_args",
    ];
}
