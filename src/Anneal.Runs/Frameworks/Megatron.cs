namespace Anneal.Runs;

/// <summary>Megatron-LM's arguments.</summary>
/// <remarks>
/// The scheduler counts samples; each update adds the global batch. With s samples, W warm-up samples and D decay samples:
/// <code>η = init + (max − init) · s / W for s ≤ W; min past D; between them by style of (s − W) / (D − W)</code>
/// The warm-up fraction is of the decay and stays fractional. WSD anneals over the last <c>lr-wsd-decay-iters</c>; its exponential is 2·½ˣ − 1.
/// </remarks>
sealed class Megatron : RunFramework
{
    public override string Name => "megatron";

    public override int Recognise(MapNode root, ConfigurationFormat format) => root.Has("optimizer.params") ? 0 :
        Math.Min(10, 3 * Count(root, "lr_decay_style", "train_iters", "train_samples", "lr_warmup_iters", "lr_warmup_samples", "lr_decay_iters", "lr_wsd_decay_style")
            + Count(root, "global_batch_size", "micro_batch_size", "num_layers", "lr_warmup_fraction"));

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        NearMisses.Find(reading, reading.Root, "", known);
        if (file.Has("step_batch_size_schedule"))
            throw new ConfigurationException("step_batch_size_schedule changes the samples of an update during the run, which is not read yet; check the schedule without it",
                file.PlaceOf("step_batch_size_schedule"), "step_batch_size_schedule");
        double peak = file.Demand("lr"), low = file.Number("min_lr", 0), start = file.Number("lr_warmup_init", 0);
        double batch = file.NumberIfGiven("global_batch_size") ?? file.Number("micro_batch_size", 1) * reading.WorldSize;
        string style = file.Word("lr_decay_style", "linear");
        double? samples = file.NumberIfGiven("train_samples"), iters = file.NumberIfGiven("train_iters") ?? (samples is > 0 ? null : reading.Given.Find("updates"));
        bool byIters = iters is > 0;
        if (byIters && samples is > 0)
            throw file.Refused("train_samples", "and train_iters exclude each other");
        if (!byIters && samples is not > 0)
            throw file.Refused("train_iters", "or train_samples is missing; where a script adds it, give the updates: --given updates=NUMBER");
        foreach (string other in byIters ? (string[])["lr_decay_samples", "lr_warmup_samples"] : ["lr_decay_iters", "lr_warmup_iters"])
            if (file.Number(other, 0) != 0)
                throw file.Refused(other, $"cannot be given together with {(byIters ? "train_iters" : "train_samples")}");
        string unit = byIters ? "iters" : "samples", decayKey = $"lr_decay_{unit}", warmupKey = $"lr_warmup_{unit}", wsdKey = $"lr_wsd_decay_{unit}";
        double scale = byIters ? batch : 1, whole = byIters ? iters!.Value : samples!.Value;
        double? fraction = file.NumberIfGiven("lr_warmup_fraction");
        if (fraction is not null && file.Number(warmupKey, 0) != 0)
            throw file.Refused("lr_warmup_fraction", $"and {warmupKey} exclude each other");
        double decay = (file.NumberIfGiven(decayKey) ?? whole) * scale, warmup = fraction is { } part ? part * decay : file.Number(warmupKey, 0) * scale;
        double? anneal = file.NumberIfGiven(wsdKey) * scale;
        string wsd = file.Word("lr_wsd_decay_style", "exponential");
        Check(file, peak, low, start, style, wsd, warmup, decay, anneal, fraction is null ? warmupKey : "lr_warmup_fraction", decayKey, wsdKey);

        if (file.Has("global_batch_size") && file.NumberIfGiven("micro_batch_size") is { } micro && reading.Given.Find("worldSize") is { } world && batch % (micro * world) != 0)
            reading.Warn("batch-mismatch", "global_batch_size", file.PlaceOf("global_batch_size"), $"global_batch_size {batch} is not a multiple of micro_batch_size {micro} × {world} processes; Megatron refuses it.", Severity.Error);
        var ramp = Ramp(reading, file, batch, byIters);
        double updates = byIters ? whole : ramp?.UpdatesOfRun(whole) ?? Math.Floor(whole / batch);
        double Seen(double update) => ramp?.Samples(update) ?? update * batch;
        file.Note(Role.Rate, "lr", peak);
        file.Note(Role.Scheduler, "lr_decay_style");
        file.Note(Role.Warmup, fraction is null ? warmupKey : "lr_warmup_fraction", fraction ?? file.Number(warmupKey, 0));
        file.Note(Role.Total, byIters ? "train_iters" : "train_samples", whole);
        file.Note(Role.Decay, decayKey, file.NumberIfGiven(decayKey));
        file.Note(Role.Floor, "min_lr", low);
        file.Note(Role.Batch, "global_batch_size", batch);
        return new(Name, style, new(updates)
        {
            Warmup = ramp?.Updates(warmup) ?? warmup / batch,
            SamplesPerUpdate = batch,
            Ramp = ramp,
            TokensPerSample = file.NumberIfGiven("seq_length"),
            Origin = byIters ? $"train_iters = {whole}" : ramp is not null ? $"{whole} samples, with a batch that grows from {ramp.Start} to {batch} over {ramp.Length} samples" : $"⌊{whole} samples / {batch}⌋ = {updates}",
        })
        {
            Rates = update => Rate(Seen(update)),
            WeightDecays = Decays(file, Seen, whole * scale),
        };

        double Rate(double s)
        {
            if (warmup > 0 && s <= warmup)
                return start + (peak - start) * s / warmup;
            if (style == "constant")
                return peak;
            if (s > decay)
                return low;
            if (style == "inverse-square-root")
                return Math.Max(low, peak * Math.Sqrt(Math.Max(warmup, 1)) / Math.Sqrt(Math.Max(s, 1)));
            double p = (s - warmup) / (decay - warmup);
            return low + (peak - low) * style switch
            {
                "linear" => 1 - p,
                "cosine" => Cosine(p),
                _ => s <= decay - anneal!.Value ? 1 : Anneal((s - (decay - anneal.Value)) / anneal.Value),
            };
        }

        double Anneal(double x) => wsd switch { "linear" => 1 - x, "cosine" => Cosine(x), "minus_sqrt" => 1 - Math.Sqrt(x), _ => 2 * Math.Pow(0.5, x) - 1 };
    }

    static BatchRamp? Ramp(Reading reading, Section file, double batch, bool byIters)
    {
        const string Key = "rampup_batch_size";
        if (file.NumbersIfGiven(Key) is not { } numbers)
            return null;
        if (byIters)
            throw file.Refused(Key, "goes with train_samples: Megatron refuses it together with train_iters");
        if (numbers is not [var start, var increment, var length])
            throw file.Refused(Key, $"takes three numbers (start, increment, samples), not {numbers.Count}");
        if (!(start > 0 && increment > 0 && length > 0 && start <= batch && (batch - start) % increment == 0))
            throw file.Refused(Key, FormattableString.Invariant($"must lead from {start} by steps of {increment} to global_batch_size ({batch})"));
        if (file.NumberIfGiven("micro_batch_size") is { } micro && reading.Given.Find("worldSize") is { } world && (start % (micro * world) != 0 || increment % (micro * world) != 0))
            reading.Warn("batch-mismatch", Key, file.PlaceOf(Key), $"{Key}: start {start} and increment {increment} must be multiples of micro_batch_size {micro} × {world} processes; Megatron refuses other batches.", Severity.Error);
        return start == batch ? null : new(start, increment, length, batch);
    }

    static void Check(Section file, double peak, double low, double start, string style, string wsd, double warmup, double decay, double? anneal, string warmupKey, string decayKey, string wsdKey)
    {
        if (!(low >= 0 && peak >= low))
            throw file.Refused("min_lr", $"({low:g}) must be from 0 to lr ({peak:g})");
        if (start > peak)
            throw file.Refused("lr_warmup_init", $"({start:g}) must be at most lr ({peak:g})");
        if (!(decay > 0))
            throw file.Refused(decayKey, "must be above 0");
        if (!(warmup < decay))
            throw file.Refused(warmupKey, "is as long as the decay or longer: Megatron asserts that the warm-up is shorter");
        if (!styles.Contains(style))
            throw file.Refused("lr_decay_style", $"must be one of {string.Join(", ", styles)}, not {style}{Nearest.DidYouMean(style, styles)}");
        if (style == "WSD" && anneal is null)
            throw file.Refused(wsdKey, "is missing, and WSD takes it");
        if (!wsdStyles.Contains(wsd))
            throw file.Refused("lr_wsd_decay_style", $"must be one of {string.Join(", ", wsdStyles)}, not {wsd}{Nearest.DidYouMean(wsd, wsdStyles)}");
    }

    static Func<double, double>? Decays(Section file, Func<double, double> seen, double samples)
    {
        string style = file.Word("weight_decay_incr_style", "constant");
        double? first = file.NumberIfGiven("start_weight_decay"), last = file.NumberIfGiven("end_weight_decay");
        if (style == "constant")
            return first is null && last is null ? null : throw file.Refused(first is null ? "end_weight_decay" : "start_weight_decay", "is given, but weight_decay_incr_style is constant");
        if (style is not ("linear" or "cosine"))
            throw file.Refused("weight_decay_incr_style", $"must be constant, linear or cosine, not {style}");
        double from = first ?? throw file.Lacks("start_weight_decay"), to = last ?? throw file.Lacks("end_weight_decay");
        if (from < 0 || to < from)
            throw file.Refused("end_weight_decay", $"({to}) must be at least start_weight_decay ({from}), and that at least 0");
        return update => seen(update) is var s && s > samples ? to
            : from + (to - from) * (style == "linear" ? s / samples : 0.5 * (Math.Cos(Math.PI * (1 - s / samples)) + 1));
    }

    static double Cosine(double x) => 0.5 * (Math.Cos(Math.PI * x) + 1);

    static readonly string[] styles = ["constant", "linear", "cosine", "inverse-square-root", "WSD"];

    static readonly string[] wsdStyles = ["exponential", "linear", "cosine", "minus_sqrt"];

    static readonly string[] known =
    [
        "lr", "min_lr", "lr_decay_style", "lr_decay_iters", "lr_decay_samples", "lr_warmup_iters", "lr_warmup_samples", "lr_warmup_fraction", "lr_warmup_init", "lr_wsd_decay_style",
        "lr_wsd_decay_iters", "lr_wsd_decay_samples", "train_iters", "train_samples", "global_batch_size", "micro_batch_size", "weight_decay", "start_weight_decay", "end_weight_decay",
        "weight_decay_incr_style", "rampup_batch_size", "seq_length", "eval_iters", "save_interval", "eval_interval", "log_interval", "exit_interval", "decoupled_lr", "decoupled_min_lr",
    ];
}
