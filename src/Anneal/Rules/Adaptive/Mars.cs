using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam or Lion on a gradient corrected by how it changed since the last step, to take out variance.</summary>
/// <remarks>
/// <code>
/// c = g + Gamma·β₁/(1 − β₁)·(g − g₋), shortened to norm 1 per tensor (c = g on the first step)
/// m ← β₁·m + (1 − β₁)·c     v ← β₂·v + (1 − β₂)·c²
/// w ← w − rate · ( m̂ / (√v̂ + ε) + Decay·w )          as Lion:  w ← w − rate · ( sign(m) + Decay·w )
/// </code>
/// With <paramref name="Vectors"/> false, anything but a matrix runs plain AdamW with its own βs and rate.
/// Yuan et al., <see href="https://arxiv.org/abs/2411.10438">MARS</see> (2024), the approximate form, which needs one gradient per step.
/// Typical Gamma 0.025, β₁ 0.95, β₂ 0.99, and a few times the rate of AdamW.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="Gamma">Share of the correction, 0 or above.</param>
/// <param name="AsLion">Steps along the sign of m.</param>
/// <param name="Vectors">Whether vectors are treated like matrices.</param>
/// <param name="VectorRate">Factor on the rate of vectors where they are not, 0 or above.</param>
/// <param name="VectorBeta1">β₁ of vectors where they are not, [0, 1).</param>
/// <param name="VectorBeta2">β₂ of vectors where they are not, [0, 1).</param>
/// <param name="Cautious">Leaves out weights whose mean goes against their gradient, as <see cref="Anneal.Cautious"/>.</param>
public sealed record Mars(
    double Beta1 = 0.95, double Beta2 = 0.99, double Epsilon = 1e-8, double Decay = 0, double Gamma = 0.025, bool AsLion = false, bool Vectors = true,
    double VectorRate = 1, double VectorBeta1 = 0.9, double VectorBeta2 = 0.95, bool Cautious = false) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Share of the correction, 0 or above.</summary>
    public double Gamma { get; } = Require.NotNegative(Gamma);

    /// <summary>Factor on the rate of vectors where they are not, 0 or above.</summary>
    public double VectorRate { get; } = Require.NotNegative(VectorRate);

    /// <summary>β₁ of vectors where they are not, [0, 1).</summary>
    public double VectorBeta1 { get; } = Require.BelowOne(VectorBeta1);

    /// <summary>β₂ of vectors where they are not, [0, 1).</summary>
    public double VectorBeta2 { get; } = Require.BelowOne(VectorBeta2);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v", "previous", Slot.ScratchSpace("c"), Slot.ScratchSpace("kept")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            bool full = Vectors || one.Shape.IsMatrix;
            var (beta1, beta2) = full ? (pass.Momentum(Beta1), Beta2) : (VectorBeta1, VectorBeta2);
            View<L> m = one[0], v = one[1], previous = one[2], c = one[3], kept = one[4];
            one.Gradient.CopyTo(c);
            if (full && pass.Step > 1)
            {
                one.Over(new Correct<L>(Gamma * (beta1 / (1 - beta1))), c, previous);
                double norm = one.Norm(c);
                if (norm > 1)
                    one.Over(new Scale<L>(1 / norm), c, c);
            }
            one.Over(new Mix<L>(1 - beta1), m, c);
            one.Over(new MixSquare<L>(1 - beta2), v, c);
            m.CopyTo(c);
            if (Cautious)
                Lamb.MaskDisagreeing(one, c, kept);
            double rate = full ? pass.Rate : pass.Rate * VectorRate;
            if (full && AsLion)
                one.Over(new SignStep<L>(rate, pass.Decay(Decay)), one.Weights, c);
            else
                one.Over(new AdamStep<L>(Epsilon, pass.Decay(Decay), rate, 1 - Math.Pow(beta1, pass.Step), 1 - Math.Pow(beta2, pass.Step)), one.Weights, c, v);
            one.Gradient.CopyTo(previous);
        }
    }

    readonly struct Correct<L>(double factor) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L factor = L.Of(factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L g, L previous) => (g - previous) * factor + g;
    }

    readonly struct SignStep<L>(double rate, double decay) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L η = L.Of(rate), keep = L.Of(1 - rate * decay);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L m) => keep * w - L.Signed(η, m);
    }

    readonly struct AdamStep<L>(double epsilon, double decay, double rate, double correct1, double correct2) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly L move = L.Of(rate / correct1), keep = L.Of(1 - rate * decay), root = L.Of(1 / Math.Sqrt(correct2)), ε = L.Of(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L m, ref L v) => keep * w - move * m / (L.Sqrt(v) * root + ε);
    }
}

/// <summary>target ← (1 − share) · target + share · source²</summary>
readonly struct MixSquare<L>(double share) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L share = L.Of(share), rest = L.Of(1 - share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => rest * target + share * source * source;
}
