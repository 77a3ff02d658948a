namespace Anneal.Runs;

/// <summary>Composer's and LLM-Foundry's YAML.</summary>
/// <remarks>
/// The trainer steps the schedulers before it advances its clock: update n has the multiplier of time max(n − 1, 0).
/// <c>dur</c> is a part of max_duration, rounded down; epochs become batches. Warm-up and t_max must end up in one unit.
/// </remarks>
sealed class Composer : RunFramework
{
    public override string Name => "composer";

    public override int Recognise(MapNode root, ConfigurationFormat format) =>
        root.FindPath("max_duration") is { Value: ScalarNode duration } && Count(root, "optimizer.lr", "scheduler.t_warmup", "scheduler.alpha_f") + (duration.Text.Any(char.IsLetter) ? 1 : 0) is var own && own > 0
            && !root.Has("optimizer.learning_rate") ? Math.Min(10, 6 + 2 * own) : root.Has("scheduler.t_warmup") && root.Has("optimizer.lr") ? 8 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var optimizer = file.InnerOrEmpty("optimizer");
        var scheduler = file.InnerOrEmpty("scheduler");
        double rate = optimizer.Demand("lr");
        string name = scheduler.WordIfGiven("name") ?? throw scheduler.Lacks("name");
        optimizer.Note(Role.Rate, "lr", rate);
        scheduler.Note(Role.Scheduler, "name");
        scheduler.Note(Role.Warmup, "t_warmup");
        file.Note(Role.Total, "max_duration");
        scheduler.Note(Role.Decay, "t_max");
        scheduler.Note(Role.Floor, "alpha_f", scheduler.NumberIfGiven("alpha_f"));
        file.Note(Role.Batch, "global_train_batch_size");
        var clock = new Clock(reading, file);
        var factor = Curve(scheduler, name, clock);
        double warmup = scheduler.Has("t_warmup") ? clock.Batches(ComposerTime.Read(scheduler, "t_warmup", "0ba")) ?? 0 : 0;
        double updates = clock.Batches(clock.Duration) ?? 0;
        if (scheduler.Has("milestones") && ComposerTime.ReadAll(scheduler, "milestones").Count(m => clock.Batches(m) >= updates) is > 0 and var late)
            reading.Warn("milestone-beyond-end", scheduler.Path("milestones"), scheduler.PlaceOf("milestones"), $"{late} of {scheduler.Path("milestones")} lie beyond max_duration ({updates} batches) and never happen.");
        return new(Name, name, new(Math.Ceiling(updates))
        {
            Warmup = warmup,
            UpdatesPerEpoch = clock.PerEpoch,
            SamplesPerUpdate = clock.BatchSize,
            TokensPerSample = clock.Length,
            Origin = $"max_duration = {file.Word("max_duration", "")} is {Math.Ceiling(updates)} batches",
        })
        { Rates = update => rate * factor(Math.Max(update - 1, 0)) };
    }

    /// <summary>Composer's clock: what a batch is in each unit.</summary>
    sealed class Clock
    {
        readonly Reading reading;
        readonly Section file;

        public Clock(Reading reading, Section file)
        {
            (this.reading, this.file) = (reading, file);
            BatchSize = file.NumberIfGiven("global_train_batch_size");
            Length = file.NumberIfGiven("max_seq_len");
            if (!file.Has("max_duration"))
                throw file.Lacks("max_duration");
            Duration = file.Word("max_duration", "") is var text && PythonNumber.Float(text) is { } epochs ? new(epochs, "ep") : ComposerTime.Read(file, "max_duration", "");
            PerEpoch = reading.Given.Find("batchesPerEpoch") ?? (reading.Given.Find("samples") is { } samples && BatchSize is { } size ? Math.Floor(samples / size) : null);
        }

        public ComposerTime Duration { get; }

        public double? BatchSize { get; }

        public double? Length { get; }

        public double? PerEpoch { get; private set; }

        double Epoch => PerEpoch ??= reading.Given.Demand("batchesPerEpoch");

        /// <summary>What a batch is in the unit.</summary>
        public double PerBatch(string unit) => unit switch
        {
            "ba" or "it" => 1,
            "sp" => BatchSize ?? throw file.Lacks("global_train_batch_size"),
            "tok" => (BatchSize ?? throw file.Lacks("global_train_batch_size")) * (Length ?? throw file.Lacks("max_seq_len")),
            _ => 1 / Epoch,
        };

        public double? Batches(ComposerTime time) => time.Unit == "dur" ? Batches(Convert(time)) : time.Unit == "ep" ? time.Value * Epoch : time.Value / PerBatch(time.Unit);

        /// <summary>A part of the run, and epochs, in the unit that is compared.</summary>
        public ComposerTime Convert(ComposerTime time) => time.Unit switch
        {
            "dur" when Duration.Unit == "ep" => new(Math.Truncate(time.Value * Epoch * Duration.Value), "ba"),
            "dur" => new(Math.Truncate(time.Value * Duration.Value), Duration.Unit),
            "ep" => new(time.Value * Epoch, "ba"),
            _ => new(Math.Truncate(time.Value), time.Unit),
        };

        public double At(double batch, string unit) => batch * PerBatch(unit);

        /// <summary>Refuses a schedule that ends before the run, in so far as the two can be compared.</summary>
        public void NotShorter(Section scheduler, ComposerTime maximum)
        {
            double? run = maximum.Unit == Duration.Unit ? Duration.Value : maximum.Unit == "ba" && Duration.Unit == "ep" ? Duration.Value * Epoch : null;
            if (maximum.Value < run)
                throw scheduler.Refused("t_max", $"({maximum.Value}{maximum.Unit}) must not be shorter than max_duration ({run}{maximum.Unit})");
        }
    }

    static Func<double, double> Curve(Section p, string name, Clock clock)
    {
        ComposerTime Time(string key, string missing) => p.Has(key) || missing.Length > 0 ? clock.Convert(ComposerTime.Read(p, key, missing)) : throw p.Lacks(key);
        Func<double, double> Climb(double aim, Func<ComposerTime, Func<double, double>> then)
        {
            var warmup = Time("t_warmup", "");
            var after = then(warmup);
            return n => clock.At(n, warmup.Unit) is var t && t < warmup.Value ? Math.Min(1, t / warmup.Value) * aim : after(n);
        }
        Func<double, double> Decay(double aim, Func<double, double> shape) => Climb(aim, warmup =>
        {
            var maximum = Time("t_max", "1dur");
            if (maximum.Unit != warmup.Unit)
                throw p.Refused("t_warmup", $"is in {warmup.Unit} and t_max in {maximum.Unit}; both must be in one unit");
            clock.NotShorter(p, maximum);
            return n => shape(maximum.Value > warmup.Value ? Math.Min(1, (clock.At(n, warmup.Unit) - warmup.Value) / (maximum.Value - warmup.Value)) : 0);
        });
        Func<double, double> Part(Func<double, double> shape)
        {
            var maximum = Time("t_max", "1dur");
            return n => shape(clock.At(n, maximum.Unit) / maximum.Value);
        }
        double final = p.Number("alpha_f", 0), first = p.Number("alpha_i", 1), alpha = p.Number("alpha", 1);
        double Cosine(double x) => final + (1 - final) * (1 + Math.Cos(Math.Clamp(x, 0, 1) * Math.PI)) / 2;
        switch (name)
        {
            case "constant_with_warmup":
                p.Only(name, "name", "t_warmup", "alpha", "t_max", "scale_warmup");
                return Decay(alpha, _ => alpha);
            case "linear_decay_with_warmup" or "linear_with_warmup":
                p.Only(name, "name", "t_warmup", "alpha_i", "alpha_f", "t_max", "scale_warmup");
                return Decay(first, x => first + x * (final - first));
            case "cosine_with_warmup":
                p.Only(name, "name", "t_warmup", "t_max", "alpha_f", "scale_warmup");
                return Decay(1, Cosine);
            case "polynomial_with_warmup":
                p.Only(name, "name", "t_warmup", "power", "t_max", "alpha_f", "scale_warmup");
                double bend = p.Number("power", 2);
                return Decay(1, x => final + Math.Pow(1 - x, bend) * (1 - final));
            case "multistep_with_warmup":
                p.Only(name, "name", "t_warmup", "milestones", "gamma", "scale_warmup");
                return Climb(1, _ => Steps(p, clock));
            case "inv_sqrt_with_warmup":
                p.Only(name, "name", "t_warmup", "t_scale", "t_cooldown", "t_max", "alpha_f_decay", "alpha_f_cooldown");
                return InverseSqrt(p, clock, Time, Climb);
            case "multistep":
                p.Only(name, "name", "milestones", "gamma");
                return Steps(p, clock);
            case "step":
                p.Only(name, "name", "step_size", "gamma");
                var size = Time("step_size", "");
                double gamma = p.Number("gamma", 0.1);
                return n => Math.Pow(gamma, Math.Truncate(clock.At(n, size.Unit) / size.Value));
            case "constant":
                p.Only(name, "name", "alpha", "t_max");
                var until = Time("t_max", "1dur");
                return n => clock.At(n, until.Unit) < until.Value ? alpha : 1;
            case "linear":
                p.Only(name, "name", "alpha_i", "alpha_f", "t_max");
                return Part(x => first + Math.Min(1, x) * (final - first));
            case "exponential":
                p.Only(name, "name", "gamma", "decay_period");
                var period = Time("decay_period", "1ep");
                double fall = p.Demand("gamma");
                return n => Math.Pow(fall, clock.At(n, period.Unit) / period.Value);
            case "cosine_annealing" or "cosine":
                p.Only(name, "name", "t_max", "alpha_f");
                return Part(Cosine);
            case "polynomial":
                p.Only(name, "name", "power", "t_max", "alpha_f");
                double power = p.Demand("power");
                return Part(x => final + Math.Pow(1 - Math.Min(1, x), power) * (1 - final));
            case "cosine_annealing_warm_restarts":
                p.Only(name, "name", "t_0", "t_mult", "alpha_f");
                return Restarts(Time("t_0", ""), p.Number("t_mult", 1), clock, Cosine);
            default:
                throw p.Refused("name", $"must be one of {string.Join(", ", names)}, not {name}{Nearest.DidYouMean(name, names)}");
        }
    }

    static Func<double, double> Steps(Section p, Clock clock)
    {
        var milestones = ComposerTime.ReadAll(p, "milestones").Select(clock.Convert).ToList();
        double gamma = p.Number("gamma", 0.1);
        return n => milestones.Aggregate(1.0, (factor, m) => clock.At(n, m.Unit) >= m.Value ? factor * gamma : factor);
    }

    static Func<double, double> InverseSqrt(Section p, Clock clock, Func<string, string, ComposerTime> time, Func<double, Func<ComposerTime, Func<double, double>>, Func<double, double>> climb)
    {
        double toDecay = p.Number("alpha_f_decay", 0), toCooldown = p.Number("alpha_f_cooldown", 0);
        if (toDecay < toCooldown)
            throw p.Refused("alpha_f_decay", $"({toDecay}) must be at least alpha_f_cooldown ({toCooldown})");
        foreach (string key in (string[])["t_warmup", "t_scale", "t_cooldown"])
            if (ComposerTime.Read(p, key, "0ba") is var given && p.Has(key) && given.Unit != clock.Duration.Unit)
                throw p.Refused(key, $"is in {given.Unit}, and must be in the unit of max_duration, {clock.Duration.Unit}");
        return climb(1, warmup =>
        {
            ComposerTime scale = time("t_scale", ""), cooldown = time("t_cooldown", ""), end = time("t_max", "1dur");
            double shift = scale.Value - warmup.Value, start = Math.Max(warmup.Value, end.Value - cooldown.Value);
            double At(double t) => toDecay + (1 - toDecay) / Math.Sqrt((t + shift) / scale.Value);
            return n =>
            {
                double t = clock.At(n, scale.Unit);
                if (t < start)
                    return At(t);
                return cooldown.Value == 0 ? At(start) : At(start) + Math.Min(1, (t - start) / cooldown.Value) * (toCooldown - At(start));
            };
        });
    }

    static Func<double, double> Restarts(ComposerTime period, double factor, Clock clock, Func<double, double> cosine) => n =>
    {
        double t = clock.At(n, period.Unit), length = period.Value, end = length;
        while (end <= t)
        {
            if (length <= 0)
                return double.NaN;
            length = Math.Truncate(factor * length);
            end += length;
        }
        return cosine((t - (end - length)) / length);
    };

    static readonly string[] names =
    [
        "constant_with_warmup", "cosine_with_warmup", "linear_decay_with_warmup", "inv_sqrt_with_warmup", "multistep_with_warmup", "polynomial_with_warmup", "multistep", "step", "constant",
        "linear", "exponential", "cosine_annealing", "cosine_annealing_warm_restarts", "polynomial",
    ];
}
