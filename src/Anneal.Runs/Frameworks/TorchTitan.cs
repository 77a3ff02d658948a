namespace Anneal.Runs;

/// <summary>torchtitan's TOML: <c>[lr_scheduler]</c>, <c>[optimizer]</c>, <c>[training]</c>.</summary>
/// <remarks>
/// Warm-up (n + 1)/W. One virtual step is added, so that the last update is not at the floor; past it the decay goes on.
/// Before 2025 <c>warmup_steps</c> stood in [training], the warm-up was (n + 1)/(W + 1), and the decay linear over the rest of the run.
/// </remarks>
sealed class TorchTitan : RunFramework
{
    public override string Name => "torchtitan";

    public override int Recognise(MapNode root, ConfigurationFormat format) => format == ConfigurationFormat.Toml && root.Has("lr_scheduler") ? 10
        : format == ConfigurationFormat.Toml && Count(root, "optimizer.lr", "training.steps", "training.local_batch_size", "training.batch_size", "training.seq_len") is var own && own > 1 ? 8
        : root.Has("lr_scheduler.warmup_steps") && root.Has("training.steps") ? 7 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var scheduler = file.InnerOrEmpty("lr_scheduler");
        var optimizer = file.InnerOrEmpty("optimizer");
        var training = file.InnerOrEmpty("training");
        scheduler.Only("[lr_scheduler]", "warmup_steps", "total_steps", "decay_ratio", "decay_type", "min_lr_factor", "lr_min");
        double rate = optimizer.Number("lr", 8e-4), steps = training.Number("steps", 10_000);
        if (training.Has("warmup_steps") && !file.Has("lr_scheduler"))
            return Older(reading, optimizer, training, rate, steps);
        double total = scheduler.NumberIfGiven("total_steps") ?? steps;
        double asked = scheduler.Whole("warmup_steps", 200), warmup = Math.Min(asked, total);
        double? ratio = scheduler.NumberIfGiven("decay_ratio");
        double decay = ratio is { } part ? Math.Min(Math.Round(total * part, MidpointRounding.ToEven), total - warmup) : total - warmup;
        string type = scheduler.Word("decay_type", "linear");
        if (type is not ("linear" or "sqrt" or "cosine"))
            throw scheduler.Refused("decay_type", $"must be linear, sqrt or cosine, not {type}");
        double floor = scheduler.NumberIfGiven("min_lr_factor") ?? scheduler.Number("lr_min", 0);
        double stable = total + 1 - warmup - decay;
        optimizer.Note(Role.Rate, "lr", rate);
        scheduler.Note(Role.Scheduler, "decay_type");
        scheduler.Note(Role.Warmup, "warmup_steps", asked);
        training.Note(Role.Total, "steps", steps);
        scheduler.Note(Role.Decay, scheduler.Has("total_steps") ? "total_steps" : "decay_ratio", scheduler.NumberIfGiven("total_steps") ?? ratio);
        scheduler.Note(Role.Floor, scheduler.Has("min_lr_factor") ? "min_lr_factor" : "lr_min", floor);
        return new(Name, type, Plan(reading, training, steps, asked))
        {
            ScheduleEnd = total,
            Rates = n =>
            {
                if (n < warmup)
                    return rate * ((n + 1) / warmup);
                if (n < warmup + stable)
                    return rate;
                if (decay == 0)
                    return double.NaN; // an assertion there
                double p = (n + 1 - warmup - stable) / decay;
                return rate * (floor + (1 - floor) * type switch { "linear" => 1 - p, "sqrt" => 1 - Math.Sqrt(p), _ => 0.5 * (1 + Math.Cos(Math.PI * p)) });
            },
        };
    }

    RunConfiguration Older(Reading reading, Section optimizer, Section training, double rate, double steps)
    {
        double warmup = training.Whole("warmup_steps", 200), decay = Math.Max(1, steps - warmup);
        optimizer.Note(Role.Rate, "lr", rate);
        training.Note(Role.Warmup, "warmup_steps", warmup);
        training.Note(Role.Total, "steps", steps);
        return new(Name, "linear", Plan(reading, training, steps, warmup))
        {
            ScheduleEnd = steps,
            Rates = n => rate * (n < warmup ? (n + 1) / (warmup + 1) : 1 - (n - warmup) / decay),
        };
    }

    static RunPlan Plan(Reading reading, Section training, double steps, double warmup)
    {
        string own = training.Has("local_batch_size") ? "local_batch_size" : "batch_size";
        training.Note(Role.Batch, own);
        return new(steps)
        {
            Warmup = warmup,
            SamplesPerUpdate = training.NumberIfGiven("global_batch_size") is > 0 and var all ? all : training.NumberIfGiven(own) * reading.WorldSize,
            TokensPerSample = training.NumberIfGiven("seq_len"),
            Origin = $"training.steps = {steps}",
        };
    }
}
