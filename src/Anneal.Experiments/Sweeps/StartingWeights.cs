using System.Text.Json.Serialization;

namespace Anneal.Experiments;

/// <summary>Where the weights of a trial begin, if not where the model says: a verdict that holds from one start alone is a verdict on that start.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MeanLabelStart), "meanLabel")]
[JsonDerivedType(typeof(NormalStart), "normal")]
public abstract record StartingWeights
{
    /// <summary>The weights that a trial with this seed begins with.</summary>
    /// <exception cref="DataException">The model has no such start.</exception>
    public abstract double[] For(Problem problem, ulong seed);
}

/// <summary>All weights 0 and the intercept at the mean of the labels: the best constant prediction under squared loss.</summary>
public sealed record MeanLabelStart : StartingWeights
{
    public override double[] For(Problem problem, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Samples.Classes > 0 || !problem.Intercept || problem.Dimension != problem.Samples.Inputs + 1)
            throw new DataException($"{problem.Samples.Name}: to start at the mean label, a model must be linear, have an intercept, and predict a number.");
        var weights = new double[problem.Dimension];
        weights[^1] = problem.Samples.Y.Average();
        return weights;
    }
}

/// <summary>Every weight drawn from the normal distribution with mean 0, by the trial's seed.</summary>
/// <param name="Deviation">Its standard deviation.</param>
public sealed record NormalStart(double Deviation) : StartingWeights
{
    /// <summary>Keeps these draws apart from those of the batches.</summary>
    const ulong Stream = 0x9E3779B97F4A7C15;

    /// <summary>Its standard deviation.</summary>
    public double Deviation { get; } = Deviation > 0 && double.IsFinite(Deviation) ? Deviation
        : throw new ArgumentOutOfRangeException(nameof(Deviation), Deviation, "Deviation must be a finite number above 0.");

    public override double[] For(Problem problem, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var draws = new SeededRandom(seed ^ Stream);
        var weights = new double[problem.Dimension];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Deviation * draws.Normal();
        return weights;
    }
}
