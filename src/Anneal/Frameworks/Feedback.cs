namespace Anneal.Frameworks;

/// <summary>A foreign scheduler that listens to a metric, counting, comparing and rounding as its framework does.</summary>
/// <remarks>
/// Near a tie, <c>m + δ &lt; best</c> and <c>m &lt; best − δ</c> round differently and then cut at different times; so each
/// framework's comparison is written here in its own order. What it is meant to be is <see cref="Machine"/>.
/// </remarks>
public abstract class Feedback
{
    /// <summary>The same rules as a state machine of ours; null where the framework's rules have no counterpart.</summary>
    public abstract ReduceOnPlateau? Machine { get; }

    /// <summary>The rate before the first report.</summary>
    public abstract double Base { get; }

    /// <summary>Why there is no <see cref="Machine"/>, or what differs from it.</summary>
    public virtual string? Remark => null;

    /// <summary>The index of the first report.</summary>
    protected virtual int FirstIndex => 0;

    /// <summary>A fresh run: asked with each metric in turn, it answers the rate then in effect.</summary>
    protected abstract Func<double, double> Start();

    /// <summary>The rate in effect after each report.</summary>
    public double[] Rates(IReadOnlyList<double> metrics) => [.. metrics.Select(Start())];

    /// <summary>The rates in effect at the asked indices, or after every report if none is asked.</summary>
    /// <exception cref="ScheduleFormatException">An index has no report.</exception>
    public double[] Rates(IReadOnlyList<double> at, IReadOnlyList<double> metrics)
    {
        double[] rates = Rates(metrics);
        return at.Count == 0 ? rates : [.. at.Select((index, i) => index == Math.Floor(index) && index >= FirstIndex && index < FirstIndex + rates.Length
            ? rates[(int)index - FirstIndex]
            : throw Parameters.Refused($"$.at[{i}]", $"must be a whole number from {FirstIndex} to {FirstIndex + rates.Length - 1}, as there are {rates.Length} metrics, not {ForeignNumber.Text(index)}"))];
    }
}
