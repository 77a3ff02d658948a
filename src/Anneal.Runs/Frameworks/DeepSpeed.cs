namespace Anneal.Runs;

/// <summary>DeepSpeed's JSON: <c>scheduler</c> and <c>optimizer</c>.</summary>
/// <remarks>
/// The Warmup schedules lag by one: updates 0 and 1 both have the rate of index 0. Their warm-up is logarithmic unless told otherwise:
/// <code>η = min + (max − min) · log(i + 1) / log W</code>
/// OneCycle and LRRangeTest do not lag.
/// </remarks>
sealed class DeepSpeed : RunFramework
{
    public override string Name => "deepspeed";

    public override int Recognise(MapNode root, ConfigurationFormat format) =>
        root.FindPath("scheduler.type") is { Value: ScalarNode { Text: "WarmupLR" or "WarmupDecayLR" or "WarmupCosineLR" or "OneCycle" or "LRRangeTest" } } ? 10
        : root.Has("optimizer.params") && (root.Has("train_batch_size") || root.Has("train_micro_batch_size_per_gpu")) ? 9
        : root.Has("zero_optimization") ? 8 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        Filled(file);
        double rate = (file.Inner("optimizer")?.InnerOrEmpty("params"))?.Number("lr", 1e-3) ?? 1e-3;
        if (file.Inner("optimizer") is { } optimizer)
            optimizer.InnerOrEmpty("params").Note(Role.Rate, "lr", rate);
        if (file.Has("lr_decay_style"))
            throw new ConfigurationException("this is GPT-NeoX's configuration, which is not read: its schedule is Megatron's, so check its numbers as Megatron's arguments (--lr, --min-lr, --lr-decay-style, --lr-decay-iters, --lr-warmup-fraction)", file.PlaceOf("lr_decay_style"), "lr_decay_style");
        if (!file.Has("scheduler") && !file.Has("optimizer"))
            throw new ConfigurationException("this DeepSpeed file has neither an optimizer nor a scheduler: the trainer's own arguments decide the rates, so check those instead");
        double accumulation = IfFixed(file, "gradient_accumulation_steps") ?? 1;
        double? batch = IfFixed(file, "train_batch_size") ?? IfFixed(file, "train_micro_batch_size_per_gpu") * accumulation * reading.WorldSize;
        file.Note(Role.Batch, file.Has("train_batch_size") ? "train_batch_size" : "train_micro_batch_size_per_gpu");
        file.Note(Role.Accumulation, "gradient_accumulation_steps");
        if (file.Inner("scheduler") is not { } scheduler)
            return new(Name, "none", Plan(file, 0, 0, batch)) { Rates = _ => rate };
        string type = scheduler.WordIfGiven("type") ?? throw scheduler.Lacks("type");
        scheduler.Note(Role.Scheduler, "type");
        var p = scheduler.InnerOrEmpty("params");
        Filled(p);
        Remark(reading, file, type, p, rate, accumulation);
        var (rates, warmup, total) = type switch
        {
            "WarmupLR" => Warmup(p, rate),
            "WarmupDecayLR" => WarmupDecay(p),
            "WarmupCosineLR" => WarmupCosine(p, rate),
            "OneCycle" => OneCycle(p),
            "LRRangeTest" => RangeTest(p),
            _ => throw scheduler.Refused("type", $"must be one of {string.Join(", ", types)}, not {type}{Nearest.DidYouMean(type, types)}"),
        };
        return new(Name, type, Plan(file, warmup, total, batch)) { Rates = rates };
    }

    static void Remark(Reading reading, Section file, string type, Section p, double rate, double accumulation)
    {
        if (type is "WarmupLR" or "WarmupDecayLR")
        {
            double high = p.Number("warmup_max_lr", type == "WarmupLR" ? rate : 1e-3);
            if (file.Has("optimizer") && Math.Abs(high - rate) > 1e-9 * rate)
                reading.Warn("rate-replaced", p.Path("warmup_max_lr"), p.PlaceOf("warmup_max_lr"),
                    $"{p.Path("warmup_max_lr")} is {high:g}{(p.Has("warmup_max_lr") ? "" : " unless given")}, and replaces the optimizer's rate of {rate:g}.");
        }
        if (type.StartsWith("Warmup", StringComparison.Ordinal) && !p.Has("warmup_type"))
            reading.Warn("log-warmup", p.Path("warmup_type"), p.Map.Place, $"{p.Path("warmup_type")} is not set, so the warm-up is logarithmic: half of the rate is reached after the square root of its updates.", Severity.Info);
        if (IfFixed(file, "train_batch_size") is { } batch && IfFixed(file, "train_micro_batch_size_per_gpu") is { } micro && reading.Given.Find("worldSize") is { } world
            && batch != micro * accumulation * world)
            reading.Warn("batch-mismatch", "train_batch_size", file.PlaceOf("train_batch_size"),
                $"train_batch_size {batch} is not train_micro_batch_size_per_gpu {micro} × gradient_accumulation_steps {accumulation} × {world} processes = {micro * accumulation * world}; DeepSpeed refuses it.", Severity.Error);
    }

    static readonly string[] types = ["WarmupLR", "WarmupDecayLR", "WarmupCosineLR", "OneCycle", "LRRangeTest"];

    static RunPlan Plan(Section file, double warmup, double total, double? batch) => new(total)
    {
        Warmup = warmup,
        SamplesPerUpdate = batch,
        Origin = total > 0 ? $"total_num_steps = {total}" : "DeepSpeed's configuration does not say how long the run is",
    };

    /// <summary>A number; null too where it is "auto", which the Trainer fills in.</summary>
    static double? IfFixed(Section section, string key) => section.Map.Find(key)?.Value is ScalarNode { Text: "auto" } ? null : section.NumberIfGiven(key);

    /// <summary>What the Trainer fills in cannot be known from this file.</summary>
    static void Filled(Section section)
    {
        foreach (var entry in section.Map.Entries)
            if (entry.Value is ScalarNode { Text: "auto" } && entry.Key is "lr" or "warmup_max_lr" or "warmup_min_lr" or "warmup_num_steps" or "total_num_steps")
                throw new ConfigurationException($"{section.Path(entry.Key)} is auto: Transformers' Trainer fills it in from its own arguments, so check those instead, or write the number", entry.Place, section.Path(entry.Key));
    }

    static (Func<double, double>, double, double) Warmup(Section p, double rate)
    {
        p.Only("WarmupLR", "warmup_min_lr", "warmup_max_lr", "warmup_num_steps", "warmup_type", "last_batch_iteration");
        double low = p.Number("warmup_min_lr", 0), high = p.Number("warmup_max_lr", rate), warmup = Length(p);
        Note(p, high);
        var climb = Climb(p, warmup);
        return (Lagging(low, i => low + (high - low) * (i < warmup ? climb(i) : 1)), warmup, 0);
    }

    static (Func<double, double>, double, double) WarmupDecay(Section p)
    {
        p.Only("WarmupDecayLR", "total_num_steps", "warmup_min_lr", "warmup_max_lr", "warmup_num_steps", "warmup_type", "last_batch_iteration");
        double low = p.Number("warmup_min_lr", 0), high = p.Number("warmup_max_lr", 1e-3), warmup = Length(p), total = p.Demand("total_num_steps");
        Note(p, high);
        p.Note(Role.Total, "total_num_steps", total);
        var climb = Climb(p, warmup);
        return (Lagging(low, i => low + (high - low) * (i < warmup ? climb(i) : Math.Max(0, (total - i) / Math.Max(1, total - warmup)))), warmup, total);
    }

    static (Func<double, double>, double, double) WarmupCosine(Section p, double rate)
    {
        p.Only("WarmupCosineLR", "total_num_steps", "warmup_min_ratio", "warmup_num_steps", "cos_min_ratio", "warmup_type", "last_batch_iteration");
        double low = p.Number("warmup_min_ratio", 0), floor = p.Number("cos_min_ratio", 1e-4), warmup = Length(p), total = p.Demand("total_num_steps");
        Note(p, null);
        p.Note(Role.Total, "total_num_steps", total);
        p.Note(Role.Floor, "cos_min_ratio", floor);
        var climb = Climb(p, warmup);
        return (Lagging(0, i => rate * (i < warmup ? low + climb(i) * (1 - low)
            : Math.Max(0, floor + (1 - floor) * ((1 + Math.Cos(Math.PI * Math.Min(1, (i - warmup + 1) / Math.Max(1, total - warmup)))) / 2)))), warmup, total);
    }

    static void Note(Section p, double? high)
    {
        if (high is not null)
            p.Note(Role.Rate, "warmup_max_lr", high);
        p.Note(Role.Warmup, "warmup_num_steps", p.Number("warmup_num_steps", 1000));
    }

    static double Length(Section p)
    {
        double steps = p.Number("warmup_num_steps", 1000);
        return steps > 0 && steps == Math.Floor(steps) ? Math.Max(2, steps) : throw p.Refused("warmup_num_steps", $"must be a whole number above 0, not {steps}");
    }

    static Func<double, double> Climb(Section p, double warmup)
    {
        double scale = 1 / Math.Log(warmup);
        return p.Word("warmup_type", "log") == "linear" ? i => i / warmup : i => scale * Math.Log(i + 1);
    }

    static Func<double, double> Lagging(double first, Func<double, double> index) => update => update < 1 ? first : index(update - 1);

    static (Func<double, double>, double, double) OneCycle(Section p)
    {
        p.Only("OneCycle", "cycle_min_lr", "cycle_max_lr", "decay_lr_rate", "cycle_first_step_size", "cycle_second_step_size", "cycle_first_stair_count", "cycle_second_stair_count",
            "decay_step_size", "cycle_momentum", "cycle_min_mom", "cycle_max_mom", "decay_mom_rate", "last_batch_iteration");
        double low = p.Demand("cycle_min_lr"), high = p.Demand("cycle_max_lr"), decay = p.Number("decay_lr_rate", 0), every = p.Number("decay_step_size", 0);
        double first = p.Number("cycle_first_step_size", 2000), second = p.Number("cycle_second_step_size", first), cycle = first + second, ratio = first / cycle;
        double firstStairs = p.Number("cycle_first_stair_count", 0), secondStairs = p.Number("cycle_second_stair_count", firstStairs);
        p.Note(Role.Rate, "cycle_max_lr", high);
        p.Note(Role.Warmup, "cycle_first_step_size", first);
        double Scale(double n)
        {
            double x = 1 + n / cycle - Math.Floor(1 + n / cycle);
            bool rising = x <= ratio;
            double stairs = rising ? firstStairs : secondStairs;
            if (!(stairs > 0))
                return rising ? x / ratio : (x - 1) / (ratio - 1);
            double within = n % cycle;
            return Math.Floor(within <= first ? within * stairs / first : (cycle - within) * stairs / second) / stairs;
        }
        return (n => n < 1 ? low
            : n - 1 < cycle ? low + (high - low) * Scale(n)
            : Math.Abs(every) < 1e-300 || decay == 0 ? low
            : low / (1 + decay * ((n - cycle) / every)), first, 0);
    }

    static (Func<double, double>, double, double) RangeTest(Section p)
    {
        p.Only("LRRangeTest", "lr_range_test_min_lr", "lr_range_test_step_size", "lr_range_test_step_rate", "lr_range_test_staircase", "last_batch_iteration");
        double low = p.Number("lr_range_test_min_lr", 1e-3), size = p.Number("lr_range_test_step_size", 2000), rise = p.Number("lr_range_test_step_rate", 1);
        bool stairs = p.Flag("lr_range_test_staircase");
        p.Note(Role.Rate, "lr_range_test_min_lr", low);
        return (n => low * (1 + rise * (stairs ? Math.Floor(n / size) : n / size)), 0, 0);
    }
}
