using System.Globalization;

namespace Anneal.Runs.Tests;

/// <summary>A run that departs from its plan in one way, logged as runs are: rounded, every so many steps, now and then twice.</summary>
public sealed record SyntheticRun(string Name, string Verdict, Func<Func<double, double>, Func<double, double>> Depart, double? Amount = null, double? Since = null, string Style = "plain", double Length = 3000)
{
    public const string Configuration = "output_dir: out\nlearning_rate: 3.0e-4\nlr_scheduler_type: cosine_with_min_lr\nlr_scheduler_kwargs: {min_lr: 3.0e-5}\nmax_steps: 3000\nwarmup_steps: 200\nper_device_train_batch_size: 4\ngradient_accumulation_steps: 8\n";

    public static RunConfiguration Plan { get; } = RunConfigurations.Read(Configuration, "hf");

    public override string ToString() => $"{Name} ({Style})";

    static double Cosine(double t, double warmup, double total, double peak = 3e-4, double floor = 3e-5) =>
        t < warmup ? peak * t / warmup : floor + (peak - floor) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (t - warmup) / (total - warmup))));

    public static IReadOnlyList<SyntheticRun> All { get; } =
    [
        new("ahead by 60 updates", "shifted", plan => t => plan(t + 60), 60, Style: "rounded"),
        new("behind by 25 updates", "shifted", plan => t => plan(Math.Max(0, t - 25)), -25, Style: "every tenth"),
        new("eight times as fast", "stretched", plan => t => plan(Math.Min(3000, 8 * t)), 8),
        new("four times as slow", "stretched", plan => t => plan(Math.Floor(t / 4)), 0.25, Style: "every tenth"),
        new("began again at 1,500", "restarted", plan => t => t < 1500 ? plan(t) : plan(t - 1500), -1500, 1500, Style: "resumed with overlap"),
        new("resumed 300 updates late", "shifted-since", plan => t => t < 1200 ? plan(t) : plan(t - 300), -300, 1200, Style: "rounded"),
        new("stuck from 900 on", "stuck", plan => t => plan(Math.Min(t, 900)), null, 901, Style: "duplicated"),
        new("scaled by 8", "scaled", plan => t => 8 * plan(t), 8, Style: "rounded"),
        new("halved from 2,000 on", "scaled-since", plan => t => plan(t) * (t < 2000 ? 1 : 0.5), 0.5, 2000),
        new("made for 4,000 updates", "length-differs", _ => t => Cosine(t, 200, 4000), 4000, Style: "every tenth"),
        new("no floor", "floor-differs", _ => t => Cosine(t, 200, 3000, floor: 0), 0, Style: "rounded"),
        new("floor of a third", "floor-differs", _ => t => Cosine(t, 200, 3000, floor: 1e-4), 1e-4),
        new("warm-up of 400", "warmup-differs", _ => t => Cosine(t, 400, 3000), 400, Style: "every tenth"),
        new("no warm-up", "no-warmup", _ => t => Cosine(t + 1e-9, 1e-9, 3000), 0),
        new("linear instead", "other-schedule", _ => t => t < 200 ? 3e-4 * t / 200 : 3e-4 * (3000 - t) / 2800, Style: "rounded"),
        new("as planned", "as-planned", plan => plan),
        new("as planned, rounded", "as-planned", plan => plan, Style: "rounded"),
        new("as planned, every tenth", "as-planned", plan => plan, Style: "every tenth"),
        new("as planned, resumed", "as-planned", plan => plan, Style: "resumed with overlap"),
        new("as planned, twice, counted from 1", "as-planned", plan => t => plan(Math.Max(0, t - 1)), Style: "duplicated"),
    ];

    /// <summary>The log as CSV.</summary>
    public string Csv()
    {
        var rates = Depart(Plan.Rates);
        string Number(double rate) => rate.ToString(Style == "rounded" ? "0.000e+0" : "R", CultureInfo.InvariantCulture);
        int stride = Style == "every tenth" ? 10 : 1;
        var steps = Enumerable.Range(0, (int)Length).Where(t => t % stride == 0).ToList();
        if (Style == "resumed with overlap")
            steps = [.. steps.Where(t => t < 1540), .. steps.Where(t => t >= 1500)];
        if (Style == "duplicated")
            steps = [.. steps.SelectMany(t => t % 50 == 0 ? new[] { t, t } : [t])];
        return "step,loss,learning_rate\n" + string.Concat(steps.Select(t => $"{t},{2.5 - t / 3000.0:0.###},{Number(rates(t))}\n"));
    }
}
