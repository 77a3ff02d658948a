using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam with weight decay taken out of the gradient: each weight moves by its mean gradient over its root mean square.</summary>
/// <remarks>
/// <code>
/// m ← β₁·m + (1 − β₁)·g     v ← β₂·v + (1 − β₂)·g²     m̂ = m / (1 − β₁ᵗ)     v̂ = v / (1 − β₂ᵗ)     t = 1, 2, …
/// w ← w − rate · ( m̂ / (√v̂ + ε) + Decay · w )
/// </code>
/// Decay is multiplied by the rate, as in PyTorch and optax; the paper multiplies it by the schedule alone.
/// Loshchilov and Hutter, <see href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay</see> (2019), alg. 2.
/// Typical rate 3e-4 (1e-4 to 1e-3), decay 0.01 to 0.1, β₂ 0.95 for large batches.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Added to the root; unit of a gradient; 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
public sealed record AdamW(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0.01) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Added to the root; unit of a gradient; 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) => pass.Run(
        new AdamWUpdate<L>(this, pass.Momentum(Beta1), pass.Decay(Decay), pass.Rate, pass.Step), pass[0], pass[1]);
}

readonly struct AdamWUpdate<L>(AdamW rule, double beta1, double decay, double rate, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2);
    readonly L keep = L.Of(1 - rate * decay), ε = L.Of(rule.Epsilon);
    readonly L move = L.Of(rate / (1 - Math.Pow(beta1, t))), root = L.Of(1 / Math.Sqrt(1 - Math.Pow(rule.Beta2, t)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        m = β1 * m + rest1 * g;
        v = β2 * v + rest2 * g * g;
        return keep * w - move * m / (L.Sqrt(v) * root + ε);
    }
}
