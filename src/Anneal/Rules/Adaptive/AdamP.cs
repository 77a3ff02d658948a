using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam that takes out the part of a step which only lengthens the weights, where the loss does not depend on their length.</summary>
/// <remarks>
/// <code>
/// d = m̂ / (√v̂ + ε)      for a matrix, first row by row, then as a whole:
/// if the largest |cos(g, w)| &lt; Delta/√(numbers per row):  d ← d − ŵ·(ŵ·d),  ŵ = w / (‖w‖ + ε),  and the decay is multiplied by DecayRatio
/// w ← (1 − rate·Decay)·w − rate·d
/// </code>
/// Heo et al., <see href="https://arxiv.org/abs/2006.08217">AdamP</see> (2021), alg. 2.
/// Typical rate 1e-3, Delta and DecayRatio 0.1.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="Delta">How nearly square g must stand on w, above 0.</param>
/// <param name="DecayRatio">The authors' wd_ratio: factor on the decay of projected tensors, 0 or above.</param>
/// <param name="Nesterov">Looks one step ahead in m.</param>
/// <param name="Cautious">Leaves out weights whose step goes against their gradient, as <see cref="Anneal.Cautious"/>.</param>
public sealed record AdamP(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0, double Delta = 0.1, double DecayRatio = 0.1,
    bool Nesterov = false, bool Cautious = false) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>How nearly square g must stand on w, above 0.</summary>
    public double Delta { get; } = Require.NotNegative(Delta);

    /// <summary>Factor on the decay of projected tensors, 0 or above.</summary>
    public double DecayRatio { get; } = Require.NotNegative(DecayRatio);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v", Slot.ScratchSpace("d"), Slot.ScratchSpace("kept")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = pass.Momentum(Beta1), decay = pass.Decay(Decay);
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> d = one[2];
            one.Over(new Direction<L>(this, beta1, pass.Step), d, one.Gradient, one[0], one[1]);
            bool projected = one.Shape.IsMatrix && (Project(one, d, one.Shape.Columns) || Project(one, d, one.Shape.Count));
            if (Cautious && !projected)
                Lamb.MaskDisagreeing(one, d, one[3]);
            double keep = 1 - pass.Rate * decay * (projected ? DecayRatio : 1);
            one.Run(new Scale<L>(keep));
            one.Over(new AddScaled<L>(-pass.Rate / (1 - Math.Pow(beta1, pass.Step))), one.Weights, d);
        }
    }

    bool Project<L>(in Pass<L> one, View<L> d, int width) where L : struct, ILane<L>
    {
        int rows = d.Length / width;
        for (int row = 0; row < rows; row++)
        {
            View<L> w = one.Weights.Slice(row * width, width), g = one.Gradient.Slice(row * width, width);
            double cosine = one.Dot(g, w) / (Math.Max(one.Norm(g), Epsilon) * Math.Max(one.Norm(w), Epsilon));
            if (!(Math.Abs(cosine) < Delta / Math.Sqrt(width)))
                return false;
        }
        TakeOut(one, d, one.Weights, width);
        if (Cautious)
        {
            View<L> across = one[3];
            one.Gradient.CopyTo(across);
            TakeOut(one, across, one.Weights, width);
            double agreeing = 0;
            for (int i = 0; i < d.Length; i++)
                agreeing += d[i] * across[i] > 0 ? 1 : 0;
            double factor = 1 / Math.Max(agreeing / d.Length, 1e-3);
            for (int i = 0; i < d.Length; i++)
                d[i] = d[i] * across[i] > 0 ? d[i] * factor : 0;
            TakeOut(one, d, one.Weights, width);
        }
        return true;
    }

    /// <summary>Takes out of each row of x its part along the same row of w.</summary>
    void TakeOut<L>(in Pass<L> one, View<L> x, View<L> weights, int width) where L : struct, ILane<L>
    {
        for (int start = 0; start < x.Length; start += width)
        {
            View<L> w = weights.Slice(start, width), row = x.Slice(start, width);
            double length = one.Norm(w) + Epsilon;
            one.Over(new AddScaled<L>(-one.Dot(w, row) / (length * length)), row, w);
        }
    }

    readonly struct Direction<L>(AdamP rule, double beta1, long t) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2);
        readonly L onward = L.Of(rule.Nesterov ? beta1 : 1), straight = L.Of(rule.Nesterov ? 1 - beta1 : 0);
        readonly L root = L.Of(1 / Math.Sqrt(1 - Math.Pow(rule.Beta2, t))), ε = L.Of(rule.Epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L d, L g, ref L m, ref L v)
        {
            m = β1 * m + rest1 * g;
            v = β2 * v + rest2 * g * g;
            return (onward * m + straight * g) / (L.Sqrt(v) * root + ε);
        }
    }
}
