using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam that finds its own rate from how far the weights have come: leave the rate at 1, times a schedule.</summary>
/// <remarks>
/// <code>
/// r ← β₃·r + d·l/d₀ · ⟨g, w₀ − w⟩     s ← β₃·s + d·l/d₀ · g     l = d·rate     (SafeguardWarmup: s takes d·d instead of d·l)
/// m ← β₁·m + (1 − β₁)·d·g     v ← β₂·v + (1 − β₂)·d²·g²     d̂ = DCoefficient · r / ‖s‖₁     d ← min(max(d, d̂), d·GrowthRate)
/// w ← (1 − l·Decay)·w − l · m / (√v + d·ε),  l with the d from before, under the division the new one
/// </code>
/// β₃ = √β₂ unless given; without a mean (β₁ = 0) the new d·g stands for m. Mishchenko and Defazio, <see href="https://arxiv.org/abs/2306.06101">Prodigy</see> (2024), in the authors' form.
/// Typical rate 1, times a schedule; DCoefficient 0.5 to 2 where that is too slow or too fast.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Beta3">Decay of the two sums; null for √β₂.</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay, 0 or above.</param>
/// <param name="Decoupled">Beside the gradient; false adds it to the gradient.</param>
/// <param name="BiasCorrection">Corrects the rate for m and v starting at 0.</param>
/// <param name="SafeguardWarmup">Keeps a warming-up rate out of s.</param>
/// <param name="D0">First estimate, above 0.</param>
/// <param name="DCoefficient">Factor on the estimate, above 0.</param>
/// <param name="GrowthRate">Most that d grows by in one step, 1 or above, or infinite.</param>
/// <param name="SliceP">Looks at every SliceP-th weight of a tensor for the estimate, 1 or above.</param>
public sealed record Prodigy(
    double Beta1 = 0.9, double Beta2 = 0.999, double? Beta3 = null, double Epsilon = 1e-8, double Decay = 0, bool Decoupled = true,
    bool BiasCorrection = false, bool SafeguardWarmup = false, double D0 = 1e-6, double DCoefficient = 1, double GrowthRate = double.PositiveInfinity, int SliceP = 1) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Decay of the two sums; null for √β₂.</summary>
    public double? Beta3 { get; } = Beta3 is double beta ? Require.Fraction(beta, nameof(Beta3)) : null;

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>First estimate, above 0.</summary>
    public double D0 { get; } = Require.Positive(D0);

    /// <summary>Factor on the estimate, above 0.</summary>
    public double DCoefficient { get; } = Require.Positive(DCoefficient);

    /// <summary>Most that d grows by in one step, 1 or above, or infinite.</summary>
    public double GrowthRate { get; } = GrowthRate >= 1 ? GrowthRate : throw new ArgumentOutOfRangeException(nameof(GrowthRate), GrowthRate, "GrowthRate must be 1 or above.");

    /// <summary>Looks at every SliceP-th weight of a tensor for the estimate, 1 or above.</summary>
    public int SliceP { get; } = (int)Require.AtLeast(1, SliceP);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) =>
    [
        "m", "v", new("s", t => (t.Count + SliceP - 1) / SliceP), new("w0", t => (t.Count + SliceP - 1) / SliceP), Slot.ScratchSpace("decayed"),
        Slot.ScratchSpace("apart", t => SliceP == 1 ? t.Count : 0),
    ];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["d", "largest", "r", "k"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        ref double d = ref pass.Number(0), largest = ref pass.Number(1), r = ref pass.Number(2), k = ref pass.Number(3);
        if (pass.Step == 1)
            d = largest = D0;
        double beta1 = pass.Momentum(Beta1), beta3 = Beta3 ?? Math.Sqrt(Beta2), decay = pass.Decay(Decay), rate = pass.Rate;
        double l = d * rate * (BiasCorrection ? Math.Sqrt(1 - Math.Pow(Beta2, k + 1)) / (1 - Math.Pow(beta1, k + 1)) : 1);
        View<L> g = pass.Gradient;
        if (decay != 0 && !Decoupled)
        {
            g = pass[4];
            pass.Gradient.CopyTo(g);
            pass.Over(new AddScaled<L>(decay), g, pass.Weights);
        }
        double gained = 0, length = 0, share = d / D0 * (SafeguardWarmup ? d : l);
        for (int n = 0; n < pass.Tensors; n++)
        {
            var one = pass.Of(n);
            View<L> s = one[2], w0 = one[3], mine = g.Slice(one.Shape.Offset, one.Shape.Count);
            if (pass.Step == 1)
                for (int i = 0; i < w0.Length; i++)
                    w0[i] = one.Weights[i * SliceP];
            if (rate == 0)
                continue;
            double dot = SliceP == 1 ? Follow(one, mine, s, w0, beta3, share) : FollowSome(one.Weights, mine, s, w0, beta3, share);
            length += one.SumAbs(s);
            gained += d / D0 * l * dot;
        }
        if (rate > 0)
        {
            pass.Over(new MixScaled<L>(beta1, d), pass[0], g);
            pass.Over(new MixSquareScaled<L>(Beta2, d), pass[1], g);
        }
        if (length == 0)
            return;
        r = beta3 * r + gained;
        if (rate > 0)
        {
            double estimate = DCoefficient * r / length;
            if (d == D0)
                d = Math.Max(d, estimate);
            largest = Math.Max(largest, estimate);
            d = Math.Min(largest, d * GrowthRate);
        }
        if (decay != 0 && Decoupled)
            pass.Run(new Scale<L>(1 - decay * l));
        // As in the authors' code: the new d under the division, the old one in the length of the step.
        if (beta1 > 0)
            pass.Over(new Divide<L>(l, d * Epsilon), pass.Weights, pass[0], pass[1]);
        else
            pass.Over(new Divide<L>(l * d, d * Epsilon), pass.Weights, g, pass[1]);
        k++;
    }

    /// <summary>s ← β₃·s + share·g, and the sum of g·(w₀ − w).</summary>
    static double Follow<L>(in Pass<L> one, View<L> g, View<L> s, View<L> w0, double beta3, double share) where L : struct, ILane<L>
    {
        View<L> apart = one[5];
        one.Over(new Difference<L>(), apart, one.Weights, w0);
        one.Over(new MixAdd<L>(beta3, share), s, g);
        return one.Dot(g, apart);
    }

    /// <summary>The same for some of the weights only.</summary>
    double FollowSome<L>(View<L> w, View<L> g, View<L> s, View<L> w0, double beta3, double share) where L : struct, ILane<L>
    {
        double dot = 0;
        for (int i = 0; i < s.Length; i++)
        {
            dot += g[i * SliceP] * (w0[i] - w[i * SliceP]);
            s[i] = beta3 * s[i] + share * g[i * SliceP];
        }
        return dot;
    }

    /// <summary>target ← w₀ − w</summary>
    readonly struct Difference<L> : IUpdate1<L> where L : struct, ILane<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L target, L w, ref L w0) => w0 - w;
    }

    readonly struct MixScaled<L>(double beta, double d) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L β = L.Of(beta), add = L.Of(d * (1 - beta));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L m, L g) => β * m + add * g;
    }

    readonly struct MixSquareScaled<L>(double beta, double d) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L β = L.Of(beta), add = L.Of(d * d * (1 - beta));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L v, L g) => β * v + add * g * g;
    }
}

/// <summary>w ← w − length · m / (√v + ε)</summary>
readonly struct Divide<L>(double length, double epsilon) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L length = L.Of(length), ε = L.Of(epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L m, ref L v) => w - length * m / (L.Sqrt(v) + ε);
}
