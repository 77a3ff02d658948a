using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam with a second, very slow average of gradients beside the fast one.</summary>
/// <remarks>
/// <code>
/// m₁ ← β₁·m₁ + (1 − β₁)·g     m₂ ← β₃·m₂ + (1 − β₃)·g     v ← β₂·v + (1 − β₂)·g²
/// w ← w − rate · ( (m̂₁ + α·m₂) / (√(v̂ + EpsilonRoot) + ε) + Decay·w )
/// </code>
/// α rises in a straight line over AlphaWarmup steps; β₃ from β₁ so that its half-life does, over Beta3Warmup steps; 0 means at once.
/// Pagliardini et al., <see href="https://arxiv.org/abs/2409.03137">The AdEMAMix Optimizer</see> (2024).
/// Typical rate that of AdamW, α 4 to 10, β₃ 0.9999, both warm-ups as long as the run.
/// </remarks>
/// <param name="Beta1">Decay of the fast mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Beta3">Decay of the slow mean, [0, 1).</param>
/// <param name="Alpha">Weight of the slow mean, 0 or above.</param>
/// <param name="Beta3WarmupSteps">Steps until β₃ is reached, 0 or above.</param>
/// <param name="AlphaWarmupSteps">Steps until α is reached, 0 or above.</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="EpsilonRoot">Under the root, unit of a squared gradient, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
public sealed record AdEMAMix(
    double Beta1 = 0.9, double Beta2 = 0.999, double Beta3 = 0.9999, double Alpha = 5, double Beta3WarmupSteps = 0, double AlphaWarmupSteps = 0,
    double Epsilon = 1e-8, double EpsilonRoot = 0, double Decay = 0) : Rule
{
    /// <summary>Decay of the fast mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Decay of the slow mean, [0, 1).</summary>
    public double Beta3 { get; } = Require.BelowOne(Beta3);

    /// <summary>Weight of the slow mean, 0 or above.</summary>
    public double Alpha { get; } = Require.NotNegative(Alpha);

    /// <summary>Steps until β₃ is reached, 0 or above.</summary>
    public double Beta3WarmupSteps { get; } = Require.NotNegative(Beta3WarmupSteps);

    /// <summary>Steps until α is reached, 0 or above.</summary>
    public double AlphaWarmupSteps { get; } = Require.NotNegative(AlphaWarmupSteps);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Under the root, unit of a squared gradient, 0 or above.</summary>
    public double EpsilonRoot { get; } = Require.NotNegative(EpsilonRoot);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m1", "m2", "v"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) =>
        pass.Run(new AdEMAMixUpdate<L>(this, SlowDecay(pass.Step), SlowWeight(pass.Step), pass.Decay(Decay), pass.Rate, pass.Step), pass[0], pass[1], pass[2]);

    double SlowWeight(long t) => t < AlphaWarmupSteps ? Alpha * (t / AlphaWarmupSteps) : Alpha;

    double SlowDecay(long t)
    {
        if (t >= Beta3WarmupSteps)
            return Beta3;
        double share = t / Beta3WarmupSteps;
        return Math.Pow(0.5, 1 / ((1 - share) * HalfLife(Beta1) + share * HalfLife(Beta3) + 1));

        // The authors' guard against a logarithm of 0 is part of their schedule.
        static double HalfLife(double beta) => Math.Log(0.5) / Math.Log(beta + 1e-8) - 1;
    }
}

readonly struct AdEMAMixUpdate<L>(AdEMAMix rule, double beta3, double alpha, double decay, double rate, long t) : IUpdate3<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(rule.Beta1), rest1 = L.Of(1 - rule.Beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), β3 = L.Of(beta3), rest3 = L.Of(1 - beta3);
    readonly L correct1 = L.Of(1 - Math.Pow(rule.Beta1, t)), α = L.Of(alpha), η = L.Of(rate), λ = L.Of(decay);
    readonly L correct2 = L.Of(1 - Math.Pow(rule.Beta2, t)), under = L.Of(rule.EpsilonRoot), ε = L.Of(rule.Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m1, ref L m2, ref L v)
    {
        m1 = β1 * m1 + rest1 * g;
        m2 = β3 * m2 + rest3 * g;
        v = β2 * v + rest2 * g * g;
        return w - η * ((m1 / correct1 + α * m2) / (L.Sqrt(v / correct2 + under) + ε) + λ * w);
    }
}
