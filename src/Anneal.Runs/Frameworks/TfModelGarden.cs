namespace Anneal.Runs;

/// <summary>TensorFlow's model garden: <c>trainer.optimizer_config</c>.</summary>
/// <remarks>The warm-up does not shift the schedule: it replaces its first steps and aims at its value there; <c>offset</c> shifts.</remarks>
sealed class TfModelGarden : RunFramework
{
    public override string Name => "tf_model_garden";

    public override int Recognise(MapNode root, ConfigurationFormat format) => root.Has("trainer.optimizer_config") ? 10 : root.Has("optimizer_config.learning_rate") ? 9 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top(NumberStyle.PyYaml);
        var trainer = file.Has("trainer") ? file.InnerOrEmpty("trainer") : file;
        var config = trainer.InnerOrEmpty("optimizer_config");
        var learning = config.Inner("learning_rate") ?? throw config.Lacks("learning_rate");
        string name = learning.WordIfGiven("type") ?? throw learning.Lacks("type");
        var p = learning.InnerOrEmpty(name);
        double steps = trainer.Number("train_steps", 0);
        var curve = Curve(learning, p, name);
        string rateKey = name == "constant" ? "learning_rate" : name is "stepwise" or "step_cosine_with_offset" ? "values" : "initial_learning_rate";
        p.Note(Role.Rate, rateKey, rateKey == "values" ? null : p.NumberIfGiven(rateKey));
        learning.Note(Role.Scheduler, "type");
        trainer.Note(Role.Total, "train_steps", steps);
        p.Note(Role.Decay, "decay_steps", p.NumberIfGiven("decay_steps"));
        double warmup = 0;
        if (config.Inner("warmup") is { } warm && warm.WordIfGiven("type") is { } type)
        {
            var w = warm.InnerOrEmpty(type);
            (curve, warmup) = Warmed(warm, w, type, curve);
            w.Note(Role.Warmup, "warmup_steps", warmup);
        }
        if (steps > 0 && p.NumbersIfGiven("boundaries") is { } boundaries && boundaries.Count(b => b + p.Number("offset", 0) >= steps) is > 0 and var late)
            reading.Warn("milestone-beyond-end", p.Path("boundaries"), p.PlaceOf("boundaries"), $"{late} of {p.Path("boundaries")} lie beyond train_steps ({steps}) and never happen.");
        double? batch = file.Inner("task")?.Inner("train_data")?.NumberIfGiven("global_batch_size");
        return new(Name, name, new(steps) { Warmup = warmup, SamplesPerUpdate = batch, Samples = reading.Given.Find("samples"), Origin = steps > 0 ? $"trainer.train_steps = {steps}" : "trainer.train_steps is not given" }) { Rates = curve, Restarts = p.Flag("cycle") };
    }

    static (Func<double, double>, double) Warmed(Section warm, Section w, string type, Func<double, double> curve)
    {
        double steps = w.Demand("warmup_steps"), aim = curve(steps);
        switch (type)
        {
            case "linear":
                w.Only("warmup.linear", "name", "warmup_learning_rate", "warmup_steps");
                double start = w.Number("warmup_learning_rate", 0);
                return (t => t < steps ? start + t / steps * (aim - start) : curve(t), steps);
            case "polynomial":
                w.Only("warmup.polynomial", "name", "power", "warmup_steps");
                double power = w.Number("power", 1);
                return (t => t < steps ? aim * Math.Pow(Math.Max(t, 1) / steps, power) : curve(t), steps);
            default:
                throw warm.Refused("type", $"must be linear or polynomial, not {type}");
        }
    }

    static Func<double, double> Curve(Section learning, Section p, string name)
    {
        double offset = p.Number("offset", 0);
        switch (name)
        {
            case "constant":
                p.Only(name, "name", "learning_rate");
                double rate = p.Number("learning_rate", 0.1);
                return _ => rate;
            case "stepwise":
                p.Only(name, "name", "boundaries", "values", "offset");
                return Shifted(KerasCurves.Piecewise(p));
            case "exponential":
                p.Only(name, "name", "initial_learning_rate", "decay_steps", "decay_rate", "staircase", "offset");
                return Shifted(KerasCurves.Exponential(p));
            case "polynomial":
                p.Only(name, "name", "initial_learning_rate", "decay_steps", "end_learning_rate", "power", "cycle", "offset");
                return Shifted(KerasCurves.Polynomial(p));
            case "cosine":
                p.Only(name, "name", "initial_learning_rate", "decay_steps", "alpha", "offset");
                return Shifted(KerasCurves.Cosine(p));
            case "power":
                p.Only(name, "name", "initial_learning_rate", "power");
                return Power(p);
            case "power_linear":
                p.Only(name, "name", "initial_learning_rate", "power", "total_decay_steps", "linear_decay_fraction", "offset");
                double total = p.Demand("total_decay_steps"), part = p.Number("linear_decay_fraction", 0.1) * total;
                var falling = Power(p);
                return Shifted(t => part > 0 ? Math.Max(0, falling(t) * Math.Min(1, (total - t) / part)) : falling(t));
            case "power_with_offset":
                p.Only(name, "name", "initial_learning_rate", "power", "offset", "pre_offset_learning_rate");
                double before = p.Number("pre_offset_learning_rate", 1e6);
                var after = Power(p);
                return t => t > offset ? Math.Min(before, after(t - offset)) : before;
            case "step_cosine_with_offset":
                p.Only(name, "name", "boundaries", "values", "offset");
                return Shifted(StepCosine(p));
            default:
                throw learning.Refused("type", $"must be one of {string.Join(", ", names)}, not {name}{Nearest.DidYouMean(name, names)}");
        }
        Func<double, double> Shifted(Func<double, double> curve) => t => curve(t - offset);
    }

    static Func<double, double> Power(Section p)
    {
        double rate = p.Demand("initial_learning_rate"), power = p.Number("power", -0.5);
        return t => rate * Math.Pow(Math.Max(t, 1), power);
    }

    static Func<double, double> StepCosine(Section p)
    {
        var starts = p.NumbersIfGiven("boundaries") ?? throw p.Lacks("boundaries");
        var values = p.NumbersIfGiven("values") ?? throw p.Lacks("values");
        if (starts.Count != values.Count || values.Count == 0)
            throw p.Refused("values", $"must be as many as boundaries: {starts.Count}, not {values.Count}");
        return t =>
        {
            int i = Math.Max(0, starts.Skip(1).Count(start => t >= start));
            double next = i + 1 < values.Count ? values[i + 1] : 0, length = i + 1 < starts.Count ? starts[i + 1] - starts[i] : 0, from = i == 0 ? 0 : starts[i];
            return (values[i] - next) * (Math.Cos(Math.PI * (t - from) / length) + 1) / 2 + next;
        };
    }

    static readonly string[] names = ["constant", "stepwise", "exponential", "polynomial", "cosine", "power", "power_linear", "power_with_offset", "step_cosine_with_offset"];
}
