namespace Anneal.Runs;

/// <summary>OLMo's YAML.</summary>
/// <remarks>
/// The step counter moves before the rate is asked: update n has the rate of step n + 1 (or of the tokens including its batch).
/// <code>warm-up: min + (η − min) · t/W with min = η/10 unless warmup_min_lr says otherwise; at t_max and after it η · alpha_f</code>
/// </remarks>
sealed class Olmo : RunFramework
{
    public override string Name => "olmo";

    public override int Recognise(MapNode root, ConfigurationFormat format) => root.Has("optimizer.learning_rate") && root.Has("scheduler") ? 10
        : root.Has("scheduler.t_warmup") && root.Has("max_duration") && !root.Has("optimizer.lr") ? 7 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var optimizer = file.InnerOrEmpty("optimizer");
        var p = file.InnerOrEmpty("scheduler");
        p.Only("scheduler", "name", "units", "t_warmup", "t_max", "alpha_f", "warmup_min_lr", "grad_clip_warmup_steps", "grad_clip_warmup_factor");
        double rate = optimizer.Number("learning_rate", 1e-4), warmup = p.Whole("t_warmup", 100), alpha = p.Number("alpha_f", 0.1), low = p.Number("warmup_min_lr", rate * 0.1);
        string name = p.Word("name", "cosine_with_warmup"), units = p.Word("units", "steps");
        if (units is not ("steps" or "tokens"))
            throw p.Refused("units", $"must be steps or tokens, not {units}");
        double? batch = file.NumberIfGiven("global_train_batch_size"), length = file.Inner("model")?.NumberIfGiven("max_sequence_length");
        double Tokens() => (batch ?? throw file.Lacks("global_train_batch_size")) * (length ?? throw file.InnerOrEmpty("model").Lacks("max_sequence_length"));
        double unit = units == "tokens" ? Tokens() : 1;
        var (steps, tokens) = Duration(reading, file, Tokens);
        double end = p.NumberIfGiven("t_max") is { } own ? Math.Truncate(own) : units == "tokens" ? tokens() : steps;
        if (name != "constant" && warmup > 0 && !(low >= 0 && low < rate))
            throw p.Refused("warmup_min_lr", $"({low:g}) must be from 0 to below the rate ({rate:g})");

        optimizer.Note(Role.Rate, "learning_rate", rate);
        p.Note(Role.Scheduler, "name");
        p.Note(Role.Warmup, "t_warmup", warmup);
        file.Note(Role.Total, "max_duration", steps);
        p.Note(Role.Decay, "t_max");
        p.Note(Role.Floor, "alpha_f", alpha);
        file.Note(Role.Batch, "global_train_batch_size", batch);
        var curve = Curve(p, name, rate, low, warmup, end, alpha);
        double start = reading.Given.Find("startStep") ?? 0;
        return new(Name, name, new(steps - start)
        {
            Warmup = name == "constant" ? 0 : warmup / unit,
            UpdatesPerEpoch = reading.Given.Find("batchesPerEpoch"),
            SamplesPerUpdate = batch,
            TokensPerSample = length,
            Origin = $"max_duration = {file.Word("max_duration", "")} is {steps} steps",
        })
        { Rates = start > 0 ? BoltOn(curve, start * unit, warmup, unit, start) : update => curve((update + 1) * unit) };
    }

    /// <summary>A run that goes on with a new optimizer state climbs again, from 0 to where the schedule is when the warm-up ends.</summary>
    static Func<double, double> BoltOn(Func<double, double> curve, double from, double warmup, double unit, double start)
    {
        double to = from + warmup;
        return update => (start + update + 1) * unit is var t && t < to ? curve(to) * (t - from) / (to - from) : curve(t);
    }

    static (double Steps, Func<double> Tokens) Duration(Reading reading, Section file, Func<double> perStep)
    {
        string text = file.WordIfGiven("max_duration") ?? throw file.Lacks("max_duration");
        double Value(string number) => PythonNumber.Float(number) is { } value ? Math.Truncate(value)
            : throw file.Refused("max_duration", $"must be a number of steps, or end with T (tokens) or ep (epochs), not {text}");
        if (text.EndsWith('T'))
        {
            double tokens = Value(text[..^1]);
            return (Math.Ceiling(tokens / perStep()), () => tokens);
        }
        double steps = text.EndsWith("ep", StringComparison.Ordinal) ? Value(text[..^2]) * reading.Given.Demand("batchesPerEpoch") : Value(text);
        return (steps, () => steps * perStep());
    }

    static Func<double, double> Curve(Section p, string name, double rate, double low, double warmup, double end, double alpha)
    {
        double floor = rate * alpha;
        Func<double, double> Climb(Func<double, double> then) => t => t < warmup ? low + (rate - low) * Math.Min(t, warmup) / warmup : then(t);
        double Part(double t) => (t - warmup) / (end - warmup);
        double Cosine(double t) => (rate - floor) * (1 + Math.Cos(Math.PI * Part(t))) / 2;
        var cosine = Climb(t => t >= end ? floor : floor + Cosine(t));
        var root = Climb(t => rate * Math.Sqrt(warmup / Math.Max(warmup, t)));
        return name switch
        {
            "cosine_with_warmup" => cosine,
            "linear_with_warmup" => Climb(t => t >= end ? floor : rate - (rate - floor) * Part(t)),
            "inverse_sqrt_with_warmup" => root,
            "max_scheduler" => t => Math.Max(cosine(t), root(t)),
            "constant" => _ => rate,
            "cosine_linear_envelope" => Climb(t => t >= end ? floor : floor + (1 - Part(t)) * Cosine(t)),
            "constant_with_warmup" => Climb(_ => rate),
            _ => throw p.Refused("name", $"must be one of {string.Join(", ", names)}, not {name}{Nearest.DidYouMean(name, names)}"),
        };
    }

    static readonly string[] names =
    [
        "cosine_with_warmup", "linear_with_warmup", "inverse_sqrt_with_warmup", "max_scheduler", "constant", "cosine_linear_envelope", "constant_with_warmup",
    ];
}
