namespace Anneal;

/// <summary>One of everything, in teaching order: charts, law tests and overviews run over these lists.</summary>
public static class Gallery
{
    /// <summary>One schedule of every shape.</summary>
    public static IReadOnlyList<Schedule> Schedules { get; } =
    [
        new Constant(0.1),
        new Warmup(Peak: 0.1, Steps: 20),
        new CosineDecay(Peak: 0.1, Steps: 100, Floor: 0.01),
        new Warmup(Peak: 0.1, Steps: 20).Then(new CosineDecay(Peak: 0.1, Steps: 80)),
        new Warmup(Peak: 0.1, Steps: 20).Then(new Constant(0.1)),
        new Constant(0.1).For(50),
    ];
}
