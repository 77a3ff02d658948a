namespace Anneal;

/// <summary>How long a run is, and how many samples, tokens and epochs one update is.</summary>
/// <remarks>
/// <code>samples per update = Batch · Accumulation
/// batches per epoch = ⌈DataSet / Batch⌉   (⌊ ⌋ when the last, smaller batch is dropped)
/// updates per epoch = ⌈batches per epoch / Accumulation⌉</code>
/// A schedule counts updates, so one made from a plan cannot become Accumulation times too long.
/// </remarks>
public sealed record Plan
{
    Plan(double updates, double updatesPerEpoch, double batch, int accumulation, double tokensPerSample, double warmupFraction)
    {
        Updates = updates;
        UpdatesPerEpoch = updatesPerEpoch;
        Batch = batch;
        Accumulation = accumulation;
        TokensPerSample = tokensPerSample;
        WarmupFraction = warmupFraction;
    }

    /// <summary>Updates of the whole run.</summary>
    public double Updates { get; }

    /// <summary>Updates in one pass over the data set.</summary>
    public double UpdatesPerEpoch { get; }

    /// <summary>Samples in one forward and backward pass, over all devices.</summary>
    public double Batch { get; }

    /// <summary>Batches whose gradients are added up before one update.</summary>
    public int Accumulation { get; }

    /// <summary>Tokens in one sample.</summary>
    public double TokensPerSample { get; }

    /// <summary>The part of the run that is warm-up.</summary>
    public double WarmupFraction { get; }

    /// <summary>Updates of the warm-up, rounded up to a whole one.</summary>
    public double WarmupSteps => Math.Ceiling(WarmupFraction * Updates);

    /// <summary>Updates after the warm-up.</summary>
    public double StepsAfterWarmup => Updates - WarmupSteps;

    /// <summary>A number of passes over a data set.</summary>
    /// <param name="dataSet">Samples in the data set, above 0.</param>
    /// <param name="epochs">Passes over it, above 0; the last one may be partial.</param>
    /// <param name="batch">Samples in one forward and backward pass, over all devices; above 0.</param>
    /// <param name="accumulation">Batches before one update, 1 or more.</param>
    /// <param name="tokensPerSample">Tokens in one sample, above 0.</param>
    /// <param name="warmupFraction">The part of the run that is warm-up, from 0 to 1.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    public static Plan ForEpochs(double dataSet, double epochs, double batch, int accumulation = 1,
        double tokensPerSample = 1, double warmupFraction = 0, bool dropLast = false)
    {
        double batches = Require.Positive(dataSet) / Require.Positive(batch);
        batches = dropLast ? Math.Floor(batches) : Math.Ceiling(batches);
        if (batches == 0)
            throw new ArgumentOutOfRangeException(nameof(batch), batch, $"batch must be at most the data set ({dataSet}) when the last batch is dropped.");
        double perEpoch = Math.Ceiling(batches / Require.AtLeast(1, accumulation, nameof(accumulation)));
        return new(Math.Ceiling(perEpoch * Require.Positive(epochs)), perEpoch, batch, accumulation,
            Require.Positive(tokensPerSample), Require.Fraction(warmupFraction));
    }

    /// <summary>A budget of tokens from a data set that is as large as the budget.</summary>
    /// <param name="tokens">Tokens to train on, above 0.</param>
    /// <param name="tokensPerSample">Tokens in one sample, above 0.</param>
    /// <param name="batch">Samples in one forward and backward pass, over all devices; above 0.</param>
    /// <param name="accumulation">Batches before one update, 1 or more.</param>
    /// <param name="warmupFraction">The part of the run that is warm-up, from 0 to 1.</param>
    public static Plan ForTokens(double tokens, double tokensPerSample, double batch, int accumulation = 1, double warmupFraction = 0)
    {
        double perUpdate = Require.Positive(tokensPerSample) * Require.Positive(batch) * Require.AtLeast(1, accumulation, nameof(accumulation));
        double updates = Math.Ceiling(Require.Positive(tokens) / perUpdate);
        return new(updates, updates, batch, accumulation, tokensPerSample, Require.Fraction(warmupFraction));
    }

    /// <summary>How many updates one of the unit is.</summary>
    public double UpdatesPer(ProgressUnit unit) => unit switch
    {
        ProgressUnit.Updates => 1,
        ProgressUnit.Samples => 1 / (Batch * Accumulation),
        ProgressUnit.Tokens => 1 / (Batch * Accumulation * TokensPerSample),
        ProgressUnit.Epochs => UpdatesPerEpoch,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "unit must be updates, samples, tokens or epochs."),
    };

    /// <summary>The same progress in another unit.</summary>
    public double Convert(double progress, ProgressUnit from, ProgressUnit to) => progress * UpdatesPer(from) / UpdatesPer(to);

    /// <summary>A schedule whose steps were counted in <paramref name="unit"/>, now counted in updates.</summary>
    public Schedule InUpdates(Schedule schedule, ProgressUnit unit) => schedule.Stretch(UpdatesPer(unit));
}
