using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>AdamW whose rate falls, tensor by tensor, while gradients are larger than their mean square says: clipping that needs no threshold.</summary>
/// <remarks>
/// <code>
/// β̂ = β·(1 − βᵗ⁻¹)/(1 − βᵗ) for both     m ← β̂₁·m + (1 − β̂₁)·g     v ← β̂₂·v + (1 − β̂₂)·g²
/// r = √mean of g²/max(v, ε²)  over a tensor     η = rate / max(1, r)     w ← (1 − η·Decay)·w − η·m/(√v + ε)
/// </code>
/// The changing βs are Adam's bias correction.
/// Wortsman et al., <see href="https://arxiv.org/abs/2304.13013">Stable and low-precision training</see> (2023), alg. 2. Typical rate and decay as for AdamW, β₂ 0.99.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
public sealed record StableAdamW(double Beta1 = 0.9, double Beta2 = 0.99, double Epsilon = 1e-8, double Decay = 0.01) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v", Slot.ScratchSpace("ratio")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = Debiased(pass.Momentum(Beta1), pass.Step), beta2 = Debiased(Beta2, pass.Step), decay = pass.Decay(Decay);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> m = one[0], v = one[1], ratio = one[2];
            one.Over(new Follow<L>(beta1, beta2, Epsilon * Epsilon), ratio, one.Gradient, m, v);
            double size = Math.Sqrt(one.SumAbs(ratio) / ratio.Length), rate = one.Rate / (size > 1 ? size : 1);
            one.Run(new Move<L>(rate, decay, Epsilon), m, v);
        }
    }

    static double Debiased(double beta, long t) => beta * (1 - Math.Pow(beta, t - 1)) / (1 - Math.Pow(beta, t));

    readonly struct Follow<L>(double beta1, double beta2, double least) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(beta2), rest2 = L.Of(1 - beta2), least = L.Of(least), none = L.Of(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L ratio, L g, ref L m, ref L v)
        {
            m = β1 * m + rest1 * g;
            v = β2 * v + rest2 * g * g;
            L under = L.Max(v, least);
            return L.IfPositive(under, g * g / under, none);
        }
    }

    readonly struct Move<L>(double rate, double decay, double epsilon) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly L keep = L.Of(1 - rate * decay), η = L.Of(rate), ε = L.Of(epsilon), none = L.Of(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L g, ref L m, ref L v)
        {
            L under = L.Sqrt(v) + ε;
            return keep * w - η * L.IfPositive(under, m / under, none);
        }
    }
}
