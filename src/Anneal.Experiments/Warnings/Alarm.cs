namespace Anneal.Experiments;

/// <summary>Rings when a signal rises above a threshold.</summary>
/// <param name="Signal">What is watched.</param>
/// <param name="Threshold">It rings above this.</param>
public sealed record Alarm(Signal Signal, double Threshold)
{
    /// <summary>Updates before the onset by which an alarm must ring to count as a warning.</summary>
    public const long Ahead = 10;

    /// <summary>The step of the line at which it first rings; null where it does not.</summary>
    public long? FirstIn(TrialLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        double[] values = Signal.Of(log);
        return Array.FindIndex(values, v => v > Threshold) is >= 0 and int i ? log.Lines[i].Step : null;
    }

    /// <summary>Updates from the first ring to the onset; 0 where it did not ring before.</summary>
    public long Lead(DivergedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return FirstIn(run.Log) is { } step && step < run.Onset ? run.Onset - step : 0;
    }

    /// <summary>The threshold with the most warnings, as a share of the diverged runs, less false alarms, as a share of the healthy ones; of equals the highest.</summary>
    /// <remarks>Only what a run has shown can be a threshold: a diverged one up to <see cref="Ahead"/> updates before its onset, a healthy one to its end.</remarks>
    public static Alarm Fit(Signal signal, IReadOnlyList<DivergedRun> diverged, IReadOnlyList<TrialLog> healthy)
    {
        ArgumentNullException.ThrowIfNull(signal);
        double[] warned = [.. diverged.Select(run => Highest(signal, run.Log, run.Onset - Ahead))], rung = [.. healthy.Select(log => Highest(signal, log, long.MaxValue))];
        double Gain(double t) => (double)warned.Count(v => v > t) / warned.Length - (double)rung.Count(v => v > t) / rung.Length;
        return new(signal, warned.Concat(rung).OrderDescending().MaxBy(Gain));
    }

    static double Highest(Signal signal, TrialLog log, long until) =>
        signal.Of(log).Where((v, i) => log.Lines[i].Step <= until && !double.IsNaN(v)).DefaultIfEmpty(double.NegativeInfinity).Max();
}

/// <summary>A run that diverged, and when.</summary>
/// <param name="Log">Its log.</param>
/// <param name="Onset">The step at which the loss had risen (<see cref="RunEnd"/>).</param>
public sealed record DivergedRun(TrialLog Log, long Onset);
