namespace Anneal;

/// <summary>Gradient descent in coordinates stretched by a fixed matrix: the change of variables x = P^½·w of the lecture.</summary>
/// <remarks>
/// <code>w ← w − rate · P·g</code>
/// With P the inverse of the curvature of ½xᵀQx one step of rate 1 arrives. Lecture 003; Nocedal and Wright, Numerical Optimization, ch. 2.
/// Typical rate 1 with that P.
/// </remarks>
/// <param name="Matrix">P row by row, or its diagonal alone: finite numbers.</param>
public sealed record Preconditioned(IReadOnlyList<double> Matrix) : Rule
{
    /// <summary>P row by row, or its diagonal alone: finite numbers.</summary>
    public IReadOnlyList<double> Matrix { get; } = Items<double>.Of(Require.Some([.. Matrix.Select((x, i) => Require.Finite(x, $"Matrix[{i}]"))], nameof(Matrix)));

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout)
    {
        int n = layout.Count;
        if (Matrix.Count != n && Matrix.Count != (long)n * n)
            throw new ArgumentException($"{n} weights need a diagonal of {n} numbers or a matrix of {(long)n * n}, not {Matrix.Count}.", nameof(layout));
        return [];
    }

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        View<L> w = pass.Weights, g = pass.Gradient;
        int n = w.Length;
        if (Matrix.Count == n)
        {
            for (int i = 0; i < n; i++)
                w[i] -= pass.Rate * (Matrix[i] * g[i]);
            return;
        }
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int j = 0; j < n; j++)
                sum += Matrix[i * n + j] * g[j];
            w[i] -= pass.Rate * sum;
        }
    }
}
