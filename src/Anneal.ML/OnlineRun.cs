using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Runtime;

namespace Anneal.ML;

/// <summary>Passes over rows in memory in single precision: one update per batch, at the rate the schedule gives for it.</summary>
static class OnlineRun
{
    /// <summary>Updates between two looks at whether the run has been cancelled.</summary>
    const int Breath = 512;

    /// <summary>The weights after all passes, as the loss lays them out; some that stayed 0 may follow.</summary>
    public static float[] Fit(RowLoss loss, Rule rule, Schedule schedule, int epochs, ScheduledOptions options, IHost host)
    {
        var layout = loss.Layout(Alone(rule));
        int rows = loss.Rows.Count, size = options.BatchSize, perPass = (rows + size - 1) / size, count = layout.Count;
        float[] weights = new float[loss.Room], gradient = new float[loss.Room], before = new float[loss.Room], settled = new float[count];
        int[] order = [.. Enumerable.Range(0, rows)];
        var draws = new SeededRandom(options.Seed);
        var state = rule.Start(layout, Precision.Single);
        long step = 0, total = (long)perPass * epochs, next = 0;
        double meanLoss = 0;
        double[] rates = new double[Breath];
        var plain = rule is Sgd { Decay: 0 } && size == 1 && options.Progress is null ? loss as LinearRows : null;
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
            double sum = 0, rate = 0;
            for (int at = 0; plain is not null && at < rows; at += Breath)
            {
                Pause();
                int taken = Math.Min(Breath, rows - at);
                schedule.Fill(rates.AsSpan(0, taken), step);
                sum += plain.Plain(order.AsSpan(at, taken), rates.AsSpan(0, taken), weights, step);
                rate = rates[taken - 1];
                step += taken;
            }
            for (int at = 0; plain is null && at < rows; at += size)
            {
                if (step % Breath == 0)
                    Pause();
                int taken = Math.Min(size, rows - at);
                double batch = loss.Batch(order.AsSpan(at, taken), weights, gradient);
                long updates = state.Updates;
                rate = schedule.At(updates);
                bool recorded = options.Progress is not null && step == next;
                if (recorded)
                    weights.CopyTo(before, 0);
                rule.Step(state, weights.AsSpan(0, count), gradient.AsSpan(0, count), new StepOptions(rate) { Threads = 1 });
                if (recorded)
                {
                    next += options.Every;
                    options.Progress!.Report(Seen(updates, rate, batch / taken, before, gradient, weights));
                }
                if (!double.IsFinite(batch))
                    throw BlownUp(step, batch, rate);
                sum += batch;
                step++;
            }
            meanLoss = sum / rows;
            progress.Checkpoint(meanLoss, step);
            channel.Info(MessageSensitivity.None, $"Pass {pass + 1} of {epochs}: mean loss {meanLoss:g6} while learning, rate {rate:g4} at its last update");
        }
        rule.GetEvaluationWeights(state, weights.AsSpan(0, count), settled);
        for (int j = 0; j < count; j++)
            if (!float.IsFinite(settled[j]))
                throw new InvalidOperationException($"Weight {j} is {settled[j]} after {step} updates: the run has blown up. Centre and scale the features, or lower the rate.");
        return settled;

        void Pause()
        {
            Internals.CheckAlive(host);
            options.Cancellation.ThrowIfCancellationRequested();
        }
    }

    public static InvalidOperationException BlownUp(long step, double loss, double rate) =>
        new($"The loss of update {step} is {loss}: at rates up to here ({rate} last) the run has blown up. Centre and scale the features, or lower the rate.");

    /// <summary>Whether the rule moves each weight by its own gradient alone: then weights that fill up the last vector and stay 0 change nothing, and save the shared loop its slow end.</summary>
    static bool Alone(Rule rule) => rule is Sgd or Momentum or AdaGrad or RmsProp or Adam or AdamW or Lion;

    /// <summary>What is recorded of an update.</summary>
    internal static TracePoint Seen(long updates, double rate, double loss, float[] before, float[] gradient, float[] weights) =>
        new(updates, rate, loss, Norm(before), Norm(gradient), Distance(weights, before));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Norm(float[] x)
    {
        var sum = Vector256<double>.Zero;
        for (int j = 0; j < x.Length; j += 8)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref x[j]));
            sum += lower * lower + upper * upper;
        }
        return Math.Sqrt(Vector256.Sum(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Distance(float[] x, float[] y)
    {
        var sum = Vector256<double>.Zero;
        for (int j = 0; j < x.Length; j += 8)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref x[j]) - Vector256.LoadUnsafe(ref y[j]));
            sum += lower * lower + upper * upper;
        }
        return Math.Sqrt(Vector256.Sum(sum));
    }
}
