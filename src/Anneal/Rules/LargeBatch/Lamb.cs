using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam whose step is, tensor by tensor, made as long as a share of the weights' own norm.</summary>
/// <remarks>
/// <code>
/// m ← β₁·m + (1 − β₁)·g     v ← β₂·v + (1 − β₂)·g²     u = m̂ / (√(v̂ + EpsilonRoot) + ε) + Decay·w
/// w ← w − rate · min(‖w‖, MaxWeightNorm) / ‖u‖ · u          (the ratio is 1 where either norm is 0)
/// </code>
/// You et al., <see href="https://arxiv.org/abs/1904.00962">Large Batch Optimization for Deep Learning</see> (2020), alg. 2, whose φ is the identity here unless
/// <paramref name="MaxWeightNorm"/> says otherwise. Typical rate 1e-3 to 1e-2 for large batches.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay, inside the normalised step, 0 or above.</param>
/// <param name="BiasCorrection">Corrects m and v; version 3 of the paper does not.</param>
/// <param name="EpsilonRoot">Under the root, unit of a squared gradient, 0 or above.</param>
/// <param name="MaxWeightNorm">Above 0; infinity for no limit.</param>
/// <param name="GradientAveraging">Adds (1 − β₁)·g to m; false adds g.</param>
/// <param name="TrustClip">No ratio above 1.</param>
/// <param name="AlwaysAdapt">Also without decay; timm leaves the step as it is then.</param>
/// <param name="DecoupledDecay">Shrinks w by 1 − rate·Decay first, instead of adding to u.</param>
/// <param name="Cautious">Leaves out the weights whose step goes against their gradient, as <see cref="Anneal.Cautious"/>, before lengths are compared.</param>
public sealed record Lamb(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-6, double Decay = 0.01, bool BiasCorrection = true, double EpsilonRoot = 0,
    double MaxWeightNorm = double.PositiveInfinity, bool GradientAveraging = true, bool TrustClip = false, bool AlwaysAdapt = true, bool DecoupledDecay = false,
    bool Cautious = false) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay, inside the normalised step, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Under the root, unit of a squared gradient, 0 or above.</summary>
    public double EpsilonRoot { get; } = Require.NotNegative(EpsilonRoot);

    /// <summary>Above 0; infinity for no limit.</summary>
    public double MaxWeightNorm { get; } = MaxWeightNorm == double.PositiveInfinity ? MaxWeightNorm : Require.Positive(MaxWeightNorm);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v", Slot.ScratchSpace("u"), Slot.ScratchSpace("kept")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double decay = pass.Decay(Decay);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> u = one[2];
            one.Over(new Direction<L>(this, pass.Momentum(Beta1), pass.Step), u, one.Gradient, one[0], one[1]);
            if (Cautious)
                MaskDisagreeing(one, u, one[3]);
            if (decay != 0 && DecoupledDecay)
                one.Run(new Scale<L>(1 - pass.Rate * decay));
            else if (decay != 0)
                one.Over(new AddScaled<L>(decay), u, one.Weights);
            double ratio = 1;
            if (decay != 0 || AlwaysAdapt)
            {
                double weight = Math.Min(one.Norm(one.Weights), MaxWeightNorm), length = one.Norm(u);
                ratio = weight > 0 && length > 0 ? weight / length : 1;
            }
            one.Over(new AddScaled<L>(-pass.Rate * (TrustClip ? Math.Min(ratio, 1) : ratio)), one.Weights, u);
        }
    }

    /// <summary>Sets the numbers of u to 0 that do not agree with the gradient in sign, and enlarges the rest.</summary>
    internal static void MaskDisagreeing<L>(in Pass<L> one, View<L> u, View<L> kept) where L : struct, ILane<L>
    {
        one.Over(new Mask<L>(), u, one.Gradient, kept);
        double mean = one.SumAbs(kept) / kept.Length;
        one.Over(new Scale<L>(1 / Math.Max(mean, 1e-3)), u, one.Gradient);
    }

    readonly struct Mask<L> : IUpdate1<L> where L : struct, ILane<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L u, L g, ref L kept)
        {
            kept = L.IfPositive(u * g, L.Of(1), L.Of(0));
            return u * kept;
        }
    }

    readonly struct Direction<L>(Lamb rule, double beta1, long t) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly L β1 = L.Of(beta1), rest1 = L.Of(rule.GradientAveraging ? 1 - beta1 : 1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2);
        readonly L move = L.Of(rule.BiasCorrection ? 1 / (1 - Math.Pow(beta1, t)) : 1), root = L.Of(rule.BiasCorrection ? 1 / (1 - Math.Pow(rule.Beta2, t)) : 1);
        readonly L under = L.Of(rule.EpsilonRoot), ε = L.Of(rule.Epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L u, L g, ref L m, ref L v)
        {
            m = β1 * m + rest1 * g;
            v = β2 * v + rest2 * g * g;
            return move * m / (L.Sqrt(v * root + under) + ε);
        }
    }
}
