using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Momentum on gradients divided by one running norm per tensor.</summary>
/// <remarks>
/// <code>
/// v ← β₂·v + (1 − β₂)·‖g‖²  (v = ‖g‖² on the first step)     m ← β₁·m + g / (√(v + EpsilonRoot) + ε) + Decay·w     w ← w − rate·m
/// </code>
/// Ginsburg et al., <see href="https://arxiv.org/abs/1905.11286">Stochastic Gradient Methods with Layer-wise Adaptive Moments</see> (2019), alg. 1.
/// Typical β₁ 0.95, β₂ 0.98.
/// </remarks>
/// <param name="Beta1">Decay of the momentum, [0, 1).</param>
/// <param name="Beta2">Decay of the squared norm, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient's norm, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="EpsilonRoot">Under the root, 0 or above.</param>
/// <param name="GradientAveraging">Multiplies what is added to m by 1 − β₁.</param>
/// <param name="Amsgrad">Keeps the largest v.</param>
/// <param name="StartsAgain">Takes ‖g‖² also later while v is still exactly 0 (timm), instead of on the first step alone (optax).</param>
public sealed record NovoGrad(
    double Beta1 = 0.95, double Beta2 = 0.98, double Epsilon = 1e-8, double Decay = 0, double EpsilonRoot = 0, bool GradientAveraging = false,
    bool Amsgrad = false, bool StartsAgain = true) : Rule
{
    /// <summary>Decay of the momentum, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the squared norm, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient's norm, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Under the root, 0 or above.</summary>
    public double EpsilonRoot { get; } = Require.NotNegative(EpsilonRoot);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", new("v", _ => 1), new("largest", _ => 1)];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = pass.Momentum(Beta1);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> v = one[1], largest = one[2];
            double square = one.Dot(one.Gradient, one.Gradient);
            bool fresh = StartsAgain ? v[0] == 0 : pass.Step == 1;
            v[0] = fresh ? square : Beta2 * v[0] + (1 - Beta2) * square;
            largest[0] = Amsgrad ? Math.Max(largest[0], v[0]) : v[0];
            one.Run(new NovoGradUpdate<L>(this, beta1, Math.Sqrt(largest[0] + EpsilonRoot) + Epsilon, pass.Decay(Decay), pass.Rate), one[0]);
        }
    }
}

readonly struct NovoGradUpdate<L>(NovoGrad rule, double beta1, double divisor, double decay, double rate) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), add = L.Of(rule.GradientAveraging ? 1 - beta1 : 1), divisor = L.Of(divisor), λ = L.Of(decay), η = L.Of(rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m)
    {
        m = β1 * m + add * (g / divisor + λ * w);
        return w - η * m;
    }
}
