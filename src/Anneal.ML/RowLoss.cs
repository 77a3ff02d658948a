namespace Anneal.ML;

/// <summary>A loss of rows in memory as a function of single-precision weights.</summary>
abstract class RowLoss(DenseRows rows)
{
    public DenseRows Rows { get; } = rows;

    /// <summary>How a rule sees the weights.</summary>
    /// <param name="alone">The rule moves each weight by its own gradient alone, so that it may be shown weights that stay 0.</param>
    public abstract Layout Layout(bool alone);

    /// <summary>The sum of the losses of some rows; the mean of their gradients in place of the old one.</summary>
    public abstract double Batch(ReadOnlySpan<int> batch, ReadOnlySpan<float> weights, Span<float> gradient);
}
