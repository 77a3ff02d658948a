namespace Anneal.Experiments;

/// <summary>How a run ended.</summary>
public enum RunKind
{
    /// <summary>It learned, and kept what it had learned.</summary>
    Healthy,

    /// <summary>It did not diverge, but ended hardly better than a table of single tokens.</summary>
    Stuck,

    /// <summary>It lost what it had learned, or the loss stopped being a number.</summary>
    Diverged,
}

/// <summary>How a run ended, told from its log.</summary>
/// <remarks>
/// Loss means the mean of four lines. A run diverges if it stops early or ends 0.2 nats or more above its own lowest loss, or above a guess where that is
/// lower. It is stuck if it does not diverge and ends less than 0.1 below the loss of a table of single tokens.
/// </remarks>
/// <param name="Kind">Healthy, stuck or diverged.</param>
/// <param name="Onset">For a run that diverged: the step of the first line whose loss is so high; where it only stopped, of its last line.</param>
public sealed record RunEnd(RunKind Kind, long? Onset = null)
{
    /// <summary>Lines that a loss is the mean of.</summary>
    public const int Lines = 4;

    /// <summary>Nats above the lowest loss that a diverged run has lost.</summary>
    public const double Lost = 0.2;

    /// <summary>Nats below the loss of single tokens that a healthy run must reach.</summary>
    public const double Gained = 0.1;

    /// <summary>Reads a log.</summary>
    /// <param name="log">At least one line, unless the run stopped before.</param>
    /// <param name="steps">Updates that the run should have.</param>
    /// <param name="guess">The loss of guessing.</param>
    /// <param name="singles">The loss of the best table of single tokens.</param>
    public static RunEnd Of(TrialLog log, long steps, double guess, double singles)
    {
        ArgumentNullException.ThrowIfNull(log);
        double[] losses = Means(log);
        double lowest = guess;
        long? high = null;
        for (int i = 0; i < losses.Length; i++)
        {
            lowest = Math.Min(lowest, losses[i]);
            if (losses[i] >= lowest + Lost)
                high ??= log.Lines[i].Step;
        }
        long last = losses.Length == 0 ? 0 : log.Lines[^1].Step;
        return last < steps || losses[^1] >= lowest + Lost ? new(RunKind.Diverged, high ?? last)
            : losses[^1] > singles - Gained ? new(RunKind.Stuck)
            : new(RunKind.Healthy);
    }

    /// <summary>The mean loss of each line and up to three before it; infinite where one of them is no number.</summary>
    public static double[] Means(TrialLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return [.. log.Lines.Select((_, i) => log.Lines.Take(i + 1).TakeLast(Lines).Average(line => double.IsFinite(line.Loss) ? line.Loss : double.PositiveInfinity))];
    }
}
