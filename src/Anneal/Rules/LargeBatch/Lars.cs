using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Momentum whose gradient is, tensor by tensor, made as long as a share of the weights' own norm.</summary>
/// <remarks>
/// <code>
/// d = (g + Decay·w) · TrustCoefficient·‖w‖ / (‖g‖ + Decay·‖w‖ + ε)     v ← Momentum·v + (1 − Dampening)·d     w ← w − rate·v
/// </code>
/// The ratio is 1 where either norm is 0. You, Gitman and Ginsburg, <see href="https://arxiv.org/abs/1708.03888">Large Batch Training of Convolutional Networks</see> (2017).
/// Typical TrustCoefficient 1e-3, momentum 0.9, decay 5e-4, and a rate that grows with the batch.
/// </remarks>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="TrustCoefficient">Share of the weights' norm, above 0.</param>
/// <param name="Decay">Weight decay, 0 or above.</param>
/// <param name="Dampening">[0, 1]; the first step is not dampened.</param>
/// <param name="Nesterov">Steps along d + Momentum·v.</param>
/// <param name="Epsilon">0 or above.</param>
/// <param name="TrustClip">Divides the ratio by the rate and allows no more than 1 (LARC).</param>
/// <param name="AlwaysAdapt">Also without decay.</param>
public sealed record Lars(
    double Beta = 0.9, double TrustCoefficient = 0.001, double Decay = 0, double Dampening = 0, bool Nesterov = false, double Epsilon = 1e-8,
    bool TrustClip = false, bool AlwaysAdapt = true) : Rule
{
    /// <summary>Momentum, [0, 1).</summary>
    public double Beta { get; } = Require.BelowOne(Beta);

    /// <summary>Share of the weights' norm, above 0.</summary>
    public double TrustCoefficient { get; } = Require.Positive(TrustCoefficient);

    /// <summary>Weight decay, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>[0, 1]; the first step is not dampened.</summary>
    public double Dampening { get; } = Require.Fraction(Dampening);

    /// <summary>0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["v"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta = pass.Momentum(Beta), decay = pass.Decay(Decay), rate = pass.Rate;
        bool first = pass.Step == 1;
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            double ratio = 1;
            if (decay != 0 || AlwaysAdapt)
            {
                double weight = one.Norm(one.Weights), length = one.Norm(one.Gradient);
                ratio = weight > 0 && length > 0 ? TrustCoefficient * weight / (length + weight * decay + Epsilon) : 1;
                if (TrustClip)
                    ratio = Math.Min(ratio / rate, 1);
            }
            one.Run(new LarsUpdate<L>(ratio, decay, first ? 0 : beta, first || beta == 0 ? 1 : 1 - Dampening, Nesterov ? rate : 0, Nesterov ? rate * beta : rate), one[0]);
        }
    }
}

readonly struct LarsUpdate<L>(double ratio, double decay, double keep, double add, double straight, double onward) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L ratio = L.Of(ratio), λ = L.Of(decay), keep = L.Of(keep), add = L.Of(add), straight = L.Of(straight), onward = L.Of(onward);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L v)
    {
        L d = ratio * (g + λ * w);
        v = keep * v + add * d;
        return w - straight * d - onward * v;
    }
}
