namespace Anneal.Live;

/// <summary>How many steps of a schedule are worth looking at when nobody said.</summary>
public static class Horizon
{
    const double OpenEnd = 1_000;

    /// <summary>The steps, such as the length of a schedule that ends, or a few of its cycles.</summary>
    public static double Of(Schedule schedule) => schedule switch
    {
        Segment segment => segment.Steps,
        Continuation continuation => continuation.First.Steps + Of(continuation.Next),
        Continued continued => 2 * continued.Whole.Steps,
        Strict strict => strict.Whole.Steps,
        Looped looped => 3 * looped.Whole.Steps,
        Product product => Of(product.Whole),
        Scaled scaled => Of(scaled.Whole),
        CosineRestarts restarts => restarts.Steps * (1 + restarts.LengthFactor + restarts.LengthFactor * restarts.LengthFactor),
        LogarithmicRestarts restarts => Of(restarts.Exact),
        MultiStep { Milestones: [.., var last] } => 1.5 * last,
        PiecewiseConstant { Boundaries: [.., var last] } => 1.5 * last,
        TriangularCycles cycles => 3 * (cycles.UpSteps + cycles.DownSteps),
        SineCycles cycles => 3 * cycles.Period,
        StepDecay steps => 4 * steps.Every,
        PolynomialCycles cycles => 3 * cycles.Steps,
        Constant => 100,
        _ => OpenEnd,
    };
}
