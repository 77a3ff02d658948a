namespace Anneal.Runs;

/// <summary>NeMo's YAML: <c>model.optim.sched</c> and <c>trainer</c>.</summary>
/// <remarks>
/// <code>max_steps = trainer.max_steps if not negative, else sched.max_steps, else
///     epochs · ⌈⌊⌈⌈samples / workers⌉ / batch⌉ · limit_train_batches⌋ / accumulation⌉</code>
/// Warm-up (n + 1)/(W + 1) up to and with index W; after max_steps min_lr.
/// </remarks>
sealed class Nemo : RunFramework
{
    public override string Name => "nemo";

    public override int Recognise(MapNode root, ConfigurationFormat format) =>
        root.Has("model.optim.sched") ? 10 : root.Has("model.optim") && root.Has("trainer") ? 9 : root.Has("optim.sched") ? 7 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var trainer = file.InnerOrEmpty("trainer");
        var model = file.InnerOrEmpty("model");
        var optim = model.Inner("optim") ?? file.InnerOrEmpty("optim");
        double rate = optim.Demand("lr");
        optim.Note(Role.Rate, "lr", rate);
        double stopped = trainer.Word("max_steps", "") == "???" ? reading.Given.Demand("updates") : trainer.Number("max_steps", -1);
        trainer.Note(Role.Total, "max_steps", stopped);
        trainer.Note(Role.Epochs, "max_epochs");
        trainer.Note(Role.Accumulation, "accumulate_grad_batches");
        var train = model.InnerOrEmpty("train_ds");
        train.Note(Role.Batch, "batch_size");
        if (optim.Inner("sched") is not { } sched)
            return new(Name, "none", new(Math.Max(0, stopped)) { Origin = stopped < 0 ? "trainer.max_steps is not given, so the run's length is not known" : $"trainer.max_steps = {stopped}" }) { Rates = _ => rate };
        string name = sched.WordIfGiven("name") ?? throw sched.Lacks("name");
        sched.Note(Role.Scheduler, "name");
        // Older files have the scheduler's own numbers in args, or in args.params beside the name auto; then those beside the name do not count.
        var p = sched.Inner("args") is not { } args ? sched : args.Has("name") ? args.InnerOrEmpty("params") : args;
        p.Note(Role.Warmup, p.Has("warmup_ratio") ? "warmup_ratio" : "warmup_steps");
        p.Note(Role.Floor, "min_lr", p.NumberIfGiven("min_lr"));
        if (stopped >= 0 && sched.NumberIfGiven("max_steps") is { } replaced && replaced != stopped)
            reading.Warn("length-replaced", sched.Path("max_steps"), sched.PlaceOf("max_steps"), $"{sched.Path("max_steps")} {replaced} has no effect: trainer.max_steps {stopped} replaces it.");
        var (steps, origin, perEpoch, samples) = MaxSteps(reading, trainer, model, sched, stopped);
        double workers = Workers(reading, trainer);
        return new(Name, name, new(steps)
        {
            Warmup = Length(p, "warmup", steps),
            UpdatesPerEpoch = perEpoch,
            Samples = samples,
            SamplesPerUpdate = model.NumberIfGiven("global_batch_size") ?? train.NumberIfGiven("batch_size") * workers * trainer.Number("accumulate_grad_batches", 1),
            Origin = origin,
        })
        { Rates = Curve(p, name, rate, steps), Restarts = p.Flag("cycle"), Holds = p.Has("constant_steps") || p.Has("constant_ratio") };
    }

    static double Workers(Reading reading, Section trainer) => reading.Given.Find("worldSize")
        ?? (trainer.Map.Find("devices")?.Value is ListNode list ? list.Items.Count : PythonNumber.Float(trainer.Word("devices", "1")) is > 0 and var devices ? devices
            : throw new MissingGivenException("worldSize", $"trainer.devices is {trainer.Word("devices", "")}, so the processes are not in the file")) * trainer.Number("num_nodes", 1);

    static (double Steps, string Origin, double? PerEpoch, double? Samples) MaxSteps(Reading reading, Section trainer, Section model, Section sched, double stopped)
    {
        if (stopped >= 0)
            return (stopped, $"trainer.max_steps = {stopped}", null, reading.Given.Find("samples"));
        if (sched.NumberIfGiven("max_steps") is { } own)
            return own >= 0 ? (own, $"sched.max_steps = {own}", null, reading.Given.Find("samples"))
                : throw sched.Refused("max_steps", "is negative: every update lies past the schedule's end and has min_lr; leave it out, and NeMo counts the steps from the epochs");
        if (trainer.NumberIfGiven("max_epochs") is not > 0)
            return reading.Given.Demand("updates") is var length ? (length, $"updates = {length}, as given", null, reading.Given.Find("samples")) : default;
        double epochs = trainer.Demand("max_epochs");
        var train = model.InnerOrEmpty("train_ds");
        double accumulation = trainer.Number("accumulate_grad_batches", 1), batches;
        double? samples = null;
        if (reading.Given.Find("batchesPerEpoch") is { } counted && reading.Given.Find("samples") is null)
            batches = counted;
        else
        {
            // Batches of so many tokens or seconds have no size in samples.
            double batch = train.NumberIfGiven("batch_size") ?? model.NumberIfGiven("micro_batch_size") ?? throw new MissingGivenException("batchesPerEpoch", Given.Names["batchesPerEpoch"]);
            samples = reading.Given.Demand("samples");
            batches = Math.Ceiling(samples.Value / Math.Max(1, Workers(reading, trainer))) / batch;
            batches = train.Flag("drop_last") ? Math.Floor(batches) : Math.Ceiling(batches);
        }
        if (trainer.NumberIfGiven("limit_train_batches") is { } limit)
            batches = trainer.Word("limit_train_batches", "").Contains('.') && limit != 0 ? Math.Truncate(batches * limit) : Math.Min(batches, Math.Truncate(limit));
        double perEpoch = Math.Ceiling(batches / accumulation);
        return (perEpoch * epochs, $"{epochs} epochs × ⌈{batches} batches / {accumulation}⌉ = {perEpoch * epochs}", perEpoch, samples);
    }

    static double Length(Section sched, string what, double steps) => sched.NumberIfGiven($"{what}_steps")
        ?? (sched.NumberIfGiven($"{what}_ratio") is { } ratio ? Math.Truncate(ratio * steps) : 0);

    static readonly string[] common = ["name", "max_steps", "min_lr", "last_epoch", "monitor", "reduce_on_plateau", "iters_per_batch", "t_max_epochs", "t_accumulate_grad_batches", "t_limit_train_batches", "t_num_workers"];

    static readonly string[] warm = [.. common, "warmup_steps", "warmup_ratio"], hold = [.. warm, "hold_steps", "hold_ratio"], constant = [.. warm, "constant_steps", "constant_ratio"];

    static Func<double, double> Curve(Section sched, string name, double rate, double steps)
    {
        foreach (string what in (string[])["warmup", "hold", "constant"])
            if (sched.Has($"{what}_steps") && sched.Has($"{what}_ratio"))
                throw sched.Refused($"{what}_steps", $"and {what}_ratio exclude each other");
        double low = sched.Number("min_lr", name == "SquareAnnealing" ? 1e-5 : 0), warmup = Length(sched, "warmup", steps);
        double held = sched.Has("hold_steps") || sched.Has("hold_ratio") ? Length(sched, "hold", steps) + warmup : 0;
        double power = sched.Number("power", 1);
        bool cycle = sched.Flag("cycle");
        switch (name)
        {
            case "WarmupPolicy":
                sched.Only(name, warm);
                return Warm(_ => rate);
            case "WarmupHoldPolicy":
                sched.Only(name, hold);
                return Hold(_ => rate);
            case "SquareAnnealing":
                sched.Only(name, warm);
                return Warm(t => Math.Max(rate * Math.Pow((steps - t) / (steps - warmup), 2), low));
            case "SquareRootAnnealing":
                sched.Only(name, warm);
                return Warm(t => Math.Max(rate * Math.Sqrt((steps - t) / steps), low));
            case "CosineAnnealing":
                sched.Only(name, constant);
                return CosineAnnealing(sched, rate, low, warmup, steps);
            case "NoamAnnealing":
                sched.Only(name, [.. warm, "d_model"]);
                return Noam(sched, rate, low, warmup);
            case "NoamHoldAnnealing":
                sched.Only(name, [.. hold, "decay_rate"]);
                return NoamHold(sched, rate, low, warmup, held, Hold);
            case "WarmupHoldAnnealOneMinusSquareRoot":
                sched.Only(name, hold);
                return Hold(t => Math.Max(low, rate * (1 - Math.Sqrt((t - held) / (steps - held)))));
            case "WarmupHoldAnnealLinear":
                sched.Only(name, hold);
                return Hold(t => rate - (rate - low) * ((t - held) / (steps - held)));
            case "WarmupAnnealing":
                sched.Only(name, warm);
                return Warm(t => low + (1 - (t - warmup) / (steps - warmup)) * (rate - low));
            case "InverseSquareRootAnnealing":
                sched.Only(name, warm);
                return Warm(t => rate / Math.Sqrt((t + 1) / (warmup + 1)));
            case "T5InverseSquareRootAnnealing":
                sched.Only(name, [.. common, "constant_steps", "constant_ratio"]);
                double flat = sched.Demand("constant_steps");
                return t => t <= flat ? 1 / Math.Sqrt(flat) : t > steps ? low : 1 / Math.Sqrt(t);
            case "PolynomialDecayAnnealing":
                sched.Only(name, [.. warm, "power", "cycle"]);
                return Warm(t => Polynomial(t - warmup, steps - warmup));
            case "PolynomialHoldDecayAnnealing":
                sched.Only(name, [.. hold, "power", "cycle"]);
                return Hold(t => Polynomial(t - held, steps - Math.Max(warmup, held)));
            case "StepLR":
                sched.Only(name, [.. common, "step_size", "gamma"]);
                double size = sched.Demand("step_size"), gamma = sched.Number("gamma", 0.1);
                return t => rate * Math.Pow(gamma, Math.Floor(t / size));
            case "ExponentialLR" or "ReduceLROnPlateau" or "CyclicLR":
                throw new ConfigurationException($"{sched.Path("name")}: {name} is torch's, and is not read from NeMo's configuration yet", sched.PlaceOf("name"), sched.Path("name"));
            default:
                throw sched.Refused("name", $"is {name}, which NeMo does not know{Nearest.DidYouMean(name, names)}");
        }

        Func<double, double> Warm(Func<double, double> then) => t => t <= warmup && warmup > 0 ? rate * ((t + 1) / (warmup + 1)) : t > steps ? low : then(t);

        Func<double, double> Hold(Func<double, double> then) => t => t <= warmup && warmup > 0 ? rate * ((t + 1) / (warmup + 1))
            : t >= warmup && t < held ? rate : t > steps ? low : then(t);

        double Polynomial(double t, double length)
        {
            length *= cycle && t != 0 ? Math.Ceiling(t / length) : 1;
            return (rate - low) * Math.Pow(1 - (cycle ? t : Math.Min(t, length)) / length, power) + low;
        }
    }

    static Func<double, double> CosineAnnealing(Section sched, double rate, double low, double warmup, double steps)
    {
        double constant = Length(sched, "constant", steps), decay = steps - constant - warmup;
        if (constant > 0 && rate <= low)
            throw sched.Refused("min_lr", $"({low:g}) must be below lr ({rate:g})");
        return t =>
        {
            if (warmup > 0 && t <= warmup)
                return constant > 0 ? rate * t / warmup : rate * ((t + 1) / (warmup + 1));
            if (t > steps || (constant > 0 && t > warmup + decay))
                return low;
            return rate < low ? double.NaN : low + (rate - low) * (0.5 * (1 + Math.Cos(Math.PI * (t - warmup) / (constant > 0 ? decay : steps - warmup))));
        };
    }

    static Func<double, double> Noam(Section sched, double rate, double low, double warmup)
    {
        double scale = Math.Pow(sched.Demand("d_model"), -0.5);
        if (rate < low)
            throw sched.Refused("min_lr", $"({low:g}) must be at most lr ({rate:g})");
        return update =>
        {
            double t = Math.Max(1, update);
            double value = rate * scale * (warmup > 0 ? Math.Min(1 / Math.Sqrt(t), t * Math.Pow(warmup, -1.5)) : 1 / Math.Sqrt(t));
            return t > warmup ? Math.Max(value, low) : value;
        };
    }

    static Func<double, double> NoamHold(Section sched, double rate, double low, double warmup, double held, Func<Func<double, double>, Func<double, double>> hold)
    {
        double decay = sched.Number("decay_rate", 0.5), flat = held > 0 ? held - warmup : 0;
        if (warmup == 0)
            throw sched.Refused("warmup_steps", "is missing: NoamHoldAnnealing cannot do without");
        return hold(t => Math.Max(rate * Math.Max(1, Math.Pow(warmup, decay)) / Math.Max(1, Math.Pow(t - flat, decay)), low));
    }

    static readonly string[] names =
    [
        "WarmupPolicy", "WarmupHoldPolicy", "SquareAnnealing", "CosineAnnealing", "NoamAnnealing", "NoamHoldAnnealing", "WarmupHoldAnnealOneMinusSquareRoot", "WarmupHoldAnnealLinear",
        "WarmupAnnealing", "InverseSquareRootAnnealing", "T5InverseSquareRootAnnealing", "SquareRootAnnealing", "PolynomialDecayAnnealing", "PolynomialHoldDecayAnnealing", "StepLR",
    ];
}
