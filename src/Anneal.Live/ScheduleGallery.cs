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

    static readonly (string Name, string Notation)[] recipes =
    [
        ("Warm-up, then cosine", "warmup(3e-4, 500) > cosine(3e-4, 9500, floor: 3e-5)"),
        ("Warm-up, stable, decay", "wsd(3e-4, 10000, 500, 1000)"),
        ("Warm-up, then linear", "warmup(5e-5, 600) > linear(5e-5, 9400)"),
        ("Warm-up, then 1/√t", "warmup(1e-3, 1000) > inverseSqrt(1e-3, 1000)"),
        ("Cosine", "cosine(0.1, 100, floor: 0.001)"),
        ("Linear", "linear(0.1, 100)"),
        ("Polynomial", "polynomial(0.1, 100, 2)"),
        ("Exponential", "exponential(0.1, 0.5, every: 20)"),
        ("Steps", "step(0.1, 0.1, 30)"),
        ("Milestones", "multiStep(0.1, [50, 80])"),
        ("1/t", "inverseTime(0.1, decay: 0.05)"),
        ("Cosine with restarts", "restarts(0.1, 20, lengthFactor: 2, floor: 0.001)"),
        ("One cycle", "oneCycle(0.1, 100, 30, 0.004)"),
        ("Triangles", "triangles(0.01, 0.1, 20, 20, heightFactor: 0.5)"),
        ("Cooldown 1 − √t", "constant(0.1) for 80 > cooldown(0.1, 20)"),
        ("tanh", "tanh(0.1, 100)"),
        ("Staircase", "staircase(exponential(0.1, 0.97), 10)"),
        ("Noise", "noise(cosine(0.1, 100), 0.2)"),
    ];

    /// <summary>The gallery, each with a sketch of itself.</summary>
    public static IReadOnlyList<GalleryEntry> All { get; } = [.. recipes.Select(recipe => new GalleryEntry(recipe.Name, recipe.Notation, Sketch(ScheduleNotation.Parse(recipe.Notation))))];

    /// <summary>A configuration for every scheduler of every framework that is read.</summary>
    public static IReadOnlyList<ImportExample> Examples { get; } = [.. CheatSheet.Rows.Select(row => new ImportExample(row.Framework, row.Scheduler, row.Configuration, row.Remark))];

    static double[] Sketch(Schedule schedule)
    {
        double last = Horizon.Of(schedule);
        double[] rates = [.. Enumerable.Range(0, SketchPoints).Select(i => schedule.At(last * i / (SketchPoints - 1)))];
        double highest = rates.Max();
        return [.. rates.Select(rate => rate / highest)];
    }
}
