namespace Anneal.Models;

/// <summary>What a model learns from: rows of features, and a label for each. A value that never changes.</summary>
/// <remarks>Features stand row by row in one array of 64-bit numbers. Labels are numbers, or, where there are classes, whole numbers from 0.</remarks>
public sealed class Samples
{
    internal readonly double[] X, Y;

    /// <summary>Samples from rows of features and their labels.</summary>
    /// <param name="name">What error messages and charts call them.</param>
    /// <param name="features">One row per sample, all of the same length, all numbers finite.</param>
    /// <param name="labels">One for each row: a number, or a class from 0 to classes − 1.</param>
    /// <param name="classes">How many classes there are, at least 2; 0 where the label is a number.</param>
    /// <param name="featureNames">Names of the columns; x0, x1, … unless given.</param>
    /// <param name="target">Name of the label.</param>
    /// <exception cref="DataException">Sizes do not fit together, a number is not finite, or a label is no class; the message says where.</exception>
    public Samples(
        string name, IReadOnlyList<double[]> features, IReadOnlyList<double> labels, int classes = 0,
        IReadOnlyList<string>? featureNames = null, string target = "y")
    {
        if (features.Count == 0 || features[0].Length == 0)
            throw new DataException($"{name}: there must be at least one row and one feature.");
        if (labels.Count != features.Count)
            throw new DataException($"{name}: there are {labels.Count} labels for {features.Count} rows.");
        if (classes is < 0 or 1)
            throw new DataException($"{name}: there must be at least 2 classes, or 0 where the label is a number, not {classes}.");
        (Name, Inputs, Classes, Target) = (name, features[0].Length, classes, target);
        FeatureNames = featureNames ?? [.. Enumerable.Range(0, Inputs).Select(j => $"x{j}")];
        if (FeatureNames.Count != Inputs)
            throw new DataException($"{name}: there are {FeatureNames.Count} names for {Inputs} features.");
        (X, Y) = (new double[checked(features.Count * Inputs)], [.. labels]);
        for (int i = 0; i < features.Count; i++)
        {
            if (features[i].Length != Inputs)
                throw new DataException($"{name}, row {i}: there are {features[i].Length} features; the first row has {Inputs}.");
            for (int j = 0; j < Inputs; j++)
                X[i * Inputs + j] = double.IsFinite(features[i][j]) ? features[i][j]
                    : throw new DataException($"{name}, row {i}, {FeatureNames[j]}: {features[i][j]} is not finite.");
            if (!double.IsFinite(Y[i]))
                throw new DataException($"{name}, row {i}, {target}: {Y[i]} is not finite.");
            if (classes > 0 && (Y[i] != Math.Floor(Y[i]) || Y[i] < 0 || Y[i] >= classes))
                throw new DataException($"{name}, row {i}, {target}: {Y[i]} is no class from 0 to {classes - 1}.");
        }
    }

    Samples(Samples like, double[] x, double[] y)
    {
        (Name, Inputs, Classes, Target, FeatureNames, ClassNames) = (like.Name, like.Inputs, like.Classes, like.Target, like.FeatureNames, like.ClassNames);
        (X, Y) = (x, y);
    }

    /// <summary>What error messages and charts call them.</summary>
    public string Name { get; }

    /// <summary>How many features a row has.</summary>
    public int Inputs { get; }

    /// <summary>How many classes the labels tell apart; 0 where the label is a number.</summary>
    public int Classes { get; }

    /// <summary>The features' names.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The label's name.</summary>
    public string Target { get; }

    /// <summary>What the classes 0, 1, … are called.</summary>
    public IReadOnlyList<string> ClassNames
    {
        get => field ?? [.. Enumerable.Range(0, Classes).Select(c => $"{c}")];
        init;
    }

    /// <summary>How many samples there are.</summary>
    public int Count => Y.Length;

    /// <summary>The features of sample i.</summary>
    public ReadOnlySpan<double> Features(int i) => X.AsSpan(i * Inputs, Inputs);

    /// <summary>The features of sample i, as a new array.</summary>
    public double[] Row(int i) => Features(i).ToArray();

    /// <summary>The label of sample i.</summary>
    public double Label(int i) => Y[i];

    /// <summary>The rows of features, as new arrays.</summary>
    public double[][] Rows() => [.. Enumerable.Range(0, Count).Select(Row)];

    /// <summary>The labels, as a new array.</summary>
    public double[] Labels() => [.. Y];

    /// <summary>The samples with these numbers, in this order.</summary>
    public Samples Take(IReadOnlyList<int> indices)
    {
        double[] x = new double[checked(indices.Count * Inputs)], y = new double[indices.Count];
        for (int i = 0; i < indices.Count; i++)
        {
            Features(indices[i]).CopyTo(x.AsSpan(i * Inputs));
            y[i] = Y[indices[i]];
        }
        return indices.Count > 0 ? new(this, x, y) : throw new DataException($"{Name}: at least one sample must be taken.");
    }

    /// <summary>Samples to learn from and samples to be tested with, drawn by the seed; no sample is in both.</summary>
    /// <param name="testShare">Which share is kept for the test, above 0 and below 1; at least one sample stays on either side.</param>
    /// <param name="seed">The same seed gives the same division.</param>
    public (Samples Train, Samples Test) Split(double testShare, ulong seed)
    {
        if (!(testShare > 0 && testShare < 1))
            throw new ArgumentOutOfRangeException(nameof(testShare), testShare, "testShare must be above 0 and below 1.");
        if (Count < 2)
            throw new DataException($"{Name}: {Count} sample cannot be divided.");
        int[] order = Order(seed);
        int test = Math.Clamp((int)Math.Round(testShare * Count), 1, Count - 1);
        return (Take(order[test..]), Take(order[..test]));
    }

    /// <summary>Divisions for cross-validation: every sample is tested with exactly once.</summary>
    /// <param name="folds">How many, from 2 to as many as there are samples.</param>
    /// <param name="seed">The same seed gives the same divisions.</param>
    public IReadOnlyList<(Samples Train, Samples Test)> Folds(int folds, ulong seed)
    {
        if (folds < 2)
            throw new ArgumentOutOfRangeException(nameof(folds), folds, "folds must be 2 or above.");
        if (folds > Count)
            throw new DataException($"{Name}: {Count} samples cannot be divided into {folds} folds.");
        int[] order = Order(seed);
        return [.. Enumerable.Range(0, folds).Select(fold =>
            (Take([.. order.Where((_, i) => i % folds != fold)]), Take([.. order.Where((_, i) => i % folds == fold)])))];
    }

    /// <summary>The same rows with other labels.</summary>
    public Samples WithLabels(IReadOnlyList<double> labels, string target) => new(Name, Rows(), labels, 0, FeatureNames, target);

    internal Samples WithFeatures(double[] x) => new(this, x, Y);

    /// <summary>The name, and how large they are.</summary>
    public override string ToString() => $"{Name} ({Count} × {Inputs})";

    int[] Order(ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new SeededRandom(seed).Shuffle(order.AsSpan());
        return order;
    }
}
