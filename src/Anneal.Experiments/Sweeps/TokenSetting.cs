namespace Anneal.Experiments;

/// <summary>Trials that train a transformer on tokens; they are judged by the loss of held-out sequences, the same for every trial and every batch size.</summary>
/// <param name="DataJson">Where the tokens come from, as <see cref="TrainJson"/> reads it.</param>
/// <param name="Tokens">The same, read.</param>
/// <param name="Transformer">What is trained.</param>
/// <param name="BatchSize">Sequences in an update, above 0.</param>
/// <param name="Steps">Updates in a trial.</param>
/// <param name="HeldOut">Held-out sequences, above 0.</param>
public sealed record TokenSetting(string DataJson, TokenData Tokens, Transformer Transformer, int BatchSize, long Steps, int HeldOut = 256)
    : Setting(Tokens.Training.GetType().Name, Steps)
{
    /// <summary>Held-out sequences in one forward pass.</summary>
    const int AtATime = 32;

    /// <summary>What is trained, its MLP's width written out: left to the model or given, it is the same one.</summary>
    public Transformer Transformer { get; } = Transformer with { Hidden = Transformer.Hidden };

    /// <summary>Sequences in an update.</summary>
    public int BatchSize { get; } = BatchSize > 0 ? BatchSize : throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, "BatchSize must be above 0.");

    /// <summary>Held-out sequences.</summary>
    public int HeldOut { get; } = HeldOut > 0 ? HeldOut : throw new ArgumentOutOfRangeException(nameof(HeldOut), HeldOut, "HeldOut must be above 0.");

    /// <summary>Updates to a line of each trial's log (<see cref="WatchedRun"/>); 0, and no log is kept, unless set.</summary>
    public int Watch
    {
        get;
        init => field = value is 0 or >= 2 && Steps % Math.Max(value, 1) == 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(Watch), value, $"Watch must be 0, or at least 2 and a divisor of Steps ({Steps}).");
    }

    /// <summary>Equal where they mean the same; two readings of the same data are different objects.</summary>
    public bool Equals(TokenSetting? other) => other is not null && DataJson == other.DataJson && Transformer == other.Transformer
        && BatchSize == other.BatchSize && Steps == other.Steps && HeldOut == other.HeldOut && Watch == other.Watch;

    public override int GetHashCode() => HashCode.Combine(DataJson, Transformer, BatchSize, Steps, HeldOut, Watch);

    public override string ToString() => $"{Steps} updates of {BatchSize} sequences, {Transformer}, {DataJson}";

    /// <summary>A trial's run, before its first update.</summary>
    public TransformerTraining Start(Rule rule, Schedule schedule, ulong seed) =>
        new(new(Transformer, rule, schedule, BatchSize) { Seed = seed, SequenceLength = Math.Min(Transformer.Context, Tokens.LongestSequence) }, Tokens.Training) { Threads = 1 };

    /// <summary>The held-out sequences, some at a time.</summary>
    public IEnumerable<TokenBatch> HeldOutBatches()
    {
        int length = Math.Min(Transformer.Context, Tokens.LongestSequence);
        for (int first = 0; first < HeldOut; first += AtATime)
        {
            var batch = TokenSource.NewBatch(Math.Min(AtATime, HeldOut - first), length);
            Tokens.HeldOut.Fill(ulong.MaxValue, first / AtATime, batch);
            yield return batch;
        }
    }

    /// <summary>The mean loss of the held-out sequences.</summary>
    public double Judge(TransformerTraining run)
    {
        ArgumentNullException.ThrowIfNull(run);
        float[] weights = run.EvaluationWeights();
        double sum = 0;
        long counted = 0;
        foreach (var batch in HeldOutBatches())
        {
            sum += run.Network.Loss(weights, batch) * batch.Counted;
            counted += batch.Counted;
        }
        return sum / counted;
    }

    internal override TrialResult Run(Rule rule, Schedule schedule, ulong seed)
    {
        var run = Start(rule, schedule, seed);
        TrialLog? log = null;
        string? stopped;
        if (Watch > 0)
            (log, stopped) = WatchedRun.Watch(run, Tokens.Training, Steps, Watch);
        else
            stopped = run.Run(Steps, _ => false).Stopped;
        double loss = stopped is null ? Judge(run) : double.PositiveInfinity;
        return (double.IsFinite(loss) ? new(loss) : new TrialResult(double.PositiveInfinity, Stopped: stopped ?? "the last loss is not finite")) with { Log = log };
    }

    internal override void Try() => Start(new Sgd(), new Constant(0), seed: 0);
}
