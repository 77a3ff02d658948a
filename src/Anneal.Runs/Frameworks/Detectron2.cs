namespace Anneal.Runs;

/// <summary>detectron2's YAML: <c>SOLVER</c>.</summary>
/// <remarks>
/// A multiplier of the part of the run that is over, x = n / MAX_ITER. The warm-up covers WARMUP_ITERS / MAX_ITER of it, at most all.
/// With RESCALE_INTERVAL the whole schedule is squeezed behind the warm-up; without it runs from the start and the warm-up aims at its value there.
/// </remarks>
sealed class Detectron2 : RunFramework
{
    const double Epsilon = 1e-6; // fvcore's: where a part ends

    public override string Name => "detectron2";

    public override int Recognise(MapNode root, ConfigurationFormat format) => root.Has("SOLVER") ? 10 : root.Has("_BASE_") && root.Has("MODEL") ? 8 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var p = file.InnerOrEmpty("SOLVER");
        if (file.Has("_BASE_") && !file.Has("SOLVER"))
            throw new ConfigurationException("SOLVER is set in _BASE_, which is another file and is not read: check that one, or the configuration that detectron2 dumps when it starts", file.PlaceOf("_BASE_"), "_BASE_");
        if (file.Has("_BASE_"))
            reading.Warn("include", "_BASE_", file.PlaceOf("_BASE_"), "_BASE_ is another file, which is not read: what it sets counts here as detectron2's default.", Severity.Info);
        NearMisses.Find(reading, p.Map, "SOLVER.", known);
        double rate = p.Number("BASE_LR", 0.001), iterations = p.Number("MAX_ITER", 40_000), warmup = p.Number("WARMUP_ITERS", 1000);
        IReadOnlyList<double> steps = p.NumbersIfGiven("STEPS") ?? [30_000];
        double batch = p.Number("IMS_PER_BATCH", 16), reference = p.Number("REFERENCE_WORLD_SIZE", 0);
        if (reference > 0 && (reading.Given.Find("worldSize") ?? reading.Given.Demand("worldSize")) is var world && world != reference)
        {
            double scale = world / reference;
            if (batch % reference != 0)
                throw p.Refused("REFERENCE_WORLD_SIZE", $"({reference}) must divide IMS_PER_BATCH ({batch})");
            static double Round(double x) => Math.Round(x, MidpointRounding.ToEven);
            (batch, rate, iterations, warmup) = (Round(batch * scale), rate * scale, Round(iterations / scale), Round(warmup / scale));
            steps = [.. steps.Select(s => Round(s / scale))];
        }
        string name = p.Word("LR_SCHEDULER_NAME", "WarmupMultiStepLR");
        p.Note(Role.Rate, "BASE_LR", rate);
        p.Note(Role.Scheduler, "LR_SCHEDULER_NAME");
        p.Note(Role.Warmup, "WARMUP_ITERS", warmup);
        p.Note(Role.Total, "MAX_ITER", iterations);
        p.Note(Role.Decay, "STEPS");
        p.Note(Role.Floor, "BASE_LR_END", p.NumberIfGiven("BASE_LR_END"));
        p.Note(Role.Batch, "IMS_PER_BATCH", batch);
        double gamma = p.Number("GAMMA", 0.1);
        Func<double, double> main = name switch
        {
            "WarmupMultiStepLR" => MultiStep(reading, p, [.. steps.Where(s => s <= iterations)], steps, gamma, iterations),
            "WarmupCosineLR" => Cosine(p, p.Number("BASE_LR_END", 0) / rate),
            "WarmupStepWithFixedGammaLR" => FixedGamma(p.Number("NUM_DECAYS", 3), gamma),
            _ => throw p.Refused("LR_SCHEDULER_NAME", $"must be one of {string.Join(", ", names)}, not {name}{Nearest.DidYouMean(name, names)}"),
        };
        var multiplier = Warmed(p, main, Math.Min(warmup / iterations, 1));
        return new(Name, name, new(iterations) { Warmup = warmup, SamplesPerUpdate = batch, Samples = reading.Given.Find("samples"), Origin = $"SOLVER.MAX_ITER = {iterations}" })
        {
            Rates = n => rate * multiplier(n / iterations),
        };
    }

    static Func<double, double> Warmed(Section p, Func<double, double> main, double length)
    {
        bool rescale = p.Flag("RESCALE_INTERVAL");
        double end = main(rescale ? 0 : length), start = p.Number("WARMUP_FACTOR", 1.0 / 1000) * main(0);
        string method = p.Word("WARMUP_METHOD", "linear");
        if (method is not ("linear" or "constant"))
            throw p.Refused("WARMUP_METHOD", $"must be linear or constant, not {method}");
        double rest = 1 - length, total = length + rest;
        return x =>
        {
            if (!(x + Epsilon > length))
                return method == "constant" ? start : end * (x / length) + start * (1 - x / length);
            return main(rescale ? (x - (total - rest)) / rest : x);
        };
    }

    static Func<double, double> MultiStep(Reading reading, Section p, IReadOnlyList<double> kept, IReadOnlyList<double> all, double gamma, double iterations)
    {
        if (kept.Count < all.Count)
            reading.Warn("steps-beyond-end", p.Path("STEPS"), p.PlaceOf("STEPS"), $"{all.Count - kept.Count} of SOLVER.STEPS lie beyond MAX_ITER ({iterations}) and are dropped.");
        double before = 0;
        foreach (double step in kept)
        {
            if (step >= iterations)
                throw p.Refused("STEPS", $"has {step}, which must be below MAX_ITER ({iterations})");
            before = before < step ? step : throw p.Refused("STEPS", $"must rise; {step} comes after {before}");
        }
        if (iterations < kept.Count + 1)
            throw p.Refused("STEPS", "has more steps than the run has iterations");
        return x => x > 1 ? double.NaN : Math.Pow(gamma, kept.Count(step => step <= Math.Truncate((x + Epsilon) * iterations)));
    }

    static Func<double, double> Cosine(Section p, double end) => end is >= 0 and <= 1 ? x => end + 0.5 * (1 - end) * (1 + Math.Cos(Math.PI * x))
        : throw p.Refused("BASE_LR_END", "must be from 0 to BASE_LR");

    static Func<double, double> FixedGamma(double decays, double gamma) => x => Math.Truncate((x + Epsilon) * (decays + 1)) is var i && i > decays ? double.NaN : Math.Pow(gamma, i);

    static readonly string[] names = ["WarmupMultiStepLR", "WarmupCosineLR", "WarmupStepWithFixedGammaLR"];

    static readonly string[] known =
    [
        "LR_SCHEDULER_NAME", "MAX_ITER", "BASE_LR", "BASE_LR_END", "MOMENTUM", "NESTEROV", "WEIGHT_DECAY", "WEIGHT_DECAY_NORM", "GAMMA", "STEPS", "NUM_DECAYS", "WARMUP_FACTOR", "WARMUP_ITERS",
        "WARMUP_METHOD", "RESCALE_INTERVAL", "CHECKPOINT_PERIOD", "IMS_PER_BATCH", "REFERENCE_WORLD_SIZE", "BIAS_LR_FACTOR", "WEIGHT_DECAY_BIAS", "CLIP_GRADIENTS", "AMP", "OPTIMIZER",
    ];
}
