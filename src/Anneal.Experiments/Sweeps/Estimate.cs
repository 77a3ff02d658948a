using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Anneal.Experiments;

/// <summary>A number, the interval that holds the true one in 95 of 100 repetitions, and the two-sided p-value of 0.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">How likely an estimate as far from 0 is, if the truth is 0.</param>
public sealed record Estimate(double Mean, double Low, double High, double P)
{
    /// <summary>Whether the whole interval lies within a margin of 0: only then may one speak of equality, up to that margin.</summary>
    public bool Within(double margin) => Low >= -margin && High <= margin;

    /// <summary>From redrawings, of which only the standard deviation is used: <c>mean ± t(0.975; n − 1)·s·√(n/(n − 1))</c> for n seeds. Without an end where something is not finite.</summary>
    internal static Estimate Of(double mean, double[] redrawn, int seeds)
    {
        double deviation = redrawn.StandardDeviation() * Math.Sqrt(seeds / (seeds - 1.0));
        if (!double.IsFinite(mean) || !double.IsFinite(deviation))
            return new(mean, double.NegativeInfinity, double.PositiveInfinity, 1);
        double half = StudentT.InvCDF(0, 1, seeds - 1, 0.975) * deviation;
        double p = mean == 0 ? 1 : deviation == 0 ? 0 : 2 * StudentT.CDF(0, 1, seeds - 1, -Math.Abs(mean) / deviation);
        return new(mean, mean - half, mean + half, p);
    }
}
