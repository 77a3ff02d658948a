using MathNet.Numerics.LinearAlgebra;

namespace Anneal;

/// <summary>Preconditions with the inverse of the curvature at hand: on a quadratic, one step of rate 1 arrives.</summary>
/// <remarks>
/// <code>w ← w − rate · (H + Damping·I)⁻¹·g     H by central differences of the gradient, 2n evaluations, at a distance of ∛ε·max(1, |wᵢ|)</code>
/// It needs an <see cref="Oracle"/>, and goes to saddles and maxima as readily as to minima: H is not made positive.
/// Nocedal and Wright, Numerical Optimization, ch. 3. For few weights.
/// Typical rate 1.
/// </remarks>
/// <param name="Damping">Added to the diagonal, 0 or above (Levenberg and Marquardt).</param>
public sealed record NewtonStep(double Damping = 0) : Rule
{
    /// <summary>Added to the diagonal, 0 or above (Levenberg and Marquardt).</summary>
    public double Damping { get; } = Require.NotNegative(Damping);

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        var oracle = pass.Oracle ?? throw new InvalidOperationException("Newton's step needs gradients at points around the weights: step it with an Oracle.");
        double[] w = pass.Weights.ToArray(), ahead = new double[w.Length], behind = new double[w.Length];
        var curvature = Matrix<double>.Build.Dense(w.Length, w.Length);
        for (int j = 0; j < w.Length; j++)
        {
            double x = w[j], distance = Math.Cbrt(double.BitIncrement(1) - 1) * Math.Max(1, Math.Abs(x));
            w[j] = x + distance;
            oracle(w, ahead);
            w[j] = x - distance;
            oracle(w, behind);
            w[j] = x;
            for (int i = 0; i < w.Length; i++)
                curvature[i, j] = (ahead[i] - behind[i]) / (2 * distance);
        }
        var symmetric = (curvature + curvature.Transpose()) / 2 + Matrix<double>.Build.DenseIdentity(w.Length) * Damping;
        var step = symmetric.Solve(Vector<double>.Build.DenseOfArray(pass.Gradient.ToArray()));
        if (!step.All(double.IsFinite))
            throw new InvalidOperationException("The curvature here cannot be inverted; a Damping above 0 makes it so. The weights are as they were.");
        for (int i = 0; i < w.Length; i++)
            w[i] -= pass.Rate * step[i];
        pass.Weights.CopyFrom(w);
    }
}
