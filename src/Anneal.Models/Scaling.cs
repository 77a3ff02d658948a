namespace Anneal.Models;

/// <summary>One shift and one divisor for each feature, kept so that the step can be undone: <c>z = (x − Shift) / Divisor</c>.</summary>
/// <remarks>
/// A scaling is found on the samples to learn from and applied to those to be tested with as well. What a linear model learns on scaled features
/// is told in raw ones by <see cref="RawCoefficients"/>.
/// </remarks>
/// <param name="Shift">What is taken off each feature.</param>
/// <param name="Divisor">What each feature is then divided by, never 0.</param>
public sealed record Scaling(IReadOnlyList<double> Shift, IReadOnlyList<double> Divisor)
{
    /// <summary>Takes off each feature's mean and divides by its standard deviation √(Σ(x − mean)²/n); a feature that never changes becomes 0.</summary>
    public static Scaling Standardized(Samples samples)
    {
        double[] means = Means(samples), squares = new double[samples.Inputs];
        for (int i = 0; i < samples.Count; i++)
            for (int j = 0; j < samples.Inputs; j++)
                squares[j] += (samples.Features(i)[j] - means[j]) * (samples.Features(i)[j] - means[j]);
        return new(means, [.. squares.Select(s => s > 0 ? Math.Sqrt(s / samples.Count) : 1)]);
    }

    /// <summary>Takes off each feature's mean and leaves its unit alone.</summary>
    public static Scaling Centered(Samples samples) => new(Means(samples), [.. Enumerable.Repeat(1.0, samples.Inputs)]);

    /// <summary>Divides every feature by the same number: pixels from 0 to 16 by 16, for instance.</summary>
    public static Scaling Divided(Samples samples, double by) =>
        new([.. Enumerable.Repeat(0.0, samples.Inputs)], [.. Enumerable.Repeat(by != 0 && double.IsFinite(by) ? by
            : throw new ArgumentOutOfRangeException(nameof(by), by, "by must be finite and not 0."), samples.Inputs)]);

    /// <summary>The samples with scaled features.</summary>
    public Samples Apply(Samples samples) => Each(samples, (x, j) => (x - Shift[j]) / Divisor[j]);

    /// <summary>The samples with their features as they were before.</summary>
    public Samples Undo(Samples samples) => Each(samples, (z, j) => z * Divisor[j] + Shift[j]);

    /// <summary>A linear model of the scaled features, written in raw ones: w_j = v_j / Divisor_j, b = c − Σ w_j · Shift_j.</summary>
    /// <param name="coefficients">v, one for each feature.</param>
    /// <param name="intercept">c</param>
    public (double[] Coefficients, double Intercept) RawCoefficients(IReadOnlyList<double> coefficients, double intercept)
    {
        double[] raw = [.. coefficients.Select((v, j) => v / Divisor[j])];
        return (raw, intercept - raw.Select((w, j) => w * Shift[j]).Sum());
    }

    Samples Each(Samples samples, Func<double, int, double> change)
    {
        if (samples.Inputs != Shift.Count || Divisor.Count != Shift.Count)
            throw new DataException($"{samples.Name}: a scaling of {Shift.Count} features does not fit {samples.Inputs}.");
        return samples.WithFeatures([.. samples.X.Select((x, i) => change(x, i % samples.Inputs))]);
    }

    static double[] Means(Samples samples)
    {
        var means = new double[samples.Inputs];
        for (int i = 0; i < samples.Count; i++)
            for (int j = 0; j < samples.Inputs; j++)
                means[j] += samples.Features(i)[j];
        return [.. means.Select(sum => sum / samples.Count)];
    }
}
