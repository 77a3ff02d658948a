using System.Globalization;

namespace Anneal.Live;

/// <summary>A schedule to begin with.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Notation">How it is written.</param>
/// <param name="Sketch">Its rates at even distances from the first step to the last, as shares of the highest.</param>
public sealed record GalleryEntry(string Name, string Notation, IReadOnlyList<double> Sketch);

/// <summary>A framework's configuration to try.</summary>
/// <param name="Framework">Whose it is.</param>
/// <param name="Scheduler">Its name there.</param>
/// <param name="Configuration">The JSON that is pasted.</param>
/// <param name="Remark">What surprises in it.</param>
public sealed record ImportExample(string Framework, string Scheduler, string Configuration, string Remark);

/// <summary>Schedules to begin with, and configurations to try.</summary>
public static class ScheduleGallery
{
    const int SketchPoints = 48;

    static readonly (string Name, Size Usual, Func<Size, string> Write)[] recipes =
    [
        ("Warm-up, then cosine", new(3e-4, 10_000, 500), s => $"warmup({s.Rate()}, {Number(s.Warmup)}) > cosine({s.Rate()}, {Number(s.Steps - s.Warmup)}, floor: {s.Rate(0.1)})"),
        ("Warm-up, stable, decay", new(3e-4, 10_000, 500), s => $"wsd({s.Rate()}, {Number(s.Steps)}, {Number(s.Warmup)}, {s.Share(0.1)})"),
        ("Warm-up, then linear", new(5e-5, 10_000, 600), s => $"warmup({s.Rate()}, {Number(s.Warmup)}) > linear({s.Rate()}, {Number(s.Steps - s.Warmup)})"),
        ("Warm-up, then 1/√t", new(1e-3, 10_000, 1_000), s => $"warmup({s.Rate()}, {Number(s.Warmup)}) > inverseSqrt({s.Rate()}, {Number(s.Warmup)}){s.End(s.Steps - s.Warmup)}"),
        ("Cosine", new(0.1, 100), s => $"cosine({s.Rate()}, {Number(s.Steps)}, floor: {s.Rate(0.01)})"),
        ("Linear", new(0.1, 100), s => $"linear({s.Rate()}, {Number(s.Steps)})"),
        ("Polynomial", new(0.1, 100), s => $"polynomial({s.Rate()}, {Number(s.Steps)}, 2)"),
        ("Exponential", new(0.1, 100), s => $"exponential({s.Rate()}, 0.5, every: {s.Share(0.2)}){s.End()}"),
        ("Steps", new(0.1, 120), s => $"step({s.Rate()}, 0.1, {s.Share(0.25)}){s.End()}"),
        ("Milestones", new(0.1, 100), s => $"multiStep({s.Rate()}, [{s.Share(0.5)}, {s.Share(0.8)}]){s.End()}"),
        ("1/t", new(0.1, 100), s => $"inverseTime({s.Rate()}, decay: {Number(5 / s.Steps)}){s.End()}"),
        ("Cosine with restarts", new(0.1, 140), s => $"restarts({s.Rate()}, {Number(Math.Ceiling(s.Steps / 7))}, lengthFactor: 2, floor: {s.Rate(0.01)}){s.End()}"),
        ("One cycle", new(0.1, 100), s => $"oneCycle({s.Rate()}, {Number(s.Steps)}, {s.Share(0.3)}, {s.Rate(0.04)})"),
        ("Triangles", new(0.1, 120), s => $"triangles({s.Rate(0.1)}, {s.Rate()}, {s.Share(1 / 6.0)}, {s.Share(1 / 6.0)}, heightFactor: 0.5){s.End()}"),
        ("Cooldown 1 − √t", new(0.1, 100), s => $"constant({s.Rate()}) for {Number(s.Steps - s.Part(0.2))} > cooldown({s.Rate()}, {s.Share(0.2)})"),
        ("tanh", new(0.1, 100), s => $"tanh({s.Rate()}, {Number(s.Steps)})"),
        ("Staircase", new(0.1, 100), s => $"staircase(exponential({s.Rate()}, {Number(Math.Pow(0.97, 100 / s.Steps))}), {s.Share(0.1)}){s.End()}"),
        ("Noise", new(0.1, 100), s => $"noise(cosine({s.Rate()}, {Number(s.Steps)}), 0.2){s.End()}"),
    ];

    /// <summary>A run with fewer updates has no room for the parts of a recipe.</summary>
    const double FewestSteps = 24;

    /// <summary>The gallery, each with a sketch of itself.</summary>
    public static IReadOnlyList<GalleryEntry> All => field ??= [.. recipes.Select(recipe => Usual(recipe.Name, recipe.Write(recipe.Usual)))];

    /// <summary>A configuration for every scheduler of every framework that is read.</summary>
    public static IReadOnlyList<ImportExample> Examples => field ??= [.. CheatSheet.Rows.Select(row => new ImportExample(row.Framework, row.Scheduler, row.Configuration, row.Remark))];

    /// <summary>A schedule of the gallery to be compared with another: as long and as high as that, with its warm-up if it has one.</summary>
    /// <param name="name">The gallery's name.</param>
    /// <param name="beside">The other schedule.</param>
    /// <param name="last">The length of the run, for a schedule without an end; not a number for the schedule's own.</param>
    /// <exception cref="ScheduleFormatException">The other schedule cannot be read.</exception>
    /// <exception cref="ArgumentException">The gallery has no schedule of that name.</exception>
    public static string Beside(string name, string beside, double last)
    {
        var (_, usual, write) = recipes.FirstOrDefault(recipe => recipe.Name == name);
        if (write is null)
            throw new ArgumentException($"The gallery has no '{name}'; it has {string.Join(", ", recipes.Select(recipe => recipe.Name))}.", nameof(name));

        var other = ScheduleNotation.Parse(beside);
        double steps = Math.Round(other is Segment || double.IsNaN(last) ? Horizon.Of(other) : last);
        if (steps < FewestSteps)
            return write(usual);
        double until = Reach.Typed(other, steps).Last, highest = other.Range(0, until).Highest;
        double warmup = other.Phases(0, until)[0] is { Source: Warmup or OneBasedWarmup } climb && climb.To < steps ? climb.To : usual.Warmup / usual.Steps * steps;
        return write(new(highest > 0 && double.IsFinite(highest) ? highest : usual.Peak, steps, Math.Clamp(Math.Round(warmup), 1, steps - 1), IsCompared: true));
    }

    static GalleryEntry Usual(string name, string notation) => new(name, notation, Sketch(ScheduleNotation.Parse(notation)));

    /// <summary>As one writes it, 3e-5 for 0.00003; the roundings of a share are not shown.</summary>
    static string Number(double value) => value.ToString(value is > 0 and < 1e-3 ? "0.###########e-0" : "G12", CultureInfo.InvariantCulture);

    static double[] Sketch(Schedule schedule)
    {
        double last = Horizon.Of(schedule);
        double[] rates = [.. Enumerable.Range(0, SketchPoints).Select(i => schedule.At(last * i / (SketchPoints - 1)))];
        double highest = rates.Max();
        return [.. rates.Select(rate => rate / highest)];
    }

    /// <summary>How high and how long a recipe is to be.</summary>
    /// <param name="Peak">Its highest rate.</param>
    /// <param name="Steps">Its updates, a whole number.</param>
    /// <param name="Warmup">Its updates on the way up, where it has one.</param>
    /// <param name="IsCompared">Whether it is compared with another, and so has to end where that ends.</param>
    sealed record Size(double Peak, double Steps, double Warmup = 0, bool IsCompared = false)
    {
        public string Rate(double share = 1) => Number(share * Peak);

        public double Part(double share) => Math.Max(1, Math.Round(share * Steps));

        public string Share(double share) => Number(Part(share));

        /// <summary>The end of what would otherwise go on.</summary>
        public string End(double? steps = null) => IsCompared ? $" for {Number(steps ?? Steps)}" : "";
    }
}
