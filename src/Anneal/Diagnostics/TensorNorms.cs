using System.Numerics;

namespace Anneal.Diagnostics;

/// <summary>One tensor at one step of a run: how large its weights, its gradient and its update are.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="WeightNorm">‖w‖ before the step.</param>
/// <param name="GradientNorm">‖g‖</param>
/// <param name="UpdateNorm">‖Δw‖, measured: w after the step less w before it.</param>
public sealed record TensorNorms(string Name, double WeightNorm, double GradientNorm, double UpdateNorm)
{
    /// <summary>‖Δw‖ / ‖w‖: about 1e-3 in a healthy run; NaN while all weights are 0.</summary>
    public double UpdateRatio => UpdateNorm / WeightNorm;

    /// <summary>The norms of every tensor at one step.</summary>
    /// <param name="layout">How the arrays are divided.</param>
    /// <param name="before">The weights before the step.</param>
    /// <param name="gradient">The gradient the step was made from.</param>
    /// <param name="after">The weights after it.</param>
    public static IReadOnlyList<TensorNorms> Of<T>(Layout layout, ReadOnlySpan<T> before, ReadOnlySpan<T> gradient, ReadOnlySpan<T> after) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(layout, before.Length, nameof(before));
        Check(layout, gradient.Length, nameof(gradient));
        Check(layout, after.Length, nameof(after));
        var norms = new TensorNorms[layout.Tensors.Count];
        for (int t = 0; t < norms.Length; t++)
        {
            var tensor = layout.Tensors[t];
            double w = 0, g = 0, u = 0;
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                double was = double.CreateTruncating(before[i]), slope = double.CreateTruncating(gradient[i]), moved = double.CreateTruncating(after[i]) - was;
                (w, g, u) = (w + was * was, g + slope * slope, u + moved * moved);
            }
            norms[t] = new(tensor.Name, Math.Sqrt(w), Math.Sqrt(g), Math.Sqrt(u));
        }
        return norms;
    }

    /// <summary>The largest difference of two arrays in each tensor: of a measured update, say, and the one that a rule's formula gives.</summary>
    public static IReadOnlyList<(string Name, double Difference)> LargestDifferences<T>(Layout layout, ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(layout, x.Length, nameof(x));
        Check(layout, y.Length, nameof(y));
        var differences = new (string, double)[layout.Tensors.Count];
        for (int t = 0; t < differences.Length; t++)
        {
            var tensor = layout.Tensors[t];
            double largest = 0;
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
                largest = Math.Max(largest, Math.Abs(double.CreateTruncating(x[i]) - double.CreateTruncating(y[i])));
            differences[t] = (tensor.Name, largest);
        }
        return differences;
    }

    static void Check(Layout layout, int length, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (length != layout.Count)
            throw new ArgumentException($"There must be {layout.Count} numbers, as many as the layout has; there are {length}.", name);
    }
}
