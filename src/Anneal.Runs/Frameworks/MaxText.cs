namespace Anneal.Runs;

/// <summary>MaxText's YAML.</summary>
/// <remarks>
/// Warm-up and decay steps are cut off. The cosine divides by its length − 1, so that the schedule's last update has the final rate; before 2026, with
/// <c>cosine_learning_rate_final_fraction</c>, it divided by the length. After the schedule, up to <c>steps</c>, the rate is 0.
/// </remarks>
sealed class MaxText : RunFramework
{
    public override string Name => "maxtext";

    public override int Recognise(MapNode root, ConfigurationFormat format) =>
        Math.Min(10, 4 * Count(root, "warmup_steps_fraction", "learning_rate_final_fraction", "cosine_learning_rate_final_fraction", "learning_rate_schedule_steps", "wsd_decay_steps_fraction", "lr_schedule_type")
            + Count(root, "per_device_batch_size", "run_name", "steps", "base_output_directory"));

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        NearMisses.Find(reading, reading.Root, "", known);
        double rate = file.Number("learning_rate", 3e-5), steps = file.Number("steps", 150_001), length = file.Number("learning_rate_schedule_steps", -1);
        (steps, length) = (steps == -1 ? length : steps, length == -1 ? steps : length);
        if (!(steps > 0))
            throw file.Refused("steps", "must be above 0, or -1 with learning_rate_schedule_steps");
        bool older = file.Has("cosine_learning_rate_final_fraction");
        double fraction = older ? file.Number("cosine_learning_rate_final_fraction", 0.1) : file.Number("learning_rate_final_fraction", 0.1);
        double part = file.Number("warmup_steps_fraction", 0.1), warmup = Math.Truncate(length * part), final = rate * fraction;
        string type = file.Word("lr_schedule_type", "cosine").ToLowerInvariant(), style = file.Word("wsd_decay_style", "linear").ToLowerInvariant();
        if (type is not ("cosine" or "wsd"))
            throw file.Refused("lr_schedule_type", $"must be cosine or wsd, not {type}");
        if (style is not ("cosine" or "linear"))
            throw file.Refused("wsd_decay_style", $"must be linear or cosine, not {style}");
        if (part is < 0 or > 1)
            throw file.Refused("warmup_steps_fraction", $"must be from 0 to 1, not {part}");

        file.Note(Role.Rate, "learning_rate", rate);
        file.Note(Role.Scheduler, "lr_schedule_type");
        file.Note(Role.Warmup, "warmup_steps_fraction", part);
        file.Note(Role.Total, "steps", steps);
        file.Note(Role.Decay, file.Has("learning_rate_schedule_steps") ? "learning_rate_schedule_steps" : "wsd_decay_steps_fraction", length);
        file.Note(Role.Floor, older ? "cosine_learning_rate_final_fraction" : "learning_rate_final_fraction", fraction);
        file.Note(Role.Batch, "per_device_batch_size");
        var pieces = new List<(double Start, Func<double, double> Rate)>();
        if (warmup > 0)
            pieces.Add((0, t => rate * (Math.Min(t, warmup) / warmup)));
        if (type == "cosine" && length - warmup > 0)
            pieces.Add((warmup, Cosine(length - warmup)));
        if (type == "wsd")
            StableDecay(file, pieces);
        if (steps > length)
            pieces.Add((length, _ => 0));
        return new(Name, type, new(steps)
        {
            Warmup = warmup,
            SamplesPerUpdate = file.NumberIfGiven("global_batch_size") ?? file.NumberIfGiven("per_device_batch_size") * reading.Given.Find("worldSize") * file.Number("gradient_accumulation_steps", 1),
            TokensPerSample = file.NumberIfGiven("max_target_length"),
            Origin = $"steps = {steps}",
        })
        { Rates = t => pieces.FindLastIndex(piece => t >= piece.Start) is var i && i >= 0 ? pieces[i].Rate(t - pieces[i].Start) : pieces[0].Rate(t - pieces[0].Start) };

        Func<double, double> Cosine(double span) => t =>
        {
            double p = older ? t / span : span > 1 ? t / (span - 1) : 1, a = 0.5 * (Math.Cos(Math.PI * p) + 1);
            return rate * a + final * (1 - a);
        };

        void StableDecay(Section section, List<(double, Func<double, double>)> list)
        {
            double share = section.Number("wsd_decay_steps_fraction", 0.1), decay = Math.Truncate(length * share), stable = length - warmup - decay;
            if (part + share > 1)
                throw section.Refused("wsd_decay_steps_fraction", $"({share}) and warmup_steps_fraction ({part}) must not exceed 1 together");
            if (stable > 0)
                list.Add((warmup, _ => rate));
            if (decay > 0)
                list.Add((warmup + stable, style == "cosine" ? Cosine(decay) : decay - 1 <= 0 ? _ => rate : t => rate + (final - rate) * (Math.Min(t, decay - 1) / (decay - 1))));
        }
    }

    static readonly string[] known =
    [
        "learning_rate", "steps", "learning_rate_schedule_steps", "learning_rate_final_fraction", "cosine_learning_rate_final_fraction", "warmup_steps_fraction", "lr_schedule_type",
        "wsd_decay_style", "wsd_decay_steps_fraction", "per_device_batch_size", "gradient_accumulation_steps", "max_target_length", "eval_steps",
    ];
}
