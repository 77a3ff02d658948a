using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Every weight moves by the same amount; only the sign of an interpolated momentum decides where.</summary>
/// <remarks>
/// <code>
/// w ← w − rate · ( sign(β₁·m + (1 − β₁)·g) + Decay·w )     m ← β₂·m + (1 − β₂)·g
/// printed in the lecture:  m ← β₁·m + (1 − β₁)·sign(g)     w ← w − rate · ( sign(m) + Decay·w )
/// </code>
/// Chen et al., <see href="https://arxiv.org/abs/2302.06675">Symbolic Discovery of Optimization Algorithms</see> (2023), alg. 2. Typical rate 1e-4 to 3e-4, decay three to ten times that of AdamW.
/// </remarks>
/// <param name="Beta1">Share of the momentum in the direction, [0, 1).</param>
/// <param name="Beta2">Decay of the momentum, [0, 1).</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="AsPrinted">The lecture's form, which is not Lion.</param>
public sealed record Lion(double Beta1 = 0.9, double Beta2 = 0.99, double Decay = 0, bool AsPrinted = false) : Rule
{
    /// <summary>Share of the momentum in the direction, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the momentum, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (AsPrinted)
            pass.Run(new PrintedLionUpdate<L>(pass.Momentum(Beta1), pass.Decay(Decay), pass.Rate), pass[0]);
        else
            pass.Run(new LionUpdate<L>(pass.Momentum(Beta1), Beta2, pass.Decay(Decay), pass.Rate), pass[0]);
    }
}

readonly struct LionUpdate<L>(double beta1, double beta2, double decay, double rate) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(beta2), rest2 = L.Of(1 - beta2), keep = L.Of(1 - rate * decay), η = L.Of(rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m)
    {
        L step = L.Signed(η, β1 * m + rest1 * g);
        m = β2 * m + rest2 * g;
        return keep * w - step;
    }
}

readonly struct PrintedLionUpdate<L>(double beta1, double decay, double rate) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), keep = L.Of(1 - rate * decay), η = L.Of(rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m)
    {
        m = β1 * m + L.Signed(rest1, g);
        return keep * w - L.Signed(η, m);
    }
}
