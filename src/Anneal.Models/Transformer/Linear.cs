namespace Anneal.Models;

/// <summary>y = W·x + b for rows of x: where W and b stand among the weights, and W packed for both directions.</summary>
/// <param name="inputs">Numbers in a row of x.</param>
/// <param name="outputs">Numbers in a row of y, rows of W.</param>
/// <param name="weightAt">Where W begins among the weights.</param>
/// <param name="biasAt">Where b begins; −1 without one.</param>
sealed unsafe class Linear<T>(int inputs, int outputs, int weightAt, int biasAt) where T : unmanaged
{
    readonly AlignedArray<T> forward = new(PackedProduct.PackedLength<T>(inputs, outputs));
    AlignedArray<T>? backward;

    public int Inputs => inputs;

    public int Outputs => outputs;

    public int WeightAt => weightAt;

    public int BiasAt => biasAt;

    /// <summary>The bias, or null.</summary>
    public T* Bias(T* weights) => biasAt < 0 ? null : weights + biasAt;

    /// <summary>Packs the weights for what follows; the gradient's direction only where it is wanted.</summary>
    public void Pack(T* weights, bool withGradient)
    {
        PackedProduct.Pack(weights + weightAt, 1, inputs, inputs, outputs, forward.At);
        if (withGradient)
            PackedProduct.Pack(weights + weightAt, inputs, 1, outputs, inputs, (backward ??= new(PackedProduct.PackedLength<T>(outputs, inputs))).At);
    }

    /// <summary>y ← W·x + b, row by row.</summary>
    public void Forward(T* x, T* bias, T* y, int rows)
    {
        if (bias is not null)
            for (int r = 0; r < rows; r++)
                Lanes.Copy(bias, y + (nint)r * outputs, outputs);
        PackedProduct.Run(x, inputs, 1, forward.At, y, outputs, rows, inputs, outputs, add: bias is not null);
    }

    /// <summary>y ← y + W·x, row by row.</summary>
    public void AddForward(T* x, T* y, int rows) =>
        PackedProduct.Run(x, inputs, 1, forward.At, y, outputs, rows, inputs, outputs, add: true);

    /// <summary>dx ← Wᵀ·dy, row by row.</summary>
    public void Backward(T* dy, T* dx, int rows) =>
        PackedProduct.Run(dy, outputs, 1, backward!.At, dx, inputs, rows, outputs, inputs, add: false);
}
