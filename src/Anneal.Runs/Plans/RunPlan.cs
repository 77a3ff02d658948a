namespace Anneal.Runs;

/// <summary>How long a run is, in every unit that its configuration tells.</summary>
/// <param name="Updates">Updates of the whole run.</param>
public sealed record RunPlan(double Updates)
{
    /// <summary>Updates of the warm-up; need not be whole where the framework does not round it.</summary>
    public double Warmup { get; init; }

    /// <summary>Updates in one pass over the data set.</summary>
    public double? UpdatesPerEpoch { get; init; }

    /// <summary>Samples in one update, over all processes and accumulated batches.</summary>
    public double? SamplesPerUpdate { get; init; }

    /// <summary>How the batch grows to <see cref="SamplesPerUpdate"/>, if it does.</summary>
    public BatchRamp? Ramp { get; init; }

    /// <summary>Tokens in one sample.</summary>
    public double? TokensPerSample { get; init; }

    /// <summary>Samples of the data set.</summary>
    public double? Samples { get; init; }

    /// <summary>How the number of updates came about, as a formula with its numbers.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Tokens in one update.</summary>
    public double? TokensPerUpdate => SamplesPerUpdate * TokensPerSample;

    /// <summary>How many updates one of the unit is; null where the configuration does not tell.</summary>
    public double? UpdatesPer(ProgressUnit unit) => unit switch
    {
        ProgressUnit.Updates => 1,
        ProgressUnit.Samples => 1 / SamplesPerUpdate,
        ProgressUnit.Tokens => 1 / TokensPerUpdate,
        ProgressUnit.Epochs => UpdatesPerEpoch ?? Samples / SamplesPerUpdate,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "unit must be updates, samples, tokens or epochs."),
    };

    /// <summary>The same progress since the run began in another unit; null where the configuration does not tell.</summary>
    public double? Convert(double progress, ProgressUnit from, ProgressUnit to) => Ramp is null ? progress * UpdatesPer(from) / UpdatesPer(to) : Ramped(UpdatesAt(progress, from), to);

    double? UpdatesAt(double progress, ProgressUnit unit) => InSamples(unit) is { } samples ? Ramp!.Updates(progress * samples) : progress * UpdatesPer(unit);

    double? Ramped(double? updates, ProgressUnit unit) => updates is not { } done ? null : InSamples(unit) is { } samples ? Ramp!.Samples(done) / samples : done / UpdatesPer(unit);

    /// <summary>How many samples one of the unit is, where it is counted in samples.</summary>
    double? InSamples(ProgressUnit unit) => unit switch { ProgressUnit.Samples => 1, ProgressUnit.Tokens => 1 / TokensPerSample, ProgressUnit.Epochs => Samples, _ => null };
}
