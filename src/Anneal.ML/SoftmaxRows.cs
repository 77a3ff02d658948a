using System.Numerics.Tensors;

namespace Anneal.ML;

/// <summary>One output for each class, whose last weight is the intercept, with softmax's loss <c>log Σ exp(z_c) − z_label</c>.</summary>
sealed class SoftmaxRows(DenseRows rows) : RowLoss(rows)
{
    readonly double[] shares = new double[rows.Classes];

    public override Layout Layout(bool alone) => Anneal.Layout.Of(Rows.Classes, Rows.Width);

    public override double Batch(ReadOnlySpan<int> batch, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        gradient.Clear();
        double sum = 0;
        foreach (int row in batch)
        {
            var x = Rows.X.AsSpan(row * Rows.Stride, Rows.Width);
            int label = (int)Rows.Y[row];
            for (int c = 0; c < shares.Length; c++)
                shares[c] = TensorPrimitives.Dot(x, weights.Slice(c * Rows.Width, Rows.Width));
            double largest = TensorPrimitives.Max<double>(shares), own = shares[label], total = 0;
            for (int c = 0; c < shares.Length; c++)
                total += shares[c] = Math.Exp(shares[c] - largest);
            sum += largest + Math.Log(total) - own;
            for (int c = 0; c < shares.Length; c++)
            {
                var g = gradient.Slice(c * Rows.Width, Rows.Width);
                TensorPrimitives.MultiplyAdd(x, (float)((shares[c] / total - (c == label ? 1 : 0)) / batch.Length), g, g);
            }
        }
        return sum;
    }
}
