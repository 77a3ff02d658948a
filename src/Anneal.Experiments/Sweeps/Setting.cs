using System.Collections.Concurrent;

namespace Anneal.Experiments;

/// <summary>How features are prepared before a model sees them; the numbers come from the samples that are learnt from.</summary>
public enum Preparation
{
    /// <summary>As they stand in the file.</summary>
    None,

    /// <summary>Means taken off (<see cref="Scaling.Centered"/>).</summary>
    Centered,

    /// <summary>Means taken off, divided by standard deviations (<see cref="Scaling.Standardized"/>).</summary>
    Standardized,

    /// <summary>All divided by the one largest absolute value (<see cref="Scaling.Divided"/>).</summary>
    Largest,
}

/// <summary>What all trials of a sweep have in common: data, model, batches and length.</summary>
/// <param name="Data">A data set's name.</param>
/// <param name="Steps">Updates in a trial.</param>
public abstract record Setting(string Data, long Steps)
{
    /// <summary>Updates in a trial.</summary>
    public long Steps { get; } = Steps > 0 ? Steps : throw new ArgumentOutOfRangeException(nameof(Steps), Steps, "Steps must be above 0.");

    /// <summary>What is fitted to samples.</summary>
    /// <exception cref="InvalidOperationException">The trials train on tokens.</exception>
    public virtual Model Model => throw NoSamples();

    /// <summary>The samples to learn from and, where some are kept, those for the test. Read and divided once, then shared.</summary>
    /// <exception cref="DataException">The data set is unknown, or its file is missing or damaged.</exception>
    /// <exception cref="InvalidOperationException">The trials train on tokens.</exception>
    public virtual (Samples Train, Samples? Test) Samples() => throw NoSamples();

    /// <summary>Trains once.</summary>
    internal abstract TrialResult Run(Rule rule, Schedule schedule, ulong seed);

    /// <summary>Finds out, before the first trial, whether model and data fit.</summary>
    internal abstract void Try();

    InvalidOperationException NoSamples() => new($"{Data}: these trials train on tokens; there are no samples.");
}

/// <summary>Trials that fit a model to the samples of a table.</summary>
/// <param name="Data">A data set's name (<see cref="DataSets.Names"/>).</param>
/// <param name="Model">What is fitted.</param>
/// <param name="Batches">Which samples each update sees; its own seed is not used, a trial's is.</param>
/// <param name="Steps">Updates in a trial.</param>
/// <param name="Preparation">What is done to the features.</param>
/// <param name="TestShare">Which share of the samples is kept for the test, from 0 (none) to below 1. The division is the same in every trial.</param>
/// <param name="Start">Where the weights begin; null where the model says.</param>
public sealed record SampleSetting(
    string Data, Model Model, Batches Batches, long Steps, Preparation Preparation = Preparation.None, double TestShare = 0, StartingWeights? Start = null) : Setting(Data, Steps)
{
    /// <summary>Keeps the draws of the batches apart from those of the start.</summary>
    const ulong BatchStream = 0xB5AD4ECEDA1CE2A9;

    static readonly ConcurrentDictionary<(string, Preparation, double), (Samples Train, Samples? Test)> prepared = [];

    /// <summary>What is fitted.</summary>
    public override Model Model { get; } = Model;

    /// <summary>Which share of the samples is kept for the test.</summary>
    public double TestShare { get; } = TestShare is >= 0 and < 1 ? TestShare
        : throw new ArgumentOutOfRangeException(nameof(TestShare), TestShare, "TestShare must be from 0 to below 1.");

    /// <summary>The weights that a trial with this seed begins with.</summary>
    /// <exception cref="DataException">The model has no such start.</exception>
    public double[] StartOf(Problem problem, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Start is null ? problem.Start(seed) : Start.For(problem, seed);
    }

    /// <summary>The batches that a trial with this seed sees.</summary>
    internal Batches BatchesOf(ulong seed) => Batches.WithSeed(seed ^ BatchStream);

    public override (Samples Train, Samples? Test) Samples() => prepared.GetOrAdd((Data, Preparation, TestShare), _ => Prepare());

    (Samples, Samples?) Prepare()
    {
        var all = DataSets.Named(Data);
        (Samples train, Samples? test) = TestShare > 0 ? all.Split(TestShare, seed: 0) : (all, null);
        Scaling? scaling = Preparation switch
        {
            Preparation.Centered => Scaling.Centered(train),
            Preparation.Standardized => Scaling.Standardized(train),
            Preparation.Largest => Scaling.Divided(train, train.X.Max(Math.Abs)),
            _ => null,
        };
        return scaling is null ? (train, test) : (scaling.Apply(train), test is null ? null : scaling.Apply(test));
    }

    internal override TrialResult Run(Rule rule, Schedule schedule, ulong seed)
    {
        var (train, test) = Samples();
        var problem = Model.On(train);
        var fit = problem.Train(rule, schedule, BatchesOf(seed), Steps, start: StartOf(problem, seed));
        if (fit.Trace.Stopped is not null || !double.IsFinite(fit.Loss))
            return new(double.PositiveInfinity, test is null ? null : double.NaN, fit.Trace.Stopped ?? "the last loss is not finite");
        if (test is null)
            return new(fit.Loss);
        var unseen = Model.On(test);
        return new(fit.Loss, test.Classes > 0 ? unseen.Accuracy(fit.Weights) : unseen.RootMeanSquare(fit.Weights));
    }

    internal override void Try() => StartOf(Model.On(Samples().Train), seed: 0);
}
