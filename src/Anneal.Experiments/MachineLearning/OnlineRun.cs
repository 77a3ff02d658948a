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
        int size = options.BatchSize, perPass = (rows.Count + size - 1) / size, count = Alone(rule) ? rows.Stride : rows.Width;
        float[] weights = new float[rows.Stride], gradient = new float[rows.Stride], before = new float[rows.Stride], settled = new float[count];
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        var draws = new Draws(options.Seed);
        var state = rule.Start(Layout.Of(count), Precision.Single);
        long step = 0, total = (long)perPass * epochs, next = 0;
        double meanLoss = 0;
        bool plain = rule is Sgd { Decay: 0 } && size == 1 && options.Progress is null;
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
            for (int at = 0; plain && at < rows.Count; at += Breath)
            {
                Pause();
                int taken = Math.Min(Breath, rows.Count - at);
                sum += Plain(rows, order.AsSpan(at, taken), loss, weights, schedule, step, out rate);
                step += taken;
            }
            for (int at = 0; !plain && at < rows.Count; at += size)
            {
                if (step % Breath == 0)
                    Pause();
                int taken = Math.Min(size, rows.Count - at);
                double batch = size == 1
                    ? One(rows, order[at], loss, weights, gradient)
                    : Batch(rows, order.AsSpan(at, taken), loss, weights, gradient);
                long updates = state.Updates;
                rate = schedule.At(updates);
                bool recorded = options.Progress is not null && step == next;
                if (recorded)
                    weights.CopyTo(before, 0);
                rule.Step(state, weights.AsSpan(0, count), gradient.AsSpan(0, count), new Knobs(rate) { Threads = 1 });
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
            meanLoss = sum / rows.Count;
            progress.Checkpoint(meanLoss, step);
            channel.Info(MessageSensitivity.None, $"Pass {pass + 1} of {epochs}: mean loss {meanLoss:g6} while learning, rate {rate:g4} at its last update");
        }
        rule.Settle(state, weights.AsSpan(0, count), settled);
        for (int j = 0; j < rows.Width; j++)
            if (!float.IsFinite(settled[j]))
                throw new InvalidOperationException($"Weight {j} is {settled[j]} after {step} updates: the run has blown up. Centre and scale the features, or lower the rate.");
        return settled[..rows.Width];

        void Pause()
        {
            Internals.CheckAlive(host);
            options.Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A stretch of plain SGD, row by row, with the update in the same pass: the bits of <see cref="Sgd"/> at a third of the time.</summary>
    /// <returns>The sum of the rows' losses.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Plain(DenseRows rows, ReadOnlySpan<int> order, LossKind loss, float[] weights, Schedule schedule, long step, out double rate)
    {
        int stride = rows.Stride;
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights);
        double sum = 0;
        rate = 0;
        foreach (int row in order)
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.X), (nint)row * stride);
            double value = Judge(loss, Dot(ref x, ref w, stride), rows.Y[row], out float slope);
            rate = schedule.At(step);
            if (!double.IsFinite(value))
                throw BlownUp(step, value, rate);
            var (factor, η) = (Vector256.Create(slope), Vector256.Create((float)rate));
            for (int j = 0; j < stride; j += 8)
                (Vector256.LoadUnsafe(ref w, (nuint)j) - η * (factor * Vector256.LoadUnsafe(ref x, (nuint)j))).StoreUnsafe(ref w, (nuint)j);
            sum += value;
            step++;
        }
        return sum;
    }

    static InvalidOperationException BlownUp(long step, double loss, double rate) =>
        new($"The loss of update {step} is {loss}: at rates up to here ({rate} last) the run has blown up. Centre and scale the features, or lower the rate.");

    /// <summary>Whether the rule moves each weight by its own gradient alone: then weights that fill up the last vector and stay 0 change nothing, and save the shared loop its slow end.</summary>
    static bool Alone(Rule rule) => rule is Sgd or Momentum or AdaGrad or RmsProp or Adam or AdamW or Lion;

    /// <summary>What is recorded of an update.</summary>
    internal static TracePoint Seen(long updates, double rate, double loss, float[] before, float[] gradient, float[] weights) =>
        new(updates, rate, loss, Norm(before), Norm(gradient), Distance(weights, before));

    /// <summary>The loss of one row; its gradient in place of the old one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double One(DenseRows rows, int row, LossKind loss, float[] weights, float[] gradient)
    {
        int stride = rows.Stride;
        ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.X), (nint)row * stride);
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights);
        ref float g = ref MemoryMarshal.GetArrayDataReference(gradient);
        double value = Judge(loss, Dot(ref x, ref w, stride), rows.Y[row], out float slope);
        var factor = Vector256.Create(slope);
        for (int j = 0; j < stride; j += 8)
            (factor * Vector256.LoadUnsafe(ref x, (nuint)j)).StoreUnsafe(ref g, (nuint)j);
        return value;
    }

    /// <summary>The sum of the rows' losses; the mean of their gradients in place of the old one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Batch(DenseRows rows, ReadOnlySpan<int> batch, LossKind loss, float[] weights, float[] gradient)
    {
        int stride = rows.Stride;
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights);
        ref float g = ref MemoryMarshal.GetArrayDataReference(gradient);
        Array.Clear(gradient);
        double sum = 0;
        foreach (int row in batch)
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.X), (nint)row * stride);
            sum += Judge(loss, Dot(ref x, ref w, stride), rows.Y[row], out float slope);
            var factor = Vector256.Create(slope / batch.Length);
            for (int j = 0; j < stride; j += 8)
                (Vector256.LoadUnsafe(ref g, (nuint)j) + factor * Vector256.LoadUnsafe(ref x, (nuint)j)).StoreUnsafe(ref g, (nuint)j);
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float Dot(ref float x, ref float w, int n)
    {
        var parts = Vector256<float>.Zero;
        for (int j = 0; j < n; j += 8)
            parts += Vector256.LoadUnsafe(ref x, (nuint)j) * Vector256.LoadUnsafe(ref w, (nuint)j);
        return Vector256.Sum(parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
