using MathNet.Numerics.Statistics;

namespace Anneal.Experiments;

/// <summary>Puts signals to the test: some runs fix each one's threshold, all others judge it.</summary>
/// <param name="Diverged">Runs that diverged late enough to be warned of.</param>
/// <param name="Healthy">Runs that did not.</param>
public sealed record WarningTrial(IReadOnlyList<DivergedRun> Diverged, IReadOnlyList<TrialLog> Healthy)
{
    /// <summary>Runs of each kind that fix a threshold.</summary>
    public const int Fixing = 10;

    /// <summary>How a signal did on the runs that did not fix its threshold.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="seed">Draws the runs that fix it: the same ones for every signal.</param>
    public AlarmScore Judge(Signal signal, ulong seed)
    {
        var draws = new SeededRandom(seed);
        var diverged = Shuffled(Diverged, draws);
        var healthy = Shuffled(Healthy, draws);
        var alarm = Alarm.Fit(signal, [.. diverged.Take(Fixing)], [.. healthy.Take(Fixing)]);
        return new(alarm, [.. diverged.Skip(Fixing).Select(alarm.Lead)], [.. healthy.Skip(Fixing).Select(log => alarm.FirstIn(log) is not null)]);
    }

    static T[] Shuffled<T>(IReadOnlyList<T> all, SeededRandom draws)
    {
        if (all.Count <= Fixing)
            throw new ArgumentException($"There must be more than {Fixing} runs of each kind; there are {all.Count}.", nameof(all));
        T[] shuffled = [.. all];
        draws.Shuffle<T>(shuffled);
        return shuffled;
    }
}

/// <summary>How an alarm did on runs that had no part in its threshold.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Leads">For each diverged run the updates from the first ring to the onset, 0 where there was none.</param>
/// <param name="Rang">For each healthy run whether it rang.</param>
public sealed record AlarmScore(Alarm Alarm, IReadOnlyList<long> Leads, IReadOnlyList<bool> Rang)
{
    /// <summary>The share of diverged runs with a warning at least <see cref="Alarm.Ahead"/> updates before the onset.</summary>
    public ShareInterval Warned => ShareInterval.Of(Leads.Count(lead => lead >= Alarm.Ahead), Leads.Count);

    /// <summary>The share of healthy runs in which it rang.</summary>
    public ShareInterval FalseAlarms => ShareInterval.Of(Rang.Count(rang => rang), Rang.Count);

    /// <summary>The median lead.</summary>
    public double MedianLead => Leads.Select(lead => (double)lead).Median();

    /// <summary>The median lead's interval: the middle 95 % of medians of runs drawn again, with replacement.</summary>
    public (double Low, double High) MedianInterval(ulong seed = 0, int draws = 2_000)
    {
        var random = new SeededRandom(seed);
        double[] medians = [.. Enumerable.Range(0, draws).Select(_ => Leads.Select(_ => (double)Leads[random.Below(Leads.Count)]).Median()).Order()];
        return (medians[(int)(0.025 * draws)], medians[(int)(0.975 * draws) - 1]);
    }
}
