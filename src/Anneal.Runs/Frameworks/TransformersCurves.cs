namespace Anneal.Runs;

/// <summary>The schedules of Transformers' <c>get_scheduler</c>, which half a dozen trainers use.</summary>
/// <remarks>
/// With W warm-up steps, N in all, p = (t − W) / (N − W):
/// <code>warm-up t/W     linear (N − t)/(N − W), 0 at least     cosine ½ (1 + cos 2π·cycles·p), which rises again past N</code>
/// </remarks>
static class TransformersCurves
{
    /// <summary>All names; <c>reduce_lr_on_plateau</c> and <c>greedy</c> listen to a metric and have no curve.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "linear", "cosine", "cosine_with_restarts", "polynomial", "constant", "constant_with_warmup", "inverse_sqrt", "cosine_with_min_lr",
        "cosine_warmup_with_min_lr", "warmup_stable_decay",
    ];

    /// <summary>The rate at every step.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="rate">The optimizer's rate.</param>
    /// <param name="warmup">Steps of warm-up.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="keywords"><c>lr_scheduler_kwargs</c>, handed to the schedule as they are.</param>
    /// <param name="section">Where the schedule was named.</param>
    /// <param name="key">The key that named it.</param>
    public static Func<double, double> Of(string name, double rate, double warmup, double total, Section keywords, Section section, string key) => name switch
    {
        "constant" => _ => rate,
        "constant_with_warmup" => Climb(rate, warmup, _ => 1),
        "inverse_sqrt" => InverseSqrt(rate, warmup, null),
        "linear" => Linear(rate, warmup, total, keywords),
        "cosine" => Cosine(rate, warmup, total, keywords),
        "cosine_with_restarts" => Restarts(rate, warmup, total, keywords),
        "polynomial" => Polynomial(rate, warmup, total, keywords),
        "cosine_with_min_lr" => CosineWithMinimum(rate, warmup, total, keywords),
        "cosine_warmup_with_min_lr" => CosineFromOne(rate, warmup, total, keywords),
        "warmup_stable_decay" => WarmupStableDecay(rate, warmup, total, keywords),
        "reduce_lr_on_plateau" or "greedy" => throw new ConfigurationException(
            $"{section.Path(key)}: {name} follows a metric, so the rates cannot be told before the run", section.PlaceOf(key), section.Path(key)),
        _ => throw section.Refused(key, $"must be one of {string.Join(", ", Names)}, not {name}{Nearest.DidYouMean(name, Names)}"),
    };

    /// <summary>Warm-up t/W, then what follows.</summary>
    public static Func<double, double> Climb(double rate, double warmup, Func<double, double> then) =>
        t => rate * (t < warmup ? t / Math.Max(1, warmup) : then(t));

    public static Func<double, double> InverseSqrt(double rate, double warmup, double? timescale)
    {
        double scale = timescale ?? (warmup > 0 ? warmup : 10_000);
        return Climb(rate, warmup, t => 1 / Math.Sqrt((t + scale - warmup) / scale));
    }

    static Func<double, double> Linear(double rate, double warmup, double total, Section keywords)
    {
        keywords.Only("linear");
        return Climb(rate, warmup, t => Math.Max(0, (total - t) / Math.Max(1, total - warmup)));
    }

    static Func<double, double> Cosine(double rate, double warmup, double total, Section keywords)
    {
        keywords.Only("cosine", "num_cycles");
        double cycles = keywords.Number("num_cycles", 0.5);
        return Climb(rate, warmup, t => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * cycles * 2 * Progress(t, warmup, total)))));
    }

    static Func<double, double> Restarts(double rate, double warmup, double total, Section keywords)
    {
        keywords.Only("cosine_with_restarts", "num_cycles");
        double cycles = keywords.Number("num_cycles", 1);
        return Climb(rate, warmup, t => Progress(t, warmup, total) is var p && p >= 1 ? 0 : Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * (cycles * p % 1)))));
    }

    static Func<double, double> Polynomial(double rate, double warmup, double total, Section keywords)
    {
        keywords.Only("polynomial", "lr_end", "power");
        double end = keywords.Number("lr_end", 1e-7), power = keywords.Number("power", 1);
        if (!(rate > end))
            throw keywords.Refused("lr_end", $"is {end:g}, and must be below the rate {rate:g}");
        return Climb(rate, warmup, t => t > total ? end / rate
            : total == warmup ? double.NaN // Python divides by zero there
            : ((rate - end) * Math.Pow(1 - (t - warmup) / (total - warmup), power) + end) / rate);
    }

    static Func<double, double> CosineWithMinimum(double rate, double warmup, double total, Section keywords)
    {
        keywords.Only("cosine_with_min_lr", "num_cycles", "min_lr", "min_lr_rate");
        double cycles = keywords.Number("num_cycles", 0.5), floor = MinimumRate(keywords, rate);
        return Climb(rate, warmup, t => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * cycles * 2 * Progress(t, warmup, total))) * (1 - floor) + floor));
    }

    static Func<double, double> CosineFromOne(double rate, double warmup, double total, Section keywords)
    {
        keywords.Only("cosine_warmup_with_min_lr", "num_cycles", "min_lr", "min_lr_rate", "warmup_lr_rate");
        double cycles = keywords.Number("num_cycles", 0.5), floor = MinimumRate(keywords, rate);
        double? start = keywords.NumberIfGiven("warmup_lr_rate");
        return t => rate * (t >= warmup
            ? Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * cycles * 2 * ((t - warmup + 1) / Math.Max(1, total - warmup)))) * (1 - floor) + floor)
            : start is { } s ? s + (1 - s) * t / Math.Max(1, warmup - 1)
            : (t + 1) / Math.Max(1, warmup));
    }

    static Func<double, double> WarmupStableDecay(double rate, double warmup, double total, Section keywords)
    {
        keywords.Only("warmup_stable_decay", "num_decay_steps", "num_stable_steps", "warmup_type", "decay_type", "min_lr_ratio", "num_cycles");
        double decay = keywords.Demand("num_decay_steps"), stable = keywords.NumberIfGiven("num_stable_steps") ?? total - warmup - decay;
        double floor = keywords.Number("min_lr_ratio", 0), cycles = keywords.Number("num_cycles", 0.5);
        string up = Shape(keywords, "warmup_type", "linear"), down = Shape(keywords, "decay_type", "cosine");
        keywords.Note(Role.Decay, "num_decay_steps", decay);
        keywords.Note(Role.Floor, "min_lr_ratio", floor);
        return t =>
        {
            if (t >= warmup && t < warmup + stable)
                return rate;
            if (t >= warmup + stable + decay && t >= warmup)
                return rate * floor;
            double p = t < warmup ? t / Math.Max(1, warmup) : (t - warmup - stable) / Math.Max(1, decay);
            double factor = t < warmup
                ? up switch { "linear" => p, "cosine" => 0.5 * (1 - Math.Cos(Math.PI * p)), _ => 1 - Math.Sqrt(1 - p) }
                : down switch { "linear" => 1 - p, "cosine" => 0.5 * (1 + Math.Cos(Math.PI * cycles * 2 * p)), _ => 1 - Math.Sqrt(p) };
            return rate * Math.Max(0, factor * (1 - floor) + floor);
        };
    }

    static string Shape(Section keywords, string key, string missing) => keywords.Word(key, missing) is var shape && shape is "linear" or "cosine" or "1-sqrt" ? shape
        : throw keywords.Refused(key, $"must be linear, cosine or 1-sqrt, not {shape}");

    static double MinimumRate(Section keywords, double rate) => (keywords.NumberIfGiven("min_lr"), keywords.NumberIfGiven("min_lr_rate")) switch
    {
        ({ }, { }) => throw keywords.Refused("min_lr", "and min_lr_rate are both given; it takes one of them"),
        ({ } minimum, null) => Noted(keywords, "min_lr", minimum) / rate,
        (null, { } ratio) => Noted(keywords, "min_lr_rate", ratio),
        _ => throw keywords.Refused("min_lr", "or min_lr_rate is missing, and this schedule takes one of them"),
    };

    static double Noted(Section keywords, string key, double value)
    {
        keywords.Note(Role.Floor, key, value);
        return value;
    }

    static double Progress(double t, double warmup, double total) => (t - warmup) / Math.Max(1, total - warmup);
}
