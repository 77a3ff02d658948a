namespace Anneal.Runs;

/// <summary>MMEngine's configurations, in Python or JSON: a list of parameter schedulers that act on one rate, one after another.</summary>
/// <remarks>
/// Each multiplies, or moves, the rate it finds, in [begin, end); so the rates are made update by update, as there. LinearLR and PolyLR span end − begin − 1 steps.
/// A scheduler by epoch acts after the epoch's last update; <c>convert_to_iter_based</c> turns its epochs into updates.
/// </remarks>
sealed class MMEngine : RunFramework
{
    public override string Name => "mmengine";

    public override int Recognise(MapNode root, ConfigurationFormat format) => root.Has("optim_wrapper") ? 10 : root.Has("param_scheduler") ? 10 : root.Has("train_cfg") && format == ConfigurationFormat.Python ? 6 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var optimizer = file.InnerOrEmpty("optim_wrapper").InnerOrEmpty("optimizer");
        var train = file.InnerOrEmpty("train_cfg");
        if (file.Has("_base_"))
            reading.Warn("include", "_base_", file.PlaceOf("_base_"), "_base_ is another file, which is not read: what it sets counts here as not set.");
        double rate = optimizer.Demand("lr");
        optimizer.Note(Role.Rate, "lr", rate);
        bool byEpoch = train.Has("max_epochs") || (train.Word("type", "EpochBasedTrainLoop") is var loop && !loop.Contains("Iter") && train.Flag("by_epoch", true) && !train.Has("max_iters"));
        // What another file sets is asked for.
        bool elsewhere = file.Has("_base_") && !train.Has("max_epochs") && !train.Has("max_iters");
        byEpoch &= !elsewhere;
        double epochs = byEpoch ? train.Demand("max_epochs") : 1, iterations = byEpoch ? double.NaN : elsewhere ? reading.Given.Demand("updates") : train.Demand("max_iters");
        train.Note(Role.Total, byEpoch ? "max_epochs" : "max_iters", byEpoch ? epochs : iterations);
        double? given = reading.Given.Find("epochLength");
        double Epoch() => given ?? reading.Given.Demand("epochLength");

        var sections = Schedulers(file).Where(section => !section.Word("type", "").Contains("Momentum")).ToList();
        double updates = byEpoch ? epochs * Epoch() : iterations;
        var schedulers = sections.Select(section => Scheduler(section, rate, byEpoch ? epochs : 1, updates, Epoch)).ToList();
        foreach (var section in sections)
            section.Note(Role.Scheduler, "type");
        bool counted = byEpoch && schedulers.Any(s => s.ByEpoch); // a loop by iterations has no epoch that ends
        var rates = new List<double>();
        object locked = new();
        string name = sections.Count == 0 ? "none" : string.Join(" + ", sections.Select(section => section.Word("type", "")));
        double warmup = 0;
        for (int i = 0; i < schedulers.Count; i++)
        {
            double unit = schedulers[i].ByEpoch && byEpoch ? Epoch() : 1;
            if (schedulers[i].Rises && warmup == 0 && (byEpoch || !schedulers[i].ByEpoch))
            {
                warmup = (schedulers[i].End - 1) * unit;
                sections[i].Note(Role.Warmup, sections[i].Has("end") ? "end" : "type", sections[i].NumberIfGiven("end"));
            }
            if (sections[i].NumbersIfGiven("milestones") is { } milestones && milestones.Count(m => m * (sections[i].Flag("convert_to_iter_based") ? Epoch() : unit) >= updates) is > 0 and var late)
                reading.Warn("milestone-beyond-end", sections[i].Path("milestones"), sections[i].PlaceOf("milestones"),
                    $"{late} of {sections[i].Path("milestones")} lie beyond the run ({(schedulers[i].ByEpoch ? $"{epochs} epochs" : $"{updates} iterations")}) and never happen.");
            Units(sections[i], byEpoch, byEpoch ? epochs : updates, updates);
        }
        return new(Name, name, new(updates)
        {
            Warmup = warmup,
            UpdatesPerEpoch = given,
            SamplesPerUpdate = file.Inner("train_dataloader")?.NumberIfGiven("batch_size") * reading.WorldSize,
            Origin = byEpoch ? $"{epochs} epochs × {given} iterations = {updates}" : $"max_iters = {iterations}",
        })
        {
            Rates = update => At(Math.Floor(update)),
            ChangesEvery = counted ? Epoch() : 1,
            ScheduleEnd = schedulers.Where(s => byEpoch || !s.ByEpoch).Select(s => s.End * (s.ByEpoch ? Epoch() : 1)).DefaultIfEmpty(updates).Max() is var last && last <= 10 * updates ? last : 10 * updates,
        };

        double At(double update)
        {
            if (update > 50_000_000)
                throw new ConfigurationException($"MMEngine's rates are made update by update, and {update} of them are too many");
            lock (locked)
            {
                if (rates.Count == 0)
                    rates.Add(schedulers.Aggregate(rate, (value, s) => s.Step(value)));
                while (rates.Count <= update)
                {
                    double value = rates[^1];
                    foreach (var s in schedulers.Where(s => !s.ByEpoch))
                        value = s.Step(value);
                    if (counted && rates.Count % Epoch() == 0)
                        foreach (var s in schedulers.Where(s => s.ByEpoch))
                            value = s.Step(value);
                    rates.Add(value);
                }
                return rates[(int)update];
            }
        }
    }

    /// <summary>A scheduler that counts epochs where iterations are meant.</summary>
    static void Units(Section p, bool loopByEpoch, double length, double updates)
    {
        bool inEpochs = p.Flag("by_epoch", true);
        string why = p.Has("by_epoch") ? "by_epoch is True" : "by_epoch is True unless set";
        if (inEpochs && !loopByEpoch && !p.Flag("convert_to_iter_based"))
            p.Reading.Warn("never-acts", p.Path("type"), p.PlaceOf("type"), $"{p.Path("type")}: {p.Word("type", "")} counts epochs ({why}), and the run counts iterations: it never acts. Set by_epoch=False.");
        else if (p.NumberIfGiven("end") is { } end && end > (inEpochs ? length : updates))
            p.Reading.Warn("end-beyond-run", p.Path("end"), p.PlaceOf("end"), FormattableString.Invariant(
                $"{p.Path("end")}: {end} {(inEpochs ? $"epochs ({why})" : "iterations")}, and the run has {(inEpochs ? length : updates)}: only the first {(inEpochs ? length : updates) / end:0.##%} of it happens.{(inEpochs ? " If iterations are meant, set by_epoch=False." : "")}"));
    }

    static IEnumerable<Section> Schedulers(Section file)
    {
        if (file.Map.Find("param_scheduler") is not { } entry)
            return [];
        return entry.Value switch
        {
            MapNode map => [new Section(file.Reading, map, "param_scheduler.", NumberStyle.Converted)],
            ListNode list => list.Items.Select((item, i) => item is MapNode map ? new Section(file.Reading, map, $"param_scheduler[{i}].", NumberStyle.Converted)
                : throw new ConfigurationException($"param_scheduler[{i}] must be a dict, not {item.Description}", item.Place)),
            ScalarNode { IsNull: true } => [],
            _ => throw new ConfigurationException($"param_scheduler must be a dict or a list of them, not {entry.Value.Description}", entry.Place),
        };
    }

    static readonly string[] common = ["type", "begin", "end", "by_epoch", "convert_to_iter_based", "last_step", "verbose", "_scope_"];

    static ParameterScheduler Scheduler(Section p, double rate, double epochs, double updates, Func<double> epoch)
    {
        string type = (p.WordIfGiven("type") ?? throw p.Lacks("type")).Split('.')[^1];
        bool byEpoch = p.Flag("by_epoch", true), convert = p.Flag("convert_to_iter_based");
        if (convert && !byEpoch)
            throw p.Refused("convert_to_iter_based", "goes with by_epoch=True only");
        double scale = convert ? epoch() : 1, begin = p.Number("begin", 0), end = p.Number("end", byEpoch ? epochs : updates);
        if (end <= begin)
            throw p.Refused("end", $"({end}) must be above begin ({begin})");
        (begin, end) = (Math.Truncate(begin * scale), Math.Truncate(end * scale));
        double iterations = end - begin - 1;
        double lowest = p.Number("eta_min", 0);
        double Floor() => p.NumberIfGiven("eta_min_ratio") is { } ratio ? p.Has("eta_min") ? throw p.Refused("eta_min", "and eta_min_ratio exclude each other") : rate * ratio : lowest;
        string Known(params string[] own)
        {
            p.Only(type, [.. common, .. own]);
            return type;
        }
        Func<double, double, double> step;
        bool rises = false;
        switch (type)
        {
            case "ConstantLR":
                Known("factor");
                double held = p.Number("factor", 1.0 / 3);
                Fraction(p, "factor", held);
                step = (i, v) => i == 0 ? v * held : i == iterations ? v * (1 / held) : v;
                rises = held < 1;
                break;
            case "LinearLR":
                Known("start_factor", "end_factor");
                double start = p.Number("start_factor", 1.0 / 3), last = p.Number("end_factor", 1);
                Fraction(p, "start_factor", start);
                Fraction(p, "end_factor", last);
                step = (i, v) => i == 0 ? v * start : v * (1 + (last - start) / (iterations * start + (i - 1) * (last - start)));
                rises = last > start;
                break;
            case "ExponentialLR":
                Known("gamma");
                double fall = p.Demand("gamma");
                step = (i, v) => i == 0 ? v : v * fall;
                break;
            case "StepLR":
                Known("step_size", "gamma");
                double size = p.Demand("step_size") * scale, cut = p.Number("gamma", 0.1);
                step = (i, v) => i == 0 || i % size != 0 ? v : v * cut;
                break;
            case "MultiStepLR":
                Known("milestones", "gamma");
                var milestones = (p.NumbersIfGiven("milestones") ?? throw p.Lacks("milestones")).Select(m => m * scale).GroupBy(m => m).ToDictionary(g => g.Key, g => g.Count());
                double drop = p.Number("gamma", 0.1);
                step = (i, v) => milestones.TryGetValue(i, out int times) ? v * Math.Pow(drop, times) : v;
                break;
            case "CosineAnnealingLR":
                Known("T_max", "eta_min", "eta_min_ratio");
                double half = p.NumberIfGiven("T_max") is > 0 and var given ? given * scale : end - begin, low = Floor();
                step = (i, v) => i == 0 ? v
                    : (i - 1 - half) % (2 * half) == 0 ? v + (rate - low) * (1 - Math.Cos(Math.PI / half)) / 2
                    : (1 + Math.Cos(Math.PI * i / half)) / (1 + Math.Cos(Math.PI * (i - 1) / half)) * (v - low) + low;
                break;
            case "PolyLR":
                Known("eta_min", "power");
                double power = p.Number("power", 1);
                step = (i, v) => i == 0 ? v : (v - lowest) * Math.Pow(1 - 1 / (iterations - i + 1), power) + lowest;
                break;
            case "OneCycleLR":
                Known("eta_max", "total_steps", "pct_start", "anneal_strategy", "div_factor", "final_div_factor", "three_phase", "epochs", "steps_per_epoch");
                double total = p.NumberIfGiven("total_steps") * scale ?? p.Demand("epochs") * p.Demand("steps_per_epoch");
                var cycle = OneCycleCurve.Of(p.Number("eta_max", 0), total, p.Number("pct_start", 0.3), p.Word("anneal_strategy", "cos"), p.Number("div_factor", 25),
                    p.Number("final_div_factor", 1e4), p.Flag("three_phase"));
                step = (i, _) => cycle(i);
                break;
            case "CosineRestartLR":
                Known("periods", "restart_weights", "eta_min", "eta_min_ratio");
                step = Restarts(p, rate, scale, Floor());
                break;
            case "ReduceOnPlateauLR":
                throw new ConfigurationException($"{p.Path("type")}: {type} follows a metric, so the rates cannot be told before the run", p.PlaceOf("type"), p.Path("type"));
            default:
                throw p.Refused("type", $"is {type}, which is not read{Nearest.DidYouMean(type, types)}");
        }
        return new(begin, end, byEpoch && !convert, rises, step);
    }

    static void Fraction(Section p, string key, double value)
    {
        if (value is < 0 or > 1)
            throw p.Refused(key, $"must be from 0 to 1, not {value:g}");
    }

    static Func<double, double, double> Restarts(Section p, double rate, double scale, double low)
    {
        var periods = (p.NumbersIfGiven("periods") ?? throw p.Lacks("periods")).Select(x => x * scale).ToList();
        var weights = p.NumbersIfGiven("restart_weights") ?? [1];
        if (periods.Count != weights.Count)
            throw p.Refused("restart_weights", $"must be as many as periods: {periods.Count}, not {weights.Count}");
        return (i, v) =>
        {
            double start = 0;
            for (int k = 0; k < periods.Count; start += periods[k], k++)
                if (i < start + periods[k])
                    return i - start is var t && t == 0 ? rate * weights[k]
                        : (1 + Math.Cos(Math.PI * t / periods[k])) / (1 + Math.Cos(Math.PI * (t - 1) / periods[k])) * (v - low) + low;
            return v;
        };
    }

    static readonly string[] types = ["ConstantLR", "LinearLR", "ExponentialLR", "StepLR", "MultiStepLR", "CosineAnnealingLR", "PolyLR", "OneCycleLR", "CosineRestartLR"];

    /// <summary>One scheduler and how often it was stepped.</summary>
    sealed class ParameterScheduler(double begin, double end, bool byEpoch, bool rises, Func<double, double, double> value)
    {
        double stepped = -1, inRange = -1;

        public bool ByEpoch => byEpoch;

        /// <summary>Whether it is a warm-up.</summary>
        public bool Rises => rises;

        public double End => end;

        public double Step(double rate)
        {
            stepped++;
            if (!(stepped >= begin && stepped < end))
                return rate;
            inRange++;
            return value(inRange, rate);
        }
    }
}
