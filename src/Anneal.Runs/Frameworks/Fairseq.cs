namespace Anneal.Runs;

/// <summary>fairseq's arguments or YAML.</summary>
/// <remarks>Update n has the rate of num_updates = n. The cosine's default lr_shrink is 0.1, so past its period it restarts at a tenth.</remarks>
sealed class Fairseq : RunFramework
{
    public override string Name => "fairseq";

    public override int Recognise(MapNode root, ConfigurationFormat format) => root.Has("lr_scheduler._name") ? 10
        : root.Has("optimization.max_update") || root.Has("optimization.lr") ? 9
        : format == ConfigurationFormat.Arguments && root.Has("lr_scheduler") ? Math.Min(10, 3 * Count(root, "warmup_updates", "max_update", "warmup_init_lr", "total_num_update", "update_freq", "lr_period_updates", "max_tokens", "phase_ratio")) : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        bool arguments = reading.Format == ConfigurationFormat.Arguments;
        var optimization = arguments ? file : file.InnerOrEmpty("optimization");
        var p = arguments ? file : file.Map.Find("lr_scheduler")?.Value is MapNode ? file.InnerOrEmpty("lr_scheduler") : file;
        string name = (arguments ? file.WordIfGiven("lr_scheduler") : p.WordIfGiven("_name") ?? file.WordIfGiven("lr_scheduler")) ?? "fixed";
        var rates = p.NumbersIfGiven("lr") ?? optimization.NumbersIfGiven("lr") ?? [0.25];
        double? limit = optimization.NumberIfGiven("max_update");
        if (arguments)
            NearMisses.Find(reading, reading.Root, "", [.. known, .. keys.Values.SelectMany(k => k)]);
        else if (keys.TryGetValue(name, out var own))
            p.Only(name, [.. own, "_name", "lr", "max_update"]);

        optimization.Note(Role.Rate, "lr", rates[0]);
        (arguments ? file : p).Note(Role.Scheduler, arguments ? "lr_scheduler" : "_name");
        p.Note(Role.Warmup, name == "tri_stage" ? "warmup_steps" : "warmup_updates", p.NumberIfGiven("warmup_updates"));
        optimization.Note(Role.Total, "max_update", limit);
        optimization.Note(Role.Accumulation, "update_freq");
        p.Note(Role.Decay, name == "polynomial_decay" ? "total_num_update" : "lr_period_updates", p.NumberIfGiven("total_num_update"));
        if (name != "fixed" && name != "polynomial_decay" && rates.Count > 1)
            throw optimization.Refused("lr", $"has {rates.Count} rates, and {name} takes one; fixed takes several");
        double rate = rates[0], warmup = Math.Truncate(p.Number("warmup_updates", name == "inverse_sqrt" ? 4000 : 0));
        var curve = name switch
        {
            "inverse_sqrt" => InverseSqrt(p, rate, warmup),
            "polynomial_decay" => Polynomial(p, optimization, rate, warmup, limit),
            "cosine" => Cosine(p, optimization, rate, warmup, limit),
            "tri_stage" => TriStage(p, optimization, rate, limit, out warmup),
            "fixed" => Fixed(reading, p, rates, warmup),
            "step" => Step(p, rate, warmup),
            "triangular" => Triangular(p, rate),
            "reduce_lr_on_plateau" or "pass_through" or "manual" => throw new ConfigurationException($"{name} is not told by the configuration alone", p.PlaceOf("lr_scheduler"), "lr_scheduler"),
            _ => throw p.Refused(arguments ? "lr_scheduler" : "_name", $"must be one of {string.Join(", ", keys.Keys)}, not {name}{Nearest.DidYouMean(name, [.. keys.Keys])}"),
        };
        return new(Name, name, new(limit ?? 0)
        {
            Warmup = warmup,
            UpdatesPerEpoch = reading.Given.Find("updatesPerEpoch"),
            Origin = limit is null ? "max_update is not given, so the run's length is not known" : $"max_update = {limit}",
        })
        { Rates = curve, Restarts = name == "cosine" && p.Has("lr_period_updates") };
    }

    static Func<double, double> Climb(double from, double to, double warmup, Func<double, double> then)
    {
        double step = warmup > 0 ? (to - from) / warmup : 1;
        return n => n < warmup ? from + n * step : then(n);
    }

    static Func<double, double> InverseSqrt(Section p, double rate, double warmup)
    {
        if (warmup == 0)
            throw p.Refused("warmup_updates", "is 0, and inverse_sqrt divides by it");
        double start = p.Number("warmup_init_lr", -1);
        return Climb(start < 0 ? 0 : start, rate, warmup, n => rate * Math.Sqrt(warmup) / Math.Sqrt(n));
    }

    static Func<double, double> Polynomial(Section p, Section optimization, double rate, double warmup, double? limit)
    {
        if (p.Has("force_anneal"))
            throw new ConfigurationException($"{p.Path("force_anneal")} makes the rate depend on what the optimizer last had; it is not read", p.PlaceOf("force_anneal"), "force_anneal");
        double total = p.NumberIfGiven("total_num_update") ?? limit ?? throw optimization.Lacks("max_update"), end = p.Number("end_learning_rate", 0), power = p.Number("power", 1);
        if (!(total > 0))
            throw p.Refused("total_num_update", "must be above 0");
        return n => warmup > 0 && n <= warmup ? rate * (n / warmup) : n >= total ? end : (rate - end) * Math.Pow(1 - (n - warmup) / (total - warmup), power) + end;
    }

    static Func<double, double> Cosine(Section p, Section optimization, double rate, double warmup, double? limit)
    {
        double low = Math.Min(p.Number("min_lr", 0), rate), start = p.Number("warmup_init_lr", -1), factor = p.Number("t_mult", 1), shrink = p.Number("lr_shrink", 0.1);
        double period = p.Number("lr_period_updates", -1);
        if (period <= 0)
            period = (limit is > 0 ? limit.Value : throw optimization.Refused("max_update", "or lr_period_updates is missing")) - warmup;
        return Climb(start < 0 ? low : start, rate, warmup, n =>
        {
            double t = n - warmup, i, length = period, within;
            if (factor != 1)
            {
                i = Math.Floor(Math.Log(1 - t / period * (1 - factor)) / Math.Log(factor));
                length = Math.Pow(factor, i) * period;
                within = t - (1 - Math.Pow(factor, i)) / (1 - factor) * period;
            }
            else
                (i, within) = (Math.Floor(t / period), t - period * Math.Floor(t / period));
            double scale = Math.Pow(shrink, i);
            return low * scale + 0.5 * (rate * scale - low * scale) * (1 + Math.Cos(Math.PI * within / length));
        });
    }

    static Func<double, double> TriStage(Section p, Section optimization, double rate, double? limit, out double warmup)
    {
        double first = p.Number("init_lr_scale", 0.01), last = p.Number("final_lr_scale", 0.01), up, hold, decay;
        if (p.NumbersIfGiven("phase_ratio") is { } ratios)
        {
            if (ratios.Count != 3 || ratios[0] + ratios[1] + ratios[2] != 1)
                throw p.Refused("phase_ratio", "must be three numbers that add up to 1");
            double total = limit is > 0 ? limit.Value : throw optimization.Lacks("max_update");
            (up, hold, decay) = (Math.Truncate(total * ratios[0]), Math.Truncate(total * ratios[1]), Math.Truncate(total * ratios[2]));
        }
        else
            (up, hold, decay) = (p.Number("warmup_steps", 0), p.Number("hold_steps", 0), p.Number("decay_steps", 0));
        if (decay == 0)
            throw p.Refused("decay_steps", "is 0, and tri_stage divides by it");
        warmup = up;
        double fall = -Math.Log(last) / decay, climb = up != 0 ? (rate - first * rate) / up : 0;
        return n => n < up ? first * rate + climb * n : n < up + hold ? rate : n <= up + hold + decay ? rate * Math.Exp(-fall * (n - up - hold)) : last * rate;
    }

    static Func<double, double> Fixed(Reading reading, Section p, IReadOnlyList<double> rates, double warmup)
    {
        double? forced = p.NumberIfGiven("force_anneal");
        double shrink = p.Number("lr_shrink", 0.1);
        double? epoch = rates.Count > 1 || forced is not null ? reading.Given.Demand("updatesPerEpoch") : null;
        return n =>
        {
            double e = epoch is { } length ? Math.Floor(n / length) + 1 : 1;
            double rate = forced is not { } from || e < from ? rates[(int)Math.Min(e - 1, rates.Count - 1)] : rates[^1] * Math.Pow(shrink, e + 1 - from);
            return warmup > 0 && n < warmup ? (n + 1) / warmup * rate : rate;
        };
    }

    static Func<double, double> Step(Section p, double rate, double warmup)
    {
        double low = p.Number("min_lr", 0), start = p.Number("warmup_init_lr", -1), every = p.Number("lr_deacy_period", 25_000), factor = p.Number("lr_decay", 0.5);
        if (!(every > 0 && factor <= 1 && low >= 0 && rate > low))
            throw p.Refused("lr_deacy_period", "must be above 0, lr_decay at most 1, and min_lr from 0 to below lr");
        return Climb(start >= 0 ? start : low, rate, warmup, n => Math.Max(rate * Math.Pow(factor, Math.Floor((n - warmup) / every)), low));
    }

    static Func<double, double> Triangular(Section p, double rate)
    {
        double peak = p.Demand("max_lr"), half = Math.Floor(p.Number("lr_period_updates", 5000) / 2), shrink = p.Number("lr_shrink", 0.1);
        bool both = p.Flag("shrink_min");
        if (!(peak > rate))
            throw p.Refused("max_lr", $"({peak:g}) must be above lr ({rate:g})");
        return n =>
        {
            double cycle = Math.Floor(n / (2 * half)), scale = Math.Pow(shrink, cycle), low = both ? rate * scale : rate;
            return low + (peak * scale - low) * Math.Max(0, 1 - Math.Abs(n / half - 2 * (cycle + 1) + 1));
        };
    }

    static readonly Dictionary<string, string[]> keys = new()
    {
        ["inverse_sqrt"] = ["warmup_updates", "warmup_init_lr"],
        ["polynomial_decay"] = ["warmup_updates", "force_anneal", "end_learning_rate", "power", "total_num_update"],
        ["cosine"] = ["warmup_updates", "warmup_init_lr", "min_lr", "t_mult", "lr_period_updates", "lr_shrink"],
        ["tri_stage"] = ["warmup_steps", "hold_steps", "decay_steps", "phase_ratio", "init_lr_scale", "final_lr_scale"],
        ["fixed"] = ["force_anneal", "lr_shrink", "warmup_updates"],
        ["step"] = ["warmup_updates", "warmup_init_lr", "min_lr", "lr_deacy_period", "lr_decay"],
        ["triangular"] = ["max_lr", "lr_period_updates", "lr_shrink", "shrink_min"],
    };

    static readonly string[] known = ["lr", "lr_scheduler", "max_update", "update_freq", "max_epoch", "max_tokens", "weight_decay", "stop_min_lr", "clip_norm", "batch_size", "min_loss_scale", "save_interval_updates"];
}
