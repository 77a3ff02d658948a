namespace Anneal.Runs;

/// <summary>The YAML of timm's train script.</summary>
/// <remarks>
/// <code>rate = lr, else lr_base · (batch · accumulation · processes / lr_base_size), or its square root</code>
/// Rates change by epoch, or by update with <c>sched_on_updates</c>. Without <c>warmup_prefix</c> the warm-up covers the start of the curve.
/// </remarks>
sealed class Timm : RunFramework
{
    public override string Name => "timm";

    public override int Recognise(MapNode root, ConfigurationFormat format) =>
        root.Has("sched") ? Math.Min(10, 6 + Count(root, "epochs", "opt", "warmup_epochs", "model", "decay_epochs", "lr_base", "warmup_lr", "cooldown_epochs", "min_lr"))
        : 2 * Count(root, "lr_base", "warmup_lr", "cooldown_epochs", "decay_milestones", "warmup_prefix");

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        NearMisses.Find(reading, reading.Root, "", known);
        if (file.Has("lr_noise"))
            throw new ConfigurationException("lr_noise draws random rates, which the configuration alone does not tell", file.PlaceOf("lr_noise"), "lr_noise");
        string name = file.Word("sched", "cosine"), optimizer = file.Word("opt", "sgd").ToLowerInvariant();
        double batch = file.Number("batch_size", 128) * file.Number("grad_accum_steps", 1) * reading.WorldSize, rate = file.Number("lr", 0);
        if (rate == 0)
        {
            string scale = file.Word("lr_base_scale", "") is { Length: > 0 } given ? given : optimizer.Contains("ada") || optimizer.Contains("lamb") ? "sqrt" : "linear";
            double ratio = batch / file.Number("lr_base_size", 256);
            rate = file.Number("lr_base", 0.1) * (scale == "sqrt" ? Math.Sqrt(ratio) : ratio);
        }
        bool onUpdates = file.Flag("sched_on_updates"), prefix = file.Flag("warmup_prefix");
        double perEpoch = reading.Given.Find("updatesPerEpoch") ?? (reading.Given.Find("samples") is { } samples ? Math.Ceiling(Math.Floor(samples / (batch / file.Number("grad_accum_steps", 1))) / file.Number("grad_accum_steps", 1)) : reading.Given.Demand("updatesPerEpoch"));
        double unit = onUpdates ? perEpoch : 1, epochs = file.Number("epochs", 300), warmup = file.Number("warmup_epochs", 5) * unit, cooldown = file.Number("cooldown_epochs", 0) * unit;
        file.Note(Role.Rate, file.Number("lr", 0) == 0 ? "lr_base" : "lr", rate);
        file.Note(Role.Scheduler, "sched");
        file.Note(Role.Warmup, "warmup_epochs", file.Number("warmup_epochs", 5));
        file.Note(Role.Epochs, "epochs", epochs);
        file.Note(Role.Floor, "min_lr", file.NumberIfGiven("min_lr"));
        file.Note(Role.Batch, "batch_size");
        file.Note(Role.Accumulation, "grad_accum_steps");
        if (file.Number("lr", 0) != 0 && file.Has("lr_base"))
            reading.Warn("ignored-key", "lr_base", file.PlaceOf("lr_base"), "lr_base has no effect: lr is given.");
        if (name == "multistep" && (file.NumbersIfGiven("decay_milestones") ?? [90, 180, 270]).Count(m => m >= epochs) is > 0 and var late)
            reading.Warn("milestone-beyond-end", "decay_milestones", file.PlaceOf("decay_milestones"), $"{late} of decay_milestones lie beyond the {epochs} epochs and never happen.");
        var (curve, length) = Curve(file, name, rate, epochs * unit, warmup, prefix, unit);
        double run = length is { } cycles ? onUpdates ? Math.Floor((cycles + cooldown) / perEpoch) : cycles + cooldown : epochs + (prefix ? file.Number("warmup_epochs", 5) : 0);
        double start = warmup > 0 ? file.Number("warmup_lr", 1e-5) : rate; // what the optimizer has before the first step of the scheduler
        return new(Name, name, new(run * perEpoch)
        {
            Warmup = warmup / unit * perEpoch,
            UpdatesPerEpoch = perEpoch,
            SamplesPerUpdate = batch,
            Samples = reading.Given.Find("samples"),
            Origin = $"{run} epochs × {perEpoch} updates = {run * perEpoch}",
        })
        {
            Holds = cooldown > 0,
            Restarts = file.Number("lr_cycle_limit", 1) > 1,
            ChangesEvery = onUpdates ? 1 : perEpoch,
            Rates = n => (onUpdates ? n : Math.Floor(n / perEpoch)) is var t && t == 0 ? start : curve(t),
        };
    }

    static (Func<double, double> Curve, double? Length) Curve(Section file, string name, double rate, double steps, double warmup, bool prefix, double unit)
    {
        double low = file.Number("min_lr", 0), from = file.Number("warmup_lr", 1e-5), factor = file.Number("decay_rate", 0.1), bend = file.Number("lr_k_decay", 1);
        double lengths = file.Number("lr_cycle_mul", 1), heights = file.Number("lr_cycle_decay", 0.5), limit = file.Number("lr_cycle_limit", 1);
        switch (name)
        {
            case "cosine":
                return (Climb(rate, Cycles(p => 0.5 * (1 + Math.Cos(Math.PI * p)))), Length());
            case "poly":
                return (Climb(rate, Cycles(p => Math.Pow(1 - p, factor))), Length());
            case "tanh":
                var tanh = Cycles(p => 0.5 * (1 - Math.Tanh(-7 * (1 - p) + 3 * p)), bent: false);
                return (Climb(prefix ? rate : tanh(warmup), tanh), Length());
            case "step":
                double every = file.Number("decay_epochs", 90) * unit;
                return (Climb(rate, t => rate * Math.Pow(factor, Math.Floor(t / every))), null);
            case "multistep":
                var milestones = (file.NumbersIfGiven("decay_milestones") ?? [90, 180, 270]).Select(m => m * unit).ToList();
                return (Climb(rate, t => rate * Math.Pow(factor, milestones.Count(m => m <= t + 1))), null);
            case "plateau":
                throw new ConfigurationException("sched: plateau follows a metric, so the rates cannot be told before the run", file.PlaceOf("sched"), "sched");
            default:
                throw file.Refused("sched", $"must be cosine, tanh, poly, step or multistep, not {name}{Nearest.DidYouMean(name, ["cosine", "tanh", "poly", "step", "multistep", "plateau"])}");
        }

        Func<double, double> Climb(double aim, Func<double, double> then) => t => t < warmup ? from + t * ((aim - from) / warmup) : then(prefix ? t - warmup : t);

        Func<double, double> Cycles(Func<double, double> shape, bool bent = true) => t =>
        {
            double i, length = steps, within;
            if (lengths != 1)
            {
                i = Math.Floor(Math.Log(1 - t / steps * (1 - lengths)) / Math.Log(lengths));
                length = Math.Pow(lengths, i) * steps;
                within = t - (1 - Math.Pow(lengths, i)) / (1 - lengths) * steps;
            }
            else
                (i, within) = (Math.Floor(t / steps), t - steps * Math.Floor(t / steps));
            return i < limit ? low + (rate * Math.Pow(heights, i) - low) * shape(bent ? Math.Pow(within, bend) / Math.Pow(length, bend) : within / length) : low;
        };

        double Length() => (lengths == 1 ? steps * Math.Max(1, limit) : Math.Floor(-steps * (Math.Pow(lengths, Math.Max(1, limit)) - 1) / (1 - lengths))) + (prefix ? warmup : 0);
    }

    static readonly string[] known =
    [
        "sched", "sched_on_updates", "lr", "lr_base", "lr_base_size", "lr_base_scale", "lr_noise", "lr_noise_pct", "lr_noise_std", "lr_cycle_mul", "lr_cycle_decay", "lr_cycle_limit", "lr_k_decay",
        "warmup_lr", "min_lr", "epochs", "epoch_repeats", "start_epoch", "decay_milestones", "decay_epochs", "warmup_epochs", "warmup_prefix", "cooldown_epochs", "patience_epochs", "decay_rate",
        "batch_size", "grad_accum_steps", "opt", "weight_decay", "layer_decay", "min_lr_scale", "validation_batch_size", "model_ema_decay", "opt_eps", "layer_decay_min_scale", "layer_decay_no_opt_scale",
    ];
}
