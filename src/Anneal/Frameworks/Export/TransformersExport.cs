namespace Anneal.Frameworks;

/// <summary>Schedules that Transformers' <c>get_scheduler</c> knows by name.</summary>
static class TransformersExport
{
    public static string Write(Schedule schedule)
    {
        var (warmup, rest) = Split(schedule);
        var (rate, name, steps, more) = rest switch
        {
            Constant s => (s.Value, warmup == 0 ? "constant" : "constant_with_warmup", 0, ""),
            LinearDecay { Floor: 0 } s => (s.Peak, "linear", s.Steps, ""),
            LinearDecay s when s.Floor < s.Peak => (s.Peak, "polynomial", s.Steps, $"\"lr_end\": {Written.Number(s.Floor)}"),
            PolynomialDecay s when s.Floor < s.Peak => (s.Peak, "polynomial", s.Steps, $"\"lr_end\": {Written.Number(s.Floor)}, \"power\": {Written.Number(s.Power)}"),
            HardRestarts { Floor: 0 } s => (s.Peak, "cosine_with_restarts", s.Steps, $"\"num_cycles\": {Written.Number(s.Cycles)}"),
            CosineDecay s => Cosine(s.Peak, s.Steps, 0.5, s.Floor),
            CosineWave s => Cosine(s.Peak, s.Steps, s.Waves, s.Floor),
            Continued { Whole: CosineDecay s } => Cosine(s.Peak, s.Steps, 0.5, s.Floor),
            Continued { Whole: CosineWave s } => Cosine(s.Peak, s.Steps, s.Waves, s.Floor),
            InverseSqrtDecay s when s.Timescale == (warmup == 0 ? 10_000 : warmup) => (s.Peak, "inverse_sqrt", 0, ""),
            InverseSqrtDecay => throw Refused("get_scheduler does not pass a timescale on; it is the warm-up's length there, or 10000"),
            WarmupStableDecay s when warmup == 0 => Stable(s),
            _ => throw Refused($"{rest.GetType().Name} is not among the schedules it names"),
        };
        if (rest is WarmupStableDecay plan)
            warmup = plan.WarmupSteps;
        if (name is not ("constant" or "constant_with_warmup" or "inverse_sqrt") && steps != Math.Floor(steps))
            throw Refused($"it lasts {Written.Number(steps)} steps, and steps are whole numbers there");
        double total = rest is WarmupStableDecay ? steps : steps == 0 ? 0 : warmup + steps;
        string past = rest is CosineDecay or CosineWave ? $"    # made for {Written.Number(total)} steps: past them it rises again, where the original stays" : "";
        string arguments = (total > 0 ? $", num_training_steps={Written.Number(total)}" : "") + (more == "" ? "" : $", scheduler_specific_kwargs={{{more}}}");
        return $"""
            from transformers import get_scheduler

            # optimizer = torch.optim.AdamW(model.parameters(), lr={Written.Number(rate)})
            scheduler = get_scheduler("{name}", optimizer, num_warmup_steps={Written.Number(warmup)}{arguments}){past}

            """.ReplaceLineEndings("\n");
    }

    static (double Rate, string Name, double Steps, string More) Cosine(double peak, double steps, double waves, double floor)
    {
        string cycles = waves == 0.5 ? "" : $"\"num_cycles\": {Written.Number(waves)}";
        return floor == 0 ? (peak, "cosine", steps, cycles)
            : (peak, "cosine_with_min_lr", steps, $"\"min_lr\": {Written.Number(floor)}{(cycles == "" ? "" : ", ")}{cycles}");
    }

    /// <summary>Both the warm-up and the decay of Transformers go between the rate and the same lowest rate.</summary>
    static (double Rate, string Name, double Steps, string More) Stable(WarmupStableDecay s)
    {
        if (s.WarmupSteps > 0 && s.Start != s.Floor)
            throw Refused("its warm-up starts at another rate than the decay ends at");
        string shape = s.Shape switch
        {
            Easing.Linear => "linear",
            Easing.Cosine => "cosine",
            Easing.OneMinusSqrt => "1-sqrt",
            _ => throw Refused($"there is no decay of shape {s.Shape}"),
        };
        return (s.Peak, "warmup_stable_decay", s.Steps,
            $"\"num_decay_steps\": {Written.Number(s.DecaySteps)}, \"decay_type\": \"{shape}\", \"min_lr_ratio\": {Written.Number(s.Floor / s.Peak)}");
    }

    /// <summary>The warm-up from 0 that get_scheduler puts before everything, and what follows it.</summary>
    static (double Warmup, Schedule After) Split(Schedule schedule)
    {
        var (first, next) = schedule switch
        {
            Sequence { Parts: [Warmup up, var only] } => (up, (Schedule)only),
            Continuation { First: Warmup up, Next: var open } => (up, open),
            _ => (null, schedule),
        };
        return first is { Start: 0 } && first.Steps == Math.Floor(first.Steps) && first.Peak == next.At(0) ? (first.Steps, next)
            : first is null ? (0, schedule)
            : throw Refused("its warm-up does not lead from 0 to the rate that follows it in whole steps");
    }

    static ScheduleFormatException Refused(string reason) =>
        new($"get_scheduler of transformers cannot express this: {reason}. Export it to pytorch and hand the scheduler to the Trainer.");
}
