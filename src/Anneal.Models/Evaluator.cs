namespace Anneal.Models;

/// <summary>Adds up the losses of a batch and writes the gradient of their mean.</summary>
/// <remarks>Working room is kept from call to call, so a call allocates nothing, and serves one thread at a time.</remarks>
abstract unsafe class Evaluator
{
    /// <summary>The sum of the batch's losses.</summary>
    /// <param name="w">The weights, laid out as <see cref="Layers"/> says.</param>
    /// <param name="batch">Numbers of samples.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="g">The gradient of the mean is written here; null where it is not wanted.</param>
    /// <param name="s">The last layer's sums are written here, sample by sample; null where they are not wanted.</param>
    /// <param name="x">The samples' features, row by row.</param>
    /// <param name="y">Their labels.</param>
    public abstract double Sum(double* w, int* batch, int count, double* g, double* s, double* x, double* y);
}
