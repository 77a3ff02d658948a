using System.Globalization;

namespace Anneal.Runs;

/// <summary>A log while its entries arrive.</summary>
sealed class LogBuilder
{
    readonly List<double> steps = [], rates = [];
    LogPrecision precision = LogPrecision.None;

    public List<string> Remarks { get; } = [];

    public int Count => steps.Count;

    public void Add(double step, double rate)
    {
        steps.Add(step);
        rates.Add(rate);
    }

    /// <summary>An entry as it is written; an empty rate is none, as in rows that log something else.</summary>
    public void Add(double step, ReadOnlySpan<char> rate)
    {
        if (rate.Length == 0 || !double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            return;
        precision = precision.With(rate);
        Add(step, value);
    }

    public RunLog Build(string rateName, string stepName, LogPrecision? written = null) => Count > 0
        ? new([.. steps], [.. rates], rateName, stepName, written ?? precision, Remarks)
        : throw new ConfigurationException($"the log has no number under {rateName}");
}
