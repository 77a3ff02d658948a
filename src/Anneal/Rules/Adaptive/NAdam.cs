using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam with Nesterov's look-ahead and a momentum that grows towards β₁.</summary>
/// <remarks>
/// <code>
/// μₜ = β₁·(1 − ½·0.96^(t·MomentumDecay))     M ← M·μₜ     m ← β₁·m + (1 − β₁)·g     v ← β₂·v + (1 − β₂)·g²
/// w ← w − rate · ( (1 − μₜ)·g / (1 − M) + μₜ₊₁·m / (1 − M·μₜ₊₁) ) / (√v̂ + ε)
/// </code>
/// Dozat, <see href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Incorporating Nesterov Momentum into Adam</see> (2016), with PyTorch's exponent; Keras has MomentumDecay = 1.
/// Typical rate 0.002.
/// </remarks>
/// <param name="Beta1">Limit of the momentum, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="MomentumDecay">How fast the momentum grows, 0 or above.</param>
public sealed record NAdam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double MomentumDecay = 0.004) : Rule
{
    /// <summary>Limit of the momentum, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>How fast the momentum grows, 0 or above.</summary>
    public double MomentumDecay { get; } = Require.NotNegative(MomentumDecay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v"];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["product"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = pass.Momentum(Beta1);
        double μ = beta1 * (1 - 0.5 * Math.Pow(0.96, pass.Step * MomentumDecay));
        double next = beta1 * (1 - 0.5 * Math.Pow(0.96, (pass.Step + 1) * MomentumDecay));
        double product = (pass.Step == 1 ? 1 : pass.Number(0)) * μ;
        pass.Number(0) = product;
        pass.Run(new NAdamUpdate<L>(this, beta1, pass.Rate * (1 - μ) / (1 - product), pass.Rate * next / (1 - product * next), pass.Step), pass[0], pass[1]);
    }
}

readonly struct NAdamUpdate<L>(NAdam rule, double beta1, double straight, double onward, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), ε = L.Of(rule.Epsilon);
    readonly L straight = L.Of(straight), onward = L.Of(onward), correct = L.Of(1 - Math.Pow(rule.Beta2, t));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        m = β1 * m + rest1 * g;
        v = β2 * v + rest2 * g * g;
        return w - (straight * g + onward * m) / (L.Sqrt(v / correct) + ε);
    }
}
