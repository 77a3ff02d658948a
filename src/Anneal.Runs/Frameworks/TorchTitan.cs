namespace Anneal.Runs;

/// <summary>torchtitan's TOML: <c>[lr_scheduler]</c>, <c>[optimizer]</c>, <c>[training]</c>.</summary>
/// <remarks>Warm-up (n + 1)/W. One virtual step is added, so that the last update is not at the floor; past it the decay goes on.</remarks>
sealed class TorchTitan : RunFramework
{
    public override string Name => "torchtitan";

    public override int Recognise(MapNode root, ConfigurationFormat format) => format == ConfigurationFormat.Toml && root.Has("lr_scheduler") ? 10
        : format == ConfigurationFormat.Toml && Count(root, "optimizer.lr", "training.steps", "training.local_batch_size", "training.seq_len") is var own && own > 1 ? 8
        : root.Has("lr_scheduler.warmup_steps") && root.Has("training.steps") ? 7 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var scheduler = file.InnerOrEmpty("lr_scheduler");
        var optimizer = file.InnerOrEmpty("optimizer");
        var training = file.InnerOrEmpty("training");
        scheduler.Only("[lr_scheduler]", "warmup_steps", "total_steps", "decay_ratio", "decay_type", "min_lr_factor", "lr_min");
        double rate = optimizer.Number("lr", 8e-4), steps = training.Number("steps", 10_000), total = scheduler.NumberIfGiven("total_steps") ?? steps;
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
        scheduler.Note(Role.Floor, "min_lr_factor", floor);
        training.Note(Role.Batch, "local_batch_size");
        return new(Name, type, new(steps)
        {
            Warmup = asked,
            SamplesPerUpdate = training.NumberIfGiven("global_batch_size") is > 0 and var all ? all : training.NumberIfGiven("local_batch_size") * reading.WorldSize,
            TokensPerSample = training.NumberIfGiven("seq_len"),
            Origin = $"training.steps = {steps}",
        })
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
}
