namespace Anneal.Runs;

/// <summary>A run as its own configuration describes it: how long it is, and which rate each update has.</summary>
/// <param name="Framework">Whose configuration it is.</param>
/// <param name="Scheduler">The schedule, as that framework calls it.</param>
/// <param name="Plan">Updates, epochs, samples and tokens.</param>
public sealed record RunConfiguration(string Framework, string Scheduler, RunPlan Plan)
{
    /// <summary>The rate of the update that follows so many updates, as the framework has it; not a number where it raises.</summary>
    public required Func<double, double> Rates { get; init; }

    /// <summary>The schedule itself, where the configuration is one of this library's.</summary>
    public Schedule? Known { get; init; }

    /// <summary>The rate of biases, where it is another.</summary>
    public Func<double, double>? BiasRates { get; init; }

    /// <summary>The weight decay, where it changes.</summary>
    public Func<double, double>? WeightDecays { get; init; }

    /// <summary>Whether a key says that the rate is to stay at its floor for a while before the end.</summary>
    public bool Holds { get; init; }

    /// <summary>Whether the rate comes back up because a key says so.</summary>
    public bool Restarts { get; init; }

    /// <summary>Updates between two changes of the rate: more than one where it changes by epoch.</summary>
    public double ChangesEvery { get; init; } = 1;

    /// <summary>The update at which the schedule ends, where it goes on senselessly when asked beyond.</summary>
    public double? ScheduleEnd { get; init; }

    /// <summary>Whether the optimizer finds its rate itself, or is not one of Adam's kin, so that a large number is no surprise.</summary>
    public bool OwnRate { get; init; }

    /// <summary>What the text is written in.</summary>
    public ConfigurationFormat Format { get; init; }

    /// <summary>The keys that decide the rates.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>What was noticed while reading it.</summary>
    public IReadOnlyList<RunFinding> Noticed { get; init; } = [];

    /// <summary>The setting with a role, if the file or a default has one.</summary>
    public Setting? Find(Role role) => Settings.FirstOrDefault(s => s.Role == role && s.Place.IsKnown) ?? Settings.FirstOrDefault(s => s.Role == role);

    /// <summary>The rate of the update that follows <paramref name="update"/> updates; not a number where the framework raises.</summary>
    /// <param name="update">Updates already made, 0 or above.</param>
    public double RateAt(double update) => update >= 0 ? Rates(update)
        : throw new ArgumentOutOfRangeException(nameof(update), update, "update must be 0 or above.");

    /// <summary>The rates as a schedule of this library, which composes, charts and answers questions; past the end it holds where the framework raises.</summary>
    public Schedule Schedule()
    {
        var rates = Rates;
        double last = Math.Max(0, Plan.Updates - 1);
        return Anneal.Schedule.Of($"{Framework} {Scheduler}", t => rates(Math.Floor(t)) is var rate && double.IsNaN(rate) ? rates(last) is var held && double.IsNaN(held) ? 0 : held : rate);
    }
}
