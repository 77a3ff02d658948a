using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anneal.ML;

/// <summary>One output wᵀx + b, whose last weight is the intercept, with a loss of one number.</summary>
sealed class LinearRows(DenseRows rows, RowLossKind loss) : RowLoss(rows)
{
    readonly float[] wholeWeights = new float[rows.Stride], wholeGradient = new float[rows.Stride];

    public override Layout Layout(bool alone) => Anneal.Layout.Of(alone ? Rows.Stride : Rows.Width);

    /// <summary>A stretch of plain SGD, row by row, with the update in the same pass: the bits of <see cref="Sgd"/> at these rates, without an array for the gradient between.</summary>
    /// <param name="order">The rows.</param>
    /// <param name="rates">One for each of them.</param>
    /// <param name="weights">What is learnt.</param>
    /// <param name="step">Updates before the first of them.</param>
    /// <returns>The sum of the rows' losses.</returns>
    public double Plain(ReadOnlySpan<int> order, ReadOnlySpan<double> rates, float[] weights, long step) =>
        Rows.Stride == 16 ? Sixteen(order, rates, weights, step) : Any(order, rates, weights, step);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Any(ReadOnlySpan<int> order, ReadOnlySpan<double> rates, float[] weights, long step)
    {
        int stride = Rows.Stride;
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights);
        double sum = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int row = order[i];
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Rows.X), (nint)row * stride);
            double value = Judge(loss, Dot(ref x, ref w, stride), Rows.Y[row], out float slope);
            if (!double.IsFinite(value))
                throw OnlineRun.BlownUp($"the loss is {value} at step {step + i}", rates[i]);
            var (factor, η) = (Vector256.Create(slope), Vector256.Create((float)rates[i]));
            for (int j = 0; j < stride; j += 8)
                (Vector256.LoadUnsafe(ref w, (nuint)j) - η * (factor * Vector256.LoadUnsafe(ref x, (nuint)j))).StoreUnsafe(ref w, (nuint)j);
            sum += value;
        }
        return sum;
    }

    /// <summary>The same for 8 to 15 features, whose weights stay in two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Sixteen(ReadOnlySpan<int> order, ReadOnlySpan<double> rates, float[] weights, long step)
    {
        ref float all = ref MemoryMarshal.GetArrayDataReference(Rows.X);
        var (lower, upper) = (Vector256.Create(weights), Vector256.Create(weights, 8));
        double sum = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int row = order[i];
            ref float x = ref Unsafe.Add(ref all, (nint)row * 16);
            var (a, b) = (Vector256.LoadUnsafe(ref x), Vector256.LoadUnsafe(ref x, 8));
            double value = Judge(loss, Vector256.Sum(a * lower + b * upper), Rows.Y[row], out float slope);
            if (!double.IsFinite(value))
                throw OnlineRun.BlownUp($"the loss is {value} at step {step + i}", rates[i]);
            var (factor, η) = (Vector256.Create(slope), Vector256.Create((float)rates[i]));
            lower -= η * (factor * a);
            upper -= η * (factor * b);
            sum += value;
        }
        lower.CopyTo(weights);
        upper.CopyTo(weights, 8);
        return sum;
    }

    /// <summary>The loss of one row; its gradient in place of the old one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double One(int row, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        int stride = Rows.Stride;
        ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Rows.X), (nint)row * stride);
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        double value = Judge(loss, Dot(ref x, ref w, stride), Rows.Y[row], out float slope);
        var factor = Vector256.Create(slope);
        for (int j = 0; j < stride; j += 8)
            (factor * Vector256.LoadUnsafe(ref x, (nuint)j)).StoreUnsafe(ref g, (nuint)j);
        return value;
    }

    /// <summary>The sum of the rows' losses; the mean of their gradients in place of the old one.</summary>
    public override double Batch(ReadOnlySpan<int> batch, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        if (weights.Length == Rows.Stride)
            return batch.Length == 1 ? One(batch[0], weights, gradient) : Several(batch, weights, gradient);
        weights.CopyTo(wholeWeights);
        double sum = Batch(batch, wholeWeights, wholeGradient);
        wholeGradient.AsSpan(0, gradient.Length).CopyTo(gradient);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Several(ReadOnlySpan<int> batch, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        int stride = Rows.Stride;
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        gradient.Clear();
        double sum = 0;
        foreach (int row in batch)
        {
            ref float x = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Rows.X), (nint)row * stride);
            sum += Judge(loss, Dot(ref x, ref w, stride), Rows.Y[row], out float slope);
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
    static double Judge(RowLossKind loss, float z, float y, out float slope)
    {
        switch (loss)
        {
            case RowLossKind.Squared:
                slope = z - y;
                return 0.5 * slope * slope;
            case RowLossKind.Absolute:
                slope = z > y ? 1 : z < y ? -1 : z - y;
                return Math.Abs(z - y);
            default:
                double e = Math.Exp(-Math.Abs(z));
                slope = (float)(z > 0 ? 1 / (1 + e) : e / (1 + e)) - y;
                return Math.Max(y > 0 ? -z : z, 0) + Math.Log(1 + e);
        }
    }
}
