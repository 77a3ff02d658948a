namespace Anneal.Runs;

/// <summary>Keras' learning-rate schedules, which TensorFlow's model garden uses too.</summary>
static class KerasCurves
{
    public static Func<double, double> Of(Section p, string name) => name switch
    {
        "CosineDecay" => Cosine(p),
        "CosineDecayRestarts" => Restarts(p),
        "ExponentialDecay" => Exponential(p),
        "InverseTimeDecay" => InverseTime(p),
        "PolynomialDecay" => Polynomial(p),
        "PiecewiseConstantDecay" => Piecewise(p),
        _ => throw p.Refused("class_name", $"must be one of {string.Join(", ", Names)}, not {name}{Nearest.DidYouMean(name, Names)}"),
    };

    public static IReadOnlyList<string> Names { get; } = ["CosineDecay", "CosineDecayRestarts", "ExponentialDecay", "InverseTimeDecay", "PolynomialDecay", "PiecewiseConstantDecay"];

    public static Func<double, double> Cosine(Section p)
    {
        double start = p.Demand("initial_learning_rate"), steps = Positive(p, "decay_steps"), alpha = p.Number("alpha", 0);
        double warmup = p.Number("warmup_steps", 0);
        double Decay(double t, double from) => from * ((1 - alpha) * (0.5 * (1 + Math.Cos(Math.PI * (t / steps)))) + alpha);
        if (p.NumberIfGiven("warmup_target") is not { } peak)
            return t => Decay(Math.Min(t, steps), start);
        return t => t < warmup ? (peak - start) * (t / warmup) + start : Decay(Math.Min(t - warmup, steps), peak);
    }

    static Func<double, double> Restarts(Section p)
    {
        double start = p.Demand("initial_learning_rate"), first = Positive(p, "first_decay_steps"), lengths = p.Number("t_mul", 2), heights = p.Number("m_mul", 1), alpha = p.Number("alpha", 0);
        return t =>
        {
            double done = t / first, i = Math.Floor(done);
            if (lengths == 1)
                done -= i;
            else
            {
                i = Math.Floor(Math.Log(1 - done * (1 - lengths)) / Math.Log(lengths));
                done = (done - (1 - Math.Pow(lengths, i)) / (1 - lengths)) / Math.Pow(lengths, i);
            }
            return start * ((1 - alpha) * (0.5 * Math.Pow(heights, i) * (1 + Math.Cos(Math.PI * done))) + alpha);
        };
    }

    public static Func<double, double> Exponential(Section p)
    {
        double start = p.Demand("initial_learning_rate"), steps = Positive(p, "decay_steps"), rate = p.Demand("decay_rate");
        bool stairs = p.Flag("staircase");
        return t => start * Math.Pow(rate, stairs ? Math.Floor(t / steps) : t / steps);
    }

    static Func<double, double> InverseTime(Section p)
    {
        double start = p.Demand("initial_learning_rate"), steps = Positive(p, "decay_steps"), rate = p.Demand("decay_rate");
        bool stairs = p.Flag("staircase");
        return t => start / (1 + rate * (stairs ? Math.Floor(t / steps) : t / steps));
    }

    public static Func<double, double> Polynomial(Section p)
    {
        double start = p.Demand("initial_learning_rate"), steps = Positive(p, "decay_steps"), end = p.Number("end_learning_rate", 1e-4), power = p.Number("power", 1);
        bool cycle = p.Flag("cycle");
        return t =>
        {
            double length = cycle ? steps * (t == 0 ? 1 : Math.Ceiling(t / steps)) : steps;
            return (start - end) * Math.Pow(1 - (cycle ? t : Math.Min(t, steps)) / length, power) + end;
        };
    }

    public static Func<double, double> Piecewise(Section p)
    {
        var boundaries = p.NumbersIfGiven("boundaries") ?? throw p.Lacks("boundaries");
        var values = p.NumbersIfGiven("values") ?? throw p.Lacks("values");
        if (values.Count != boundaries.Count + 1)
            throw p.Refused("values", $"must be one more than boundaries: {boundaries.Count + 1}, not {values.Count}");
        return t => values[boundaries.Count(boundary => t > boundary)];
    }

    static double Positive(Section p, string key) => p.Demand(key) is var value && value > 0 ? value : throw p.Refused(key, $"must be above 0, not {value:g}");
}
