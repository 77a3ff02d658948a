using System.Numerics;

namespace Anneal.Diagnostics;

/// <summary>Sharpness in the coordinates of an adaptive rule: the curvature that is left once each weight's step has been divided by the size of its gradients.</summary>
/// <remarks>
/// <code>
/// largest eigenvalue of P^(−½)·H·P^(−½), which are those of P⁻¹·H     P = diag(p)     Adam: pᵢ = (1 − β₁ᵗ)·(√(vᵢ / (1 − β₂ᵗ)) + ε)
/// </code>
/// Gradient descent is unstable above 2/rate (<see cref="Sharpness"/>); Adam on the whole data is where this is above <see cref="AdamLimit"/>, and training tends to hover there: Cohen et al.,
/// <see href="https://arxiv.org/abs/2207.14484">Adaptive Gradient Methods at the Edge of Stability</see> (2022), section 2. On small batches the noise keeps it below.
/// </remarks>
public static class PreconditionedSharpness
{
    /// <summary>Estimates the ends of the preconditioned spectrum.</summary>
    /// <param name="oracle">Loss and gradient, the same function at every call: a fixed batch.</param>
    /// <param name="weights">The point.</param>
    /// <param name="preconditioner">What each weight's step is divided by, above 0: p.</param>
    /// <param name="iterations">Products with the Hessian, two gradients each.</param>
    /// <param name="seed">Where the first direction is drawn from.</param>
    public static Sharpness At<T>(Oracle<T> oracle, ReadOnlySpan<T> weights, ReadOnlySpan<double> preconditioner, int iterations = 20, ulong seed = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(oracle);
        if (preconditioner.Length != weights.Length)
            throw new ArgumentException($"There must be {weights.Length} numbers, one for each weight; there are {preconditioner.Length}.", nameof(preconditioner));
        T[] at = [.. weights];
        var root = new double[at.Length];
        for (int i = 0; i < root.Length; i++)
            root[i] = 1 / Math.Sqrt(Require.Positive(preconditioner[i], nameof(preconditioner)));
        return Sharpness.Lanczos(v => Scaled(Sharpness.HessianTimes<T>(oracle, at, Scaled(v, root)), root), at.Length, iterations, seed);
    }

    /// <summary>What Adam and AdamW divide each weight's step by after the updates that a state has seen.</summary>
    /// <remarks>
    /// A weight whose gradients are nothing but rounding, such as a bias of keys, has a p of about ε, and the rounding of its curvature comes out 1/ε times as large: give an ε that is larger
    /// than such gradients.
    /// </remarks>
    /// <param name="state">The state of the rule, or of a wrapper around it, after an update or more.</param>
    /// <param name="beta1">The rule's decay of the mean, [0, 1).</param>
    /// <param name="beta2">The rule's decay of the mean square, [0, 1).</param>
    /// <param name="epsilon">Added to the root, unit of a gradient, above 0.</param>
    /// <exception cref="KeyNotFoundException">The rule remembers no mean square, v.</exception>
    public static double[] OfAdam(RuleState state, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(state);
        Require.BelowOne(beta1);
        Require.BelowOne(beta2);
        Require.Positive(epsilon);
        if (state.Updates == 0)
            throw new ArgumentException("The state has seen no gradient yet: make an update first.", nameof(state));
        double mean = 1 - Math.Pow(beta1, state.Updates), square = 1 - Math.Pow(beta2, state.Updates);
        return [.. state["v"].Select(v => mean * (Math.Sqrt(v / square) + epsilon))];
    }

    /// <summary>The preconditioned sharpness above which Adam, its v at rest, is unstable: 38/rate at β₁ = 0.9.</summary>
    /// <remarks><code>(2 + 2·β₁) / ((1 − β₁)·rate)</code></remarks>
    /// <param name="rate">Learning rate, above 0.</param>
    /// <param name="beta1">Decay of the mean, [0, 1).</param>
    public static double AdamLimit(double rate, double beta1 = 0.9) => (2 + 2 * Require.BelowOne(beta1)) / ((1 - beta1) * Require.Positive(rate));

    static double[] Scaled(double[] x, double[] by)
    {
        var product = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            product[i] = x[i] * by[i];
        return product;
    }
}
