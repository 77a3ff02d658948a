using System.Diagnostics;
using System.Globalization;
using Anneal.Diagnostics;

namespace Anneal.Experiments;

/// <summary>What is measured at a step looked at closely, besides the norms of each tensor's weights, gradient and update.</summary>
public enum Diagnostic
{
    /// <summary>Largest logit and entropy of every head, and the residual stream, on the step's batch: a forward pass.</summary>
    Attention,

    /// <summary>The measured update against the rule's own: the same step in 64-bit numbers.</summary>
    RuleUpdate,

    /// <summary>The effective rank of every weight matrix.</summary>
    EffectiveRank,

    /// <summary>The gradient noise scale, from two half batches.</summary>
    NoiseScale,

    /// <summary>The largest eigenvalue of the Hessian, on half a batch.</summary>
    Sharpness,
}

/// <summary>When a run is looked at closely, and what for.</summary>
/// <param name="Every">At the steps 0, Every, 2·Every, … of the trace, which are counted by the updates made before them; above 0.</param>
/// <param name="Of">What is measured, besides norms.</param>
public sealed record DiagnosticPlan(long Every, IReadOnlyList<Diagnostic> Of)
{
    /// <summary>Everything.</summary>
    public DiagnosticPlan(long every) : this(every, Enum.GetValues<Diagnostic>())
    {
    }
}

/// <summary>A step looked at closely, as numbers of the whole model; what was not measured is null.</summary>
/// <param name="UpdateRatio">‖Δw‖/‖w‖, in the matrix where it is largest.</param>
/// <param name="LargestLogit">The largest q·k/√d of any head.</param>
/// <param name="Entropy">The least mean entropy of a head's attention, in nats.</param>
/// <param name="StreamRms">The largest root mean square of the residual stream behind a block.</param>
/// <param name="NoiseScale">Gradient noise scale in sequences; noisy in a single step, NaN where it comes out negative.</param>
/// <param name="Sharpness">Largest eigenvalue of the Hessian found.</param>
/// <param name="EffectiveRank">The least effective rank of a weight matrix.</param>
/// <param name="UpdateDifference">The largest difference of a weight's update from the rule's own.</param>
public sealed record CloseLook(double? UpdateRatio, double? LargestLogit, double? Entropy, double? StreamRms, double? NoiseScale, double? Sharpness, double? EffectiveRank, double? UpdateDifference)
{
    /// <summary>The columns of trace.csv, in order.</summary>
    public const string Columns = "update_ratio,largest_logit,entropy,stream_rms,noise_scale,sharpness,effective_rank,update_difference";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{UpdateRatio:R},{LargestLogit:R},{Entropy:R},{StreamRms:R},{NoiseScale:R},{Sharpness:R},{EffectiveRank:R},{UpdateDifference:R}");
}

/// <summary>One tensor at a step looked at closely.</summary>
/// <param name="Norms">Weights before the step, gradient, measured update.</param>
/// <param name="EffectiveRank">Of a matrix, before the step.</param>
/// <param name="UpdateDifference">The largest difference of a weight's update from the rule's own.</param>
public sealed record TensorLook(TensorNorms Norms, double? EffectiveRank, double? UpdateDifference)
{
    /// <summary>The columns of tensors.csv behind the step.</summary>
    public const string Columns = "tensor,weight_norm,gradient_norm,update_norm,effective_rank,update_difference,update_ratio";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Norms.Name},{Norms.WeightNorm:R},{Norms.GradientNorm:R},{Norms.UpdateNorm:R},{EffectiveRank:R},{UpdateDifference:R},{Norms.UpdateRatio:R}");
}

/// <summary>Looks closely at steps of a run; the run walks the same path. Keeps the time that each measure takes.</summary>
/// <param name="run">The run.</param>
/// <param name="data">Its data.</param>
/// <param name="plan">What is measured.</param>
sealed class CloseLooks(TransformerTraining run, TokenSource data, DiagnosticPlan plan)
{
    /// <summary>Products with the Hessian.</summary>
    public const int Products = WatchedRun.LanczosSteps;

    readonly Dictionary<string, TimeSpan> spent = [];
    HalfBatches? halves;
    Before? begun;
    TimeSpan steps;
    long stepped;
    int looks;

    /// <summary>What was measured before a step, at the updates made by then. A batch that makes no update leaves the weights, and so the measures, as they are.</summary>
    sealed record Before(long Updates, double?[]? Ranks, double? Noise, double? Sharpness, Dictionary<string, TimeSpan> Spent);

    /// <summary>A step and what was seen of it.</summary>
    /// <param name="Point">What the loop saw.</param>
    /// <param name="Look">The step in numbers of the whole model.</param>
    /// <param name="Tensors">Each tensor.</param>
    /// <param name="Blocks">Each block; none where attention is not asked for.</param>
    public sealed record Seen(TracePoint Point, CloseLook Look, IReadOnlyList<TensorLook> Tensors, IReadOnlyList<BlockStatistics> Blocks);

    /// <summary>Steps, timed: those that were made, also where they end early.</summary>
    public Trace Time(Func<Trace> make)
    {
        long start = Stopwatch.GetTimestamp(), made = run.Batches;
        try
        {
            return make();
        }
        finally
        {
            (steps, stepped) = (steps + Stopwatch.GetElapsedTime(start), stepped + run.Batches - made);
        }
    }

    /// <summary>One batch; null for what was seen where it makes no update, and then the look is at the next one.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, between two measures before the batch: the run is where it was.</exception>
    public (Seen? Seen, string? Stopped) Step(CancellationToken cancel)
    {
        long updates = run.State.Updates;
        var (_, ranks, noise, sharpness, took) = begun = begun?.Updates == updates ? begun : Measured(updates, cancel);
        var layout = run.Recipe.Model.Layout;
        float[] before = [.. run.Weights], gradient = new float[before.Length];
        RuleState? state = null;
        if (Asked(Diagnostic.RuleUpdate))
            Measure(took, "the rule's own update", () => state = run.State.InDouble());
        var trace = Time(() => run.RunStep(gradient, cancel: cancel));
        if (trace.Stopped is not null || trace.Points.Count == 0)
            return (null, trace.Stopped);
        float[] after = run.Weights;
        IReadOnlyList<TensorNorms> norms = [];
        Measure(took, "norms", () => norms = TensorNorms.Of<float>(layout, before, gradient, after));
        IReadOnlyList<BlockStatistics> blocks = [];
        if (Asked(Diagnostic.Attention))
            Measure(took, "attention", () => blocks = run.Observe(before));
        double[]? differences = null;
        if (state is not null)
            Measure(took, "the rule's own update", () => differences = Differences(state, before, gradient, after));
        var heads = blocks.SelectMany(block => block.Heads).ToList();
        foreach (var (name, time) in took)
            spent[name] = spent.GetValueOrDefault(name) + time;
        looks++;
        begun = null;
        return (new(trace.Points[0],
            new(Largest(layout.Tensors.Zip(norms).Where(t => t.First.IsMatrix).Select(t => t.Second.UpdateRatio)), Largest(heads.Select(h => h.LargestLogit)), heads.Min(h => (double?)h.Entropy),
                Largest(blocks.Select(b => b.StreamRms)), noise, sharpness, ranks?.Min(), Largest(differences ?? [])),
            [.. norms.Select((n, i) => new TensorLook(n, ranks?[i], differences?[i]))], blocks), null);
    }

    Before Measured(long updates, CancellationToken cancel)
    {
        var layout = run.Recipe.Model.Layout;
        var took = new Dictionary<string, TimeSpan>();
        double?[]? ranks = null;
        double? noise = null, sharpness = null;
        cancel.ThrowIfCancellationRequested();
        if (Asked(Diagnostic.EffectiveRank))
            Measure(took, "effective rank", () => ranks = [.. layout.Tensors.Select(Rank)]);
        if (Asked(Diagnostic.NoiseScale) || Asked(Diagnostic.Sharpness))
            (halves ??= new(run, data)).Draw(updates);
        if (Asked(Diagnostic.NoiseScale))
            Measure(took, "noise scale", () => noise = halves!.NoiseScale(cancel));
        if (Asked(Diagnostic.Sharpness))
            Measure(took, "sharpness", () => sharpness = halves!.Sharpness(Products, cancel));
        return new(updates, ranks, noise, sharpness, took);

        double? Rank(Tensor t)
        {
            cancel.ThrowIfCancellationRequested();
            return t.IsMatrix ? EffectiveRank.Of<float>(run.Weights.AsSpan(t.Offset, t.Count), t.Rows) : null;
        }
    }

    /// <summary>The largest, NaN where one of them is; null where there is none.</summary>
    internal static double? Largest(IEnumerable<double> values) => values.Aggregate((double?)null, (most, value) => most is { } before ? Math.Max(before, value) : value);

    /// <summary>What looking took; null where there was no look.</summary>
    public LookCosts? Costs => looks == 0 ? null : new(looks, steps.TotalSeconds / stepped, stepped,
        [.. spent.Select(s => (s.Key, s.Value.TotalSeconds / looks)).OrderByDescending(s => s.Item2)]);

    bool Asked(Diagnostic diagnostic) => plan.Of.Contains(diagnostic);

    static void Measure(Dictionary<string, TimeSpan> took, string name, Action act)
    {
        long start = Stopwatch.GetTimestamp();
        act();
        took[name] = took.GetValueOrDefault(name) + Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Measured updates less the rule's own, the largest of each tensor.</summary>
    double[] Differences(RuleState state, float[] before, float[] gradient, float[] after)
    {
        double[] own = run.StepInDouble(state, before, gradient);
        double[] measured = [.. after.Select(w => (double)w)];
        return [.. TensorNorms.LargestDifferences<double>(run.Recipe.Model.Layout, measured, own).Select(d => d.Difference)];
    }
}

/// <summary>The time that looking closely took, in this part of the run.</summary>
/// <param name="Looks">Steps looked at.</param>
/// <param name="StepSeconds">A step without a look, on average.</param>
/// <param name="Steps">Steps made.</param>
/// <param name="Each">What each measure took a look, on average, the longest first.</param>
public sealed record LookCosts(int Looks, double StepSeconds, long Steps, IReadOnlyList<(string Name, double Seconds)> Each)
{
    /// <summary>All looks as a share of the time of all steps.</summary>
    public double Share => Each.Sum(e => e.Seconds) * Looks / (StepSeconds * Steps);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Diagnostics at {Looks:N0} of {Steps:N0} steps made now, each in time of a step: {string.Join(", ", Each.Select(e => $"{e.Name} {Percent(e.Seconds / StepSeconds)}"))}; in all {Percent(Share)} of the steps' time.");

    static string Percent(double share) => (100 * share).ToString(share < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";
}
