using Microsoft.ML.Runtime;

namespace Anneal.ML;

/// <summary>Passes over rows in memory in single precision: one update per batch, at the rate the schedule gives for it.</summary>
/// <remarks>
/// The steps are taken by <see cref="Training{T}"/>; what is added here is the order of the rows and what ML.NET wants to know and may cancel.
/// Plain SGD on single rows alone goes past that loop, through <see cref="LinearRows.Plain"/>: the same bits, without an array for the gradient between.
/// </remarks>
static class OnlineRun
{
    /// <summary>Updates between two looks at whether the run has been cancelled.</summary>
    const int Breath = 512;

    /// <summary>The weights after all passes, as the loss lays them out; some that stayed 0 may follow.</summary>
    public static float[] Fit(RowLoss loss, Rule rule, Schedule schedule, int epochs, ScheduledOptions options, IHost host)
    {
        var layout = loss.Layout(Alone(rule));
        int rows = loss.Rows.Count, perPass = (rows + options.BatchSize - 1) / options.BatchSize, first = 0, taken = 0;
        float[] weights = new float[layout.Count], evaluated = new float[layout.Count];
        int[] order = [.. Enumerable.Range(0, rows)];
        double[] rates = new double[Breath];
        var draws = new SeededRandom(options.Seed);
        var state = rule.Start(layout, Precision.Single);
        long step = 0, total = (long)perPass * epochs;
        double sum = 0, rate = 0, meanLoss = 0;
        var plain = rule is Sgd { Decay: 0 } && options is { BatchSize: 1, Progress: null } ? loss as LinearRows : null;
        var training = new Training<float>(rule, schedule, (w, gradient) =>
        {
            double batch = loss.Batch(order.AsSpan(first, taken), w, gradient);
            sum += batch;
            return batch / taken;
        })
        {
            NextBatch = _ =>
            {
                first += taken;
                taken = Math.Min(options.BatchSize, rows - first);
            },
            Options = t => new(rate = schedule.At(t)) { Threads = 1 },
            Records = t => options.Progress is not null && t % options.Every == 0,
            Progress = options.Progress,
        };
        using var channel = host.Start("Training");
        using var progress = host.StartProgressChannel("Training");
        progress.SetHeader(new ProgressHeader(["mean loss"], ["updates"]), entry =>
        {
            entry.SetMetric(0, meanLoss);
            entry.SetProgress(0, step, total);
        });
        for (int pass = 0; pass < epochs; pass++)
        {
            if (options.Shuffle)
                draws.Shuffle(order.AsSpan());
            (sum, first, taken) = (0, 0, 0);
            for (int made = 0; made < perPass; made += Breath)
            {
                Internals.CheckAlive(host);
                options.Cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(Breath, perPass - made);
                if (plain is not null)
                {
                    schedule.Fill(rates.AsSpan(0, count), step);
                    sum += plain.Plain(order.AsSpan(made, count), rates.AsSpan(0, count), weights, step);
                    rate = rates[count - 1];
                }
                else if (training.Run(weights, count, layout, state).Stopped is { } why)
                    throw BlownUp(why, rate);
                step += count;
            }
            meanLoss = sum / rows;
            progress.Checkpoint(meanLoss, step);
            channel.Info(MessageSensitivity.None, $"Pass {pass + 1} of {epochs}: mean loss {meanLoss:g6} while learning, rate {rate:g4} at its last update");
        }
        rule.GetEvaluationWeights(state, weights, evaluated);
        for (int j = 0; j < evaluated.Length; j++)
            if (!float.IsFinite(evaluated[j]))
                throw BlownUp($"weight {j} is {evaluated[j]} after {step} updates", rate);
        return evaluated;
    }

    /// <param name="why">What is not finite, and where.</param>
    /// <param name="rate">The last rate.</param>
    public static InvalidOperationException BlownUp(string why, double rate) =>
        new($"The run has blown up: {why}. Its last rate was {rate}. Centre and scale the features, or lower the rate.");

    /// <summary>Whether the rule moves each weight by its own gradient alone: then weights that fill up the last vector and stay 0 change nothing, and save the shared loop its slow end.</summary>
    static bool Alone(Rule rule) => rule is Sgd or Momentum or AdaGrad or RmsProp or Adam or AdamW or Lion;
}
