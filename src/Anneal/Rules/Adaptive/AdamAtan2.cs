using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam with an arc tangent in place of the division: no ε, a bounded step, and the same path whatever the unit of the gradient.</summary>
/// <remarks>
/// <code>
/// m̂, v̂ as in Adam     w ← (1 − rate·Decay)·w − rate · A · atan2(m̂, B·√v̂)          atan2(0, 0) = 0
/// Regeneration:  w ← w + rate·Regeneration·(w₀ − w) before each step but the first     (w₀: the weights before the first)
/// </code>
/// For small arguments atan2(m, s) is m/s; A = 4/π makes the largest step 2·rate.
/// Everett et al., <see href="https://arxiv.org/abs/2407.05872">Scaling Exponents Across Parameterizations and Optimizers</see> (2024), section 4.3. Typical values as for AdamW, A 1.27.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="A">Factor on the step, above 0.</param>
/// <param name="B">Factor on the root, above 0.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="Regeneration">Pull towards the first weights per unit of rate, 0 or above (Kumar et al., <see href="https://arxiv.org/abs/2308.11958">Regenerative Regularization</see>, 2023).</param>
public sealed record AdamAtan2(double Beta1 = 0.9, double Beta2 = 0.99, double A = 1.27, double B = 1, double Decay = 0, double Regeneration = 0) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Factor on the step, above 0.</summary>
    public double A { get; } = Require.Positive(A);

    /// <summary>Factor on the root, above 0.</summary>
    public double B { get; } = Require.Positive(B);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Pull towards the first weights per unit of rate, 0 or above (Kumar et al., <see href="https://arxiv.org/abs/2308.11958">Regenerative Regularization</see>, 2023).</summary>
    public double Regeneration { get; } = Require.NotNegative(Regeneration);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => Regeneration > 0 ? ["m", "v", "x0"] : ["m", "v"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => Regeneration == 0;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (Regeneration > 0)
        {
            if (pass.Step == 1)
                pass.Weights.CopyTo(pass[2]);
            else
                pass.Over(new Mix<L>(pass.Rate * Regeneration), pass.Weights, pass[2]);
        }
        pass.Run(new AdamAtan2Update<L>(this, pass.Momentum(Beta1), pass.Decay(Decay), pass.Rate, pass.Step), pass[0], pass[1]);
    }
}

readonly struct AdamAtan2Update<L>(AdamAtan2 rule, double beta1, double decay, double rate, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), keep = L.Of(1 - rate * decay);
    readonly L up = L.Of(1 / (1 - Math.Pow(beta1, t))), root = L.Of(rule.B * rule.B / (1 - Math.Pow(rule.Beta2, t))), move = L.Of(rate * rule.A);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        m = β1 * m + rest1 * g;
        v = β2 * v + rest2 * g * g;
        return keep * w - move * Lane.Atan2(up * m, L.Sqrt(root * v));
    }
}
