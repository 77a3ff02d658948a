using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam with the division before the average: each gradient is scaled by its own time's mean square.</summary>
/// <remarks>
/// <code>
/// v ← β₂·v + (1 − β₂)·g²     m ← β₁·m + (1 − β₁)·rate·g / (√v̂ + ε)     w ← w − m / c₁
/// c₁ ← β₁·c₁ + (1 − β₁)·rate, over the rate of this step: 1 − β₁ᵗ at a constant rate
/// </code>
/// Ziyin et al., <see href="https://arxiv.org/abs/2002.04839">LaProp</see> (2020). Typical rate 4e-4.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
public sealed record LaProp(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-15) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v"];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["c1"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = pass.Momentum(Beta1);
        pass.Number(0) = beta1 * pass.Number(0) + (1 - beta1) * pass.Rate;
        double correct1 = pass.Rate == 0 ? 1 : pass.Number(0) / pass.Rate;
        pass.Run(new LaPropUpdate<L>(this, beta1, pass.Rate, correct1, pass.Step), pass[0], pass[1]);
    }
}

readonly struct LaPropUpdate<L>(LaProp rule, double beta1, double rate, double correct1, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), move = L.Of(rate * (1 - beta1)), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), ε = L.Of(rule.Epsilon);
    readonly L onward = L.Of(1 / correct1), correct2 = L.Of(1 - Math.Pow(rule.Beta2, t));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        v = L.MultiplyAdd(rest2 * g, g, β2 * v);
        m = L.MultiplyAdd(move, g / (L.Sqrt(v / correct2) + ε), β1 * m);
        return L.MultiplyAdd(-onward, m, w);
    }
}
