namespace Anneal.Frameworks;

/// <summary>What is known of one PyTorch scheduler, as functions of the base rate.</summary>
/// <param name="Stepped">The rate after t calls of <c>step()</c>, alone and from the start.</param>
/// <param name="Closed">The rate by the reference's own closed formula.</param>
/// <param name="Build">The scheduler as it really runs, resumed after the given epoch.</param>
sealed record TorchRecipe(Func<double, Schedule> Stepped, Func<double, Schedule> Closed, Func<TorchGroup, double, TorchStepper> Build)
{
    /// <summary>The rate after SequentialLR has called <c>step(0)</c>, from then on counted from 0.</summary>
    public Func<double, Schedule> Restarted { get; init; } = Stepped;

    /// <summary>Each call multiplies what it finds by a factor of its own: chained with others of the kind, the factors multiply.</summary>
    public bool Multiplies { get; init; } = true;

    /// <summary>The rate comes from this scheduler's own parameters, not from the optimizer.</summary>
    public bool OwnRate { get; init; }

    /// <summary>Resumed after an epoch below this one, the rate is that of the epoch; later, what the reference remembers is wrong and must be replayed.</summary>
    public double ResumesBelow { get; init; } = double.PositiveInfinity;

    /// <summary>On some call the reference divides by zero, so what comes after it must not be asked.</summary>
    public bool Breaks { get; init; }
}
