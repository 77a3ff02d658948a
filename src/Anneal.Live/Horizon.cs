namespace Anneal.Live;

/// <summary>How many steps of a schedule are worth looking at when nobody said.</summary>
public static class Horizon
{
    const double Level = 100, OpenEnd = 1_000;

    /// <summary>The steps, such as the length of a schedule that ends, or a few of its cycles.</summary>
    public static double Of(Schedule schedule) => Own(schedule) ?? (schedule is Constant ? Level : OpenEnd);

    /// <summary>The steps after which a schedule has shown what it does; null where it says nothing of them. Of two together, those of the longer.</summary>
    static double? Own(Schedule schedule) => schedule switch
    {
        Segment segment => segment.Steps,
        Continuation continuation => continuation.First.Steps + Of(continuation.Next),
        Continued continued => 2 * continued.Whole.Steps,
        Strict strict => strict.Whole.Steps,
        Looped looped => 3 * looped.Whole.Steps,
        Product product => Own(product.Whole),
        Scaled scaled => Own(scaled.Whole),
        Clamped clamped => Own(clamped.Whole),
        Staircase staircase => Own(staircase.Whole),
        Noisy noisy => Own(noisy.Whole),
        Stretched stretched => Own(stretched.Whole) * stretched.By,
        Shifted shifted => Own(shifted.Whole) is { } steps ? Math.Max(1, steps + shifted.By) : null,
        Sum sum => Longer(sum.First, sum.Second),
        Max max => Longer(max.First, max.Second),
        Min min => Longer(min.First, min.Second),
        CosineRestarts restarts => restarts.Steps * (1 + restarts.LengthFactor + restarts.LengthFactor * restarts.LengthFactor),
        LogarithmicRestarts restarts => Own(restarts.Exact),
        MultiStep { Milestones: [.., var last] } => 1.5 * last,
        PiecewiseConstant { Boundaries: [.., var last] } => 1.5 * last,
        TriangularCycles cycles => 3 * (cycles.UpSteps + cycles.DownSteps),
        SineCycles cycles => 3 * cycles.Period,
        StepDecay steps => 4 * steps.Every,
        PolynomialCycles cycles => 3 * cycles.Steps,
        _ => null,
    };

    static double? Longer(Schedule first, Schedule second) => new[] { Own(first), Own(second) }.Max();
}
