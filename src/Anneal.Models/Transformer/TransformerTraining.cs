using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Anneal.Diagnostics;

namespace Anneal.Models;

/// <summary>What a transformer is trained with. A value: with the data it says everything that a run's bits depend on.</summary>
/// <param name="Model">Sizes and choices.</param>
/// <param name="Rule">How the weights follow the gradient.</param>
/// <param name="Schedule">Asked at the number of updates already made.</param>
/// <param name="BatchSize">Sequences of an update.</param>
public sealed record TransformerRecipe(Transformer Model, Rule Rule, Schedule Schedule, int BatchSize)
{
    /// <summary>Sequences of an update.</summary>
    public int BatchSize { get; } = BatchSize > 0 ? BatchSize : throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, "BatchSize must be above 0.");

    /// <summary>Tokens of a sequence; the model's context unless set.</summary>
    public int SequenceLength
    {
        get => field > 0 ? field : Model.Context;
        init => field = value > 0 && value <= Model.Context ? value : throw new ArgumentOutOfRangeException(nameof(SequenceLength), value, $"SequenceLength must be above 0 and at most the context, {Model.Context}.");
    }

    /// <summary>Parts that an update's sequences are computed in, one after another (gradient accumulation); the number of sequences must be a multiple.</summary>
    public int AccumulationSteps
    {
        get;
        init => field = value > 0 && BatchSize % value == 0 ? value : throw new ArgumentOutOfRangeException(nameof(AccumulationSteps), value, $"AccumulationSteps must divide BatchSize, {BatchSize}.");
    } = 1;

    /// <summary>Where the starting weights and the batches are drawn from.</summary>
    public ulong Seed { get; init; }

    /// <summary>What weights and activations are rounded to; the weights that the rule changes stay float.</summary>
    public ComputeFormat Format { get; init; }

    /// <summary>Loss scaling; none unless set, except with <see cref="ComputeFormat.Float16"/>.</summary>
    public LossScaling? LossScaling
    {
        get => field ?? (Format == ComputeFormat.Float16 ? new() : null);
        init;
    }
}

/// <summary>A transformer's training under way, on the one loop (<see cref="Training{T}"/>).</summary>
/// <remarks>
/// Its state is the weights, the rule's state, the batches seen and the loss scale, which <see cref="Save"/> writes into one file; a run that goes on from it
/// walks the same path, bit for bit. A loss or a gradient with a NaN or an infinity ends the run before it reaches the weights; under loss scaling it skips
/// the update, and the fiftieth in a row ends the run.
/// </remarks>
public sealed class TransformerTraining
{
    const int SkippedInARow = 50;

    readonly TransformerNetwork<float> network;
    readonly TokenSource data;
    readonly TokenBatch batch, part;
    readonly Rule rule;
    float[]? observed;

    /// <summary>A run from drawn weights.</summary>
    public TransformerTraining(TransformerRecipe recipe, TokenSource data)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Vocabulary > recipe.Model.Vocabulary)
            throw new ArgumentException($"The data have {data.Vocabulary} tokens; the model's vocabulary is {recipe.Model.Vocabulary}.", nameof(data));
        if (recipe.SequenceLength > data.LongestSequence)
            throw new ArgumentException($"The data's longest sequence is {data.LongestSequence}; the recipe asks for {recipe.SequenceLength}.", nameof(data));
        (Recipe, this.data) = (recipe, data);
        network = new(recipe.Model, recipe.Format);
        Weights = recipe.Model.Start<float>(recipe.Seed);
        LossScale = recipe.LossScaling?.Start();
        rule = LossScale is null ? recipe.Rule : new ApplyIfFinite(recipe.Rule, SkippedInARow);
        State = rule.Start(recipe.Model.Layout, Precision.Single);
        (batch, part) = (TokenSource.NewBatch(recipe.BatchSize, recipe.SequenceLength), TokenSource.NewBatch(recipe.BatchSize / recipe.AccumulationSteps, recipe.SequenceLength));
    }

    /// <summary>What the run's bits depend on, beside the data.</summary>
    public TransformerRecipe Recipe { get; }

    /// <summary>The weights where gradients are taken.</summary>
    public float[] Weights { get; }

    /// <summary>What the rule remembers.</summary>
    public RuleState State { get; private set; }

    /// <summary>Batches seen: the updates, and those that loss scaling skipped.</summary>
    public long Batches => State.Steps;

    /// <summary>Where loss scaling stands; null without it.</summary>
    public LossScale? LossScale { get; private set; }

    /// <summary>The schedule that a loaded run had before, in words, where it goes on with another; null where it has the same, or none is known.</summary>
    public string? OtherSchedule { get; private set; }

    /// <summary>The parts that a loaded run computed its batches in, where it goes on with another number; null where it has the same, or none is known. The runs then differ by rounding.</summary>
    public int? OtherAccumulationSteps { get; private set; }

    /// <summary>The SHA-256 of the run's first batch, by which other data are told.</summary>
    internal string DataSum
    {
        get
        {
            if (field is null)
            {
                var first = TokenSource.NewBatch(Recipe.BatchSize, Recipe.SequenceLength);
                data.Fill(Recipe.Seed, 0, first);
                field = Convert.ToHexStringLower(SHA256.HashData([.. MemoryMarshal.AsBytes(first.Inputs.AsSpan()), .. MemoryMarshal.AsBytes(first.Targets.AsSpan())]));
            }
            return field;
        }
    }

    /// <summary>The network the run uses.</summary>
    public TransformerNetwork<float> Network => network;

    /// <summary>The most threads to use; 0 means as many as the machine has.</summary>
    public int Threads
    {
        get => network.Threads;
        set => network.Threads = value;
    }

    /// <summary>So many batches more, each with its update.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="records">Which are recorded, by the updates made before; all unless given.</param>
    /// <param name="progress">Told of every recorded step.</param>
    /// <param name="cancel">Ends the run between two steps, from where it can go on.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Trace Run(long steps, Func<long, bool>? records = null, IProgress<TracePoint>? progress = null, CancellationToken cancel = default) => new Training<float>(rule, Recipe.Schedule, Backpropagate)
    {
        NextBatch = number =>
        {
            cancel.ThrowIfCancellationRequested();
            data.Fill(Recipe.Seed, number, batch);
        },
        Options = updates => new(Recipe.Schedule.At(updates)) { Threads = Threads },
        Records = records ?? (_ => true),
        Progress = progress,
    }.Run(Weights, steps, Recipe.Model.Layout, State);

    /// <summary>One batch more, as <see cref="Run"/>, looked at closely: it walks the same path and costs one forward pass more.</summary>
    public TransformerStep RunObserved(IProgress<TracePoint>? progress = null, CancellationToken cancel = default)
    {
        float[] before = [.. Weights], gradient = new float[Weights.Length];
        var trace = RunStep(gradient, progress, cancel);
        return new(trace, TensorNorms.Of<float>(Recipe.Model.Layout, before, gradient, Weights), Observe(before));
    }

    /// <summary>One batch more, as <see cref="Run"/>.</summary>
    /// <param name="gradient">Takes the gradient of the step.</param>
    /// <param name="progress">Told of the step.</param>
    /// <param name="cancel">Ends the run before the step.</param>
    public Trace RunStep(float[] gradient, IProgress<TracePoint>? progress = null, CancellationToken cancel = default)
    {
        observed = gradient;
        try
        {
            return Run(1, progress: progress, cancel: cancel);
        }
        finally
        {
            observed = null;
        }
    }

    /// <summary>What attention and the residual stream do on the last step's batch.</summary>
    /// <param name="weights">At these weights.</param>
    public IReadOnlyList<BlockStatistics> Observe(ReadOnlySpan<float> weights) => network.Observe(weights, batch);

    /// <summary>Where the rule's formula, in 64-bit numbers and from a state and a gradient as they were before a step, takes weights at the rate of that step.</summary>
    /// <remarks>What differs from the weights after the step is the rounding of the shorter format, or a fault.</remarks>
    /// <param name="before">The state before the step (<see cref="RuleState.InDouble"/>); it is changed.</param>
    /// <param name="weights">The weights before it.</param>
    /// <param name="gradient">Its gradient.</param>
    public double[] StepInDouble(RuleState before, ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(before);
        double[] moved = new double[weights.Length], slope = new double[gradient.Length];
        for (int i = 0; i < moved.Length; i++)
            (moved[i], slope[i]) = (weights[i], gradient[i]);
        rule.Step(before, moved, slope, new StepOptions(Recipe.Schedule.At(before.Updates)) { Threads = Threads });
        return moved;
    }

    /// <summary>The weights to evaluate and to keep: an average where the rule takes one.</summary>
    public float[] EvaluationWeights()
    {
        float[] evaluated = new float[Weights.Length];
        rule.GetEvaluationWeights(State, Weights, evaluated);
        return evaluated;
    }

    /// <summary>The mean loss of so many batches of other data, or of the same data from another seed.</summary>
    public double Evaluate(TokenSource source, ulong seed, int batches)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batches);
        float[] evaluated = EvaluationWeights();
        var room = TokenSource.NewBatch(Recipe.BatchSize, Recipe.SequenceLength);
        double sum = 0;
        for (int i = 0; i < batches; i++)
        {
            source.Fill(seed, i, room);
            sum += network.Loss(evaluated, room);
        }
        return sum / batches;
    }

    /// <summary>The loss of the batch at hand and its gradient, part by part, freed from the loss scale.</summary>
    double Backpropagate(ReadOnlySpan<float> weights, Span<float> gradient)
    {
        double sum = 0, scale = LossScale?.Scale ?? 1;
        int counted = batch.Counted;
        gradient.Clear();
        for (int first = 0; first < batch.Inputs.Length; first += part.Inputs.Length)
        {
            batch.Inputs.AsSpan(first, part.Inputs.Length).CopyTo(part.Inputs);
            batch.Targets.AsSpan(first, part.Inputs.Length).CopyTo(part.Targets);
            sum += network.AddGradient(weights, part, gradient, scale / counted);
        }
        if (LossScale is not null)
        {
            float back = (float)(1 / scale);
            bool finite = true;
            foreach (ref float g in gradient)
                finite &= float.IsFinite(g *= back);
            LossScale = Recipe.LossScaling!.Next(LossScale, finite);
        }
        if (observed is not null)
            gradient.CopyTo(observed);
        return sum / counted;
    }

    /// <summary>Writes the run into a file, in place of what was there only once all is written.</summary>
    public void Save(string path) => Checkpoint.Save(this, path);

    /// <summary>A run as <see cref="Save"/> left it.</summary>
    /// <exception cref="StateFormatException">The file is cut short or altered, or belongs to another recipe or to other data.</exception>
    public static TransformerTraining Load(TransformerRecipe recipe, TokenSource data, string path)
    {
        var run = new TransformerTraining(recipe, data);
        var (weights, state, scale, schedule, accumulation) = Checkpoint.Load(run, path);
        run.State = StateFile.Load(run.rule, recipe.Model.Layout, state, Precision.Single);
        weights.CopyTo(run.Weights);
        run.LossScale = scale;
        run.OtherSchedule = schedule == Checkpoint.Words(recipe.Schedule) ? null : schedule;
        run.OtherAccumulationSteps = accumulation == recipe.AccumulationSteps ? null : accumulation;
        return run;
    }
}

/// <summary>One step of a run, looked at closely.</summary>
/// <param name="Trace">What the loop saw.</param>
/// <param name="Tensors">Norms of each tensor: weights before the step, gradient, measured update.</param>
/// <param name="Blocks">What attention and the residual stream did on the step's batch, at the weights before it.</param>
public sealed record TransformerStep(Trace Trace, IReadOnlyList<TensorNorms> Tensors, IReadOnlyList<BlockStatistics> Blocks);
