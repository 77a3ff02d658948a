namespace Anneal.Frameworks;

/// <summary>What a scheduler of another framework became here: a schedule, or, where it listens to a metric, a feedback.</summary>
public sealed record Imported
{
    /// <summary>The framework, under the name the golden records use.</summary>
    public required string Framework { get; init; }

    /// <summary>The scheduler, under its framework's name.</summary>
    public required string Scheduler { get; init; }

    /// <summary>The rate at every index; null for a scheduler that listens to a metric.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The momentum at every index, where the scheduler moves it too.</summary>
    public Schedule? Momentum { get; init; }

    /// <summary>How the rate follows a metric; null for every other scheduler.</summary>
    public Feedback? Feedback { get; init; }

    /// <summary>The rates at the asked indices, or after every metric where no index is asked.</summary>
    /// <param name="at">Indices as the framework counts them.</param>
    /// <param name="metrics">What was reported, for a scheduler that listens to a metric.</param>
    /// <exception cref="ScheduleFormatException">Metrics are missing or too few, or an index is out of range.</exception>
    public double[] Rates(IReadOnlyList<double> at, IReadOnlyList<double>? metrics = null)
    {
        if (Feedback is not null)
            return Feedback.Rates(at, metrics ?? throw Parameters.Refused("$.metrics", $"is missing; {Scheduler} listens to a metric"));
        if (metrics is not null)
            throw Parameters.Refused("$.metrics", $"was not expected; {Scheduler} does not listen to a metric");
        return [.. at.Select(Schedule!.At)];
    }
}
