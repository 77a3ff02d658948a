using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Runtime;

namespace Anneal.Experiments;

/// <summary>Passes over rows in memory in single precision: one update per batch, at the rate the schedule gives for it.</summary>
static class OnlineRun
{
    /// <summary>Updates between two looks at whether the run has been cancelled.</summary>
    const int Breath = 256;

    /// <summary>The weights after all passes; the last one is the intercept.</summary>
    public static float[] Fit(DenseRows rows, LossKind loss, Rule rule, Schedule schedule, int epochs, ScheduledOptions options, IHost host)
    {
        int width = rows.Width, size = options.BatchSize, perPass = (rows.Count + size - 1) / size;
        float[] weights = new float[width], gradient = new float[width], settled = new float[width], before = new float[width];
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        var draws = new Draws(options.Seed);
        var state = rule.Start(Layout.Of(width), Precision.Single);
        long step = 0, total = (long)perPass * epochs, next = 0;
        double meanLoss = 0;
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
            for (int at = 0; at < rows.Count; at += size)
            {
                if (step % Breath == 0)
                {
                    Internals.CheckAlive(host);
                    options.Cancellation.ThrowIfCancellationRequested();
                }
                int count = Math.Min(size, rows.Count - at);
                double batch = size == 1
                    ? One(rows, order[at], loss, weights, gradient)
                    : Batch(rows, order.AsSpan(at, count), loss, weights, gradient);
                long updates = state.Updates;
                rate = schedule.At(updates);
                bool recorded = options.Progress is not null && step == next;
                if (recorded)
                    weights.CopyTo(before, 0);
                rule.Step(state, weights, gradient, new Knobs(rate) { Threads = 1 });
                if (recorded)
                {
                    next += options.Every;
                    options.Progress!.Report(new(updates, rate, batch / count, Norm(before), Norm(gradient), Distance(weights, before)));
                }
                if (!double.IsFinite(batch))
                    throw new InvalidOperationException($"The loss of update {step} is {batch}: at rates up to here ({rate} last) the run has blown up. Centre and scale the features, or lower the rate.");
                sum += batch;
                step++;
            }
            meanLoss = sum / rows.Count;
            progress.Checkpoint(meanLoss, step);
            channel.Info(MessageSensitivity.None, $"Pass {pass + 1} of {epochs}: mean loss {meanLoss:g6} while learning, rate {rate:g4} at its last update");
        }
        rule.Settle(state, weights, settled);
        for (int j = 0; j < width; j++)
            if (!float.IsFinite(settled[j]))
                throw new InvalidOperationException($"Weight {j} is {settled[j]} after {step} updates: the run has blown up. Centre and scale the features, or lower the rate.");
        return settled;
    }

    /// <summary>The loss of one row; its gradient in place of the old one.</summary>
    static double One(DenseRows rows, int row, LossKind loss, float[] weights, float[] gradient)
    {
        int width = rows.Width;
        ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.X), (nint)row * width);
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights);
        ref float g = ref MemoryMarshal.GetArrayDataReference(gradient);
        double value = Judge(loss, Dot(ref x, ref w, width), rows.Y[row], out float slope);
        int j = 0;
        if (width >= 8)
        {
            var factor = Vector256.Create(slope);
            for (; j + 8 <= width; j += 8)
                (factor * Vector256.LoadUnsafe(ref x, (nuint)j)).StoreUnsafe(ref g, (nuint)j);
        }
        for (; j < width; j++)
            Unsafe.Add(ref g, j) = slope * Unsafe.Add(ref x, j);
        return value;
    }

    /// <summary>The sum of the rows' losses; the mean of their gradients in place of the old one.</summary>
    static double Batch(DenseRows rows, ReadOnlySpan<int> batch, LossKind loss, float[] weights, float[] gradient)
    {
        int width = rows.Width;
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights);
        ref float g = ref MemoryMarshal.GetArrayDataReference(gradient);
        Array.Clear(gradient);
        double sum = 0;
        foreach (int row in batch)
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.X), (nint)row * width);
            sum += Judge(loss, Dot(ref x, ref w, width), rows.Y[row], out float slope);
            slope /= batch.Length;
            var factor = Vector256.Create(slope);
            int j = 0;
            for (; j + 8 <= width; j += 8)
                (Vector256.LoadUnsafe(ref g, (nuint)j) + factor * Vector256.LoadUnsafe(ref x, (nuint)j)).StoreUnsafe(ref g, (nuint)j);
            for (; j < width; j++)
                Unsafe.Add(ref g, j) += slope * Unsafe.Add(ref x, j);
        }
        return sum;
    }

    static float Dot(ref float x, ref float w, int n)
    {
        float sum = 0;
        int j = 0;
        if (n >= 8)
        {
            var parts = Vector256<float>.Zero;
            for (; j + 8 <= n; j += 8)
                parts += Vector256.LoadUnsafe(ref x, (nuint)j) * Vector256.LoadUnsafe(ref w, (nuint)j);
            sum = Vector256.Sum(parts);
        }
        for (; j < n; j++)
            sum += Unsafe.Add(ref x, j) * Unsafe.Add(ref w, j);
        return sum;
    }

    static double Judge(LossKind loss, float z, float y, out float slope)
    {
        switch (loss)
        {
            case LossKind.Squared:
                slope = z - y;
                return 0.5 * slope * slope;
            case LossKind.Absolute:
                slope = z > y ? 1 : z < y ? -1 : z - y;
                return Math.Abs(z - y);
            default:
                double e = Math.Exp(-Math.Abs(z));
                slope = (float)(z > 0 ? 1 / (1 + e) : e / (1 + e)) - y;
                return Math.Max(y > 0 ? -z : z, 0) + Math.Log(1 + e);
        }
    }

    static double Norm(float[] x)
    {
        double sum = 0;
        foreach (float v in x)
            sum += (double)v * v;
        return Math.Sqrt(sum);
    }

    static double Distance(float[] x, float[] y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += ((double)x[j] - y[j]) * ((double)x[j] - y[j]);
        return Math.Sqrt(sum);
    }
}
