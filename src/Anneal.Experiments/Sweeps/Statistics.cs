using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Anneal.Experiments;

/// <summary>A mean and the interval that holds the true one in 95 of 100 repetitions, if values are near normal: <c>mean ± t(0.975; n − 1)·s/√n</c>.</summary>
/// <param name="Mean">Of the values; infinite where one of them is.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record MeanInterval(double Mean, double Low, double High)
{
    /// <summary>Of at least two values; where one is not finite, neither is the mean.</summary>
    public static MeanInterval Of(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
            throw new ArgumentException($"An interval needs at least 2 values; there are {values.Count}.", nameof(values));
        if (!values.All(double.IsFinite))
            return new(double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity);
        double mean = values.Mean(), half = StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new(mean, mean - half, mean + half);
    }
}

/// <summary>A share and the interval of 95 % for the true one.</summary>
/// <remarks>
/// Wilson's interval, good for few cases and for shares of 0 and 1 too: <code>(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n),   z = 1.96</code>
/// Wilson, <see href="https://doi.org/10.1080/01621459.1927.10502953">Probable Inference</see> (1927).
/// </remarks>
/// <param name="Share">Cases over all.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record ShareInterval(double Share, double Low, double High)
{
    /// <summary>So many cases among so many.</summary>
    public static ShareInterval Of(int cases, int all)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(all);
        ArgumentOutOfRangeException.ThrowIfNegative(cases);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases, all);
        double n = all, p = cases / n, z = Normal.InvCDF(0, 1, 0.975), square = z * z / n;
        double middle = (p + square / 2) / (1 + square), half = z * Math.Sqrt(p * (1 - p) / n + square / (4 * n)) / (1 + square);
        return new(p, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}

/// <summary>Two methods on the same seeds.</summary>
/// <param name="First">The one with the lower mean.</param>
/// <param name="Second">The other.</param>
/// <param name="Difference">Mean of second − first over the seeds, with its interval.</param>
/// <param name="P">Of the paired t-test, two-sided.</param>
/// <param name="Adjusted">P after Holm's correction for all comparisons of the sweep.</param>
public sealed record Comparison(string First, string Second, MeanInterval Difference, double P, double Adjusted)
{
    /// <summary>Whether the first may be called better: the corrected P is below 0.05.</summary>
    public bool Better => Adjusted < 0.05;
}

/// <summary>Tests for paired samples.</summary>
public static class PairedTests
{
    /// <summary>Two-sided P of Student's t-test on the differences: how likely differences as large are by chance alone. 1 where all differences are 0.</summary>
    public static double StudentP(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count || first.Count < 2)
            throw new ArgumentException($"There must be as many first values as second ones, at least 2; there are {first.Count} and {second.Count}.");
        double[] differences = [.. first.Zip(second, (a, b) => a - b)];
        double mean = differences.Mean(), deviation = differences.StandardDeviation();
        return mean == 0 ? 1 : deviation == 0 ? 0 : 2 * StudentT.CDF(0, 1, differences.Length - 1, -Math.Abs(mean) / (deviation / Math.Sqrt(differences.Length)));
    }

    /// <summary>Holm's step-down correction: the chance that any of the "better"s below a threshold is false stays below that threshold.</summary>
    /// <remarks><code>adjusted_(i) = max over j ≤ i of min(1, (m − j + 1)·p_(j))</code> for the sorted p_(1) ≤ … ≤ p_(m). Holm (1979).</remarks>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        double least = 0;
        foreach (var (rank, i) in Enumerable.Range(0, p.Count).OrderBy(i => p[i]).Index())
            adjusted[i] = least = Math.Max(least, Math.Min(1, (p.Count - rank) * p[i]));
        return adjusted;
    }
}
