namespace Anneal.Runs;

/// <summary>A schedule, or an optimizer with one, as <c>keras.saving</c> writes it in JSON.</summary>
sealed class Keras : RunFramework
{
    public override string Name => "keras";

    public override int Recognise(MapNode root, ConfigurationFormat format) => root.Has("class_name") && root.Has("config") ? 10 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        while (file.Inner("config")?.Map.Find("learning_rate")?.Value is MapNode)
            file = file.InnerOrEmpty("config").InnerOrEmpty("learning_rate");
        string name = file.WordIfGiven("class_name") ?? throw file.Lacks("class_name");
        var p = file.InnerOrEmpty("config");
        file.Note(Role.Scheduler, "class_name");
        if (p.Has("learning_rate") && p.NumberIfGiven("learning_rate") is { } constant)
        {
            p.Note(Role.Rate, "learning_rate", constant);
            return new(Name, "constant", new(0)) { Rates = _ => constant };
        }
        if (Keys.TryGetValue(name, out string[]? own))
            p.Only(name, [.. own, "name"]);
        var curve = KerasCurves.Of(p, name);
        p.Note(Role.Rate, p.Has("warmup_target") ? "warmup_target" : name == "PiecewiseConstantDecay" ? "values" : "initial_learning_rate", p.NumberIfGiven("warmup_target") ?? (name == "PiecewiseConstantDecay" ? null : p.NumberIfGiven("initial_learning_rate")));
        p.Note(Role.Warmup, "warmup_steps", p.NumberIfGiven("warmup_steps"));
        p.Note(Role.Decay, p.Has("first_decay_steps") ? "first_decay_steps" : "decay_steps", p.NumberIfGiven("decay_steps"));
        double warmup = p.Has("warmup_target") ? p.Number("warmup_steps", 0) : 0;
        double length = name is "CosineDecay" or "PolynomialDecay" ? warmup + p.Number("decay_steps", 0) : 0;
        return new(Name, name, new(length) { Warmup = warmup, Origin = length > 0 ? "the schedule's own length; Keras' JSON does not hold the run's" : "Keras' JSON does not say how long the run is" }) { Rates = curve, Restarts = p.Flag("cycle") };
    }

    static Dictionary<string, string[]> Keys { get; } = new()
    {
        ["CosineDecay"] = ["initial_learning_rate", "decay_steps", "alpha", "warmup_target", "warmup_steps"],
        ["CosineDecayRestarts"] = ["initial_learning_rate", "first_decay_steps", "t_mul", "m_mul", "alpha"],
        ["ExponentialDecay"] = ["initial_learning_rate", "decay_steps", "decay_rate", "staircase"],
        ["InverseTimeDecay"] = ["initial_learning_rate", "decay_steps", "decay_rate", "staircase"],
        ["PolynomialDecay"] = ["initial_learning_rate", "decay_steps", "end_learning_rate", "power", "cycle"],
        ["PiecewiseConstantDecay"] = ["boundaries", "values"],
    };
}
