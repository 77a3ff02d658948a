using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Each weight moves by its mean gradient over its root mean square, both freed from their start at 0.</summary>
/// <remarks>
/// <code>
/// m ← β₁·m + (1 − β₁)·g     v ← β₂·v + (1 − β₂)·g²     m̂ = m / (1 − β₁ᵗ)     v̂ = v / (1 − β₂ᵗ)     t = 1, 2, …
/// w ← w − rate · m̂ / (√(v̂ + EpsilonRoot) + ε)
/// </code>
/// Without <paramref name="BiasCorrection"/> it is the short form on many slides. Keras adds ε to √v before the correction ("ε̂" of the paper):
/// <paramref name="EpsilonHat"/>. Kingma and Ba, <see href="https://arxiv.org/abs/1412.6980">Adam</see> (2015), alg. 1. Typical rate 1e-4 to 1e-3.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">L2 penalty, added to the gradient, 0 or above. For decay beside the rule see <see cref="AdamW"/>.</param>
/// <param name="Amsgrad">Whether v may fall again; Reddi et al., <see href="https://arxiv.org/abs/1904.09237">On the Convergence of Adam</see> (2018).</param>
/// <param name="Nesterov">Whether m̂ looks one step ahead, without NAdam's schedule.</param>
/// <param name="EpsilonRoot">Under the root, unit of a squared gradient, 0 or above.</param>
/// <param name="EpsilonHat">Adds ε to √v, and EpsilonRoot to v, before v is corrected.</param>
/// <param name="BiasCorrection">Corrects m and v for their start at 0.</param>
public sealed record Adam(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0, Amsgrad Amsgrad = Amsgrad.Off, NesterovForm Nesterov = NesterovForm.Off,
    double EpsilonRoot = 0, bool EpsilonHat = false, BiasCorrection BiasCorrection = BiasCorrection.Both) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>L2 penalty, added to the gradient, 0 or above. For decay beside the rule see <see cref="AdamW"/>.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Whether v may fall again; Reddi et al., <see href="https://arxiv.org/abs/1904.09237">On the Convergence of Adam</see> (2018).</summary>
    public Amsgrad Amsgrad { get; } = Require.Known(Amsgrad);

    /// <summary>Whether m̂ looks one step ahead, without NAdam's schedule.</summary>
    public NesterovForm Nesterov { get; } = Require.Known(Nesterov);

    /// <summary>Under the root, unit of a squared gradient, 0 or above.</summary>
    public double EpsilonRoot { get; } = Require.NotNegative(EpsilonRoot);

    /// <summary>Corrects m and v for their start at 0.</summary>
    public BiasCorrection BiasCorrection { get; } = Require.Known(BiasCorrection);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => Amsgrad == Amsgrad.Off ? ["m", "v"] : ["m", "v", "largest"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        var update = new AdamUpdate<L>(this, pass.Momentum(Beta1), pass.Decay(Decay), pass.Rate, pass.Step);
        if (Amsgrad == Amsgrad.Off)
            pass.Run(update, pass[0], pass[1]);
        else
            pass.Run(update, pass[0], pass[1], pass[2]);
    }
}

readonly struct AdamUpdate<L> : IUpdate2<L>, IUpdate3<L> where L : struct, ILane<L>
{
    readonly L λ, β1, rest1, β2, rest2, onward, straight, root, under, ε, early;

    public AdamUpdate(Adam rule, double beta1, double decay, double rate, long t)
    {
        double correct1 = rule.BiasCorrection is BiasCorrection.Both or BiasCorrection.Mean ? 1 - Math.Pow(beta1, t) : 1;
        double correct2 = rule.BiasCorrection is BiasCorrection.Both or BiasCorrection.Square ? 1 - Math.Pow(rule.Beta2, t) : 1;
        (λ, β1, rest1, β2, rest2) = (L.Of(decay), L.Of(beta1), L.Of(1 - beta1), L.Of(rule.Beta2), L.Of(1 - rule.Beta2));
        (onward, straight) = rule.Nesterov switch
        {
            NesterovForm.Plain => (L.Of(rate * beta1 / correct1), L.Of(rate * (1 - beta1) / correct1)),
            NesterovForm.BiasCorrected => (L.Of(rate * beta1 / (1 - Math.Pow(beta1, t + 1))), L.Of(rate * (1 - beta1) / correct1)),
            _ => (L.Of(rate / correct1), L.Of(0)),
        };
        // A corrected largest v is corrected before it is compared, so that nothing is left to do at the root.
        early = L.Of(rule.Amsgrad == Amsgrad.BiasCorrected ? 1 / correct2 : 1);
        root = L.Of(rule.Amsgrad == Amsgrad.BiasCorrected ? 1 : 1 / correct2);
        under = L.Of(rule.EpsilonHat ? rule.EpsilonRoot / correct2 : rule.EpsilonRoot);
        ε = L.Of(rule.EpsilonHat ? rule.Epsilon / Math.Sqrt(correct2) : rule.Epsilon);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        g += λ * w;
        m = β1 * m + rest1 * g;
        v = β2 * v + rest2 * g * g;
        return w - (onward * m + straight * g) / (L.Sqrt(v * root + under) + ε);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v, ref L largest)
    {
        g += λ * w;
        m = β1 * m + rest1 * g;
        v = β2 * v + rest2 * g * g;
        largest = L.Max(largest, v * early);
        return w - (onward * m + straight * g) / (L.Sqrt(largest * root + under) + ε);
    }
}
