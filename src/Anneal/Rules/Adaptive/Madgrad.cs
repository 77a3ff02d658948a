using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Dual averaging with AdaGrad's scaling under a cube root, and momentum by averaging iterates.</summary>
/// <remarks>
/// <code>
/// l = (rate + ε)·√t     s ← s + l·g     v ← v + l·g²     z = x₀ − s / (∛v + ε)     w ← Beta·(1 − rate·Decay)·w + (1 − Beta)·z
/// </code>
/// Defazio and Jelassi, <see href="https://arxiv.org/abs/2101.11075">Adaptivity without Compromise</see> (2021), alg. 1. Typical rate 1e-3 to 0.1.
/// </remarks>
/// <param name="Beta">Share of the old weights, [0, 1).</param>
/// <param name="Epsilon">Added to the cube root and to the rate, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above; it leaves x₀ as it is (timm's decoupled decay), but moves it where Beta is 0.</param>
public sealed record Madgrad(double Beta = 0.9, double Epsilon = 1e-6, double Decay = 0) : Rule
{
    /// <summary>Share of the old weights, [0, 1).</summary>
    public double Beta { get; } = Require.BelowOne(Beta);

    /// <summary>Added to the cube root and to the rate, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above; it leaves x₀ as it is (timm's decoupled decay), but moves it where Beta is 0.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["s", "v", "x0"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Weights.CopyTo(pass[2]);
        double keep = 1 - pass.Rate * pass.Decay(Decay), weight = (pass.Rate + Epsilon) * Math.Sqrt(pass.Step);
        pass.Run(new MadgradUpdate<L>(pass.Momentum(Beta), Epsilon, keep, weight), pass[0], pass[1], pass[2]);
    }
}

readonly struct MadgradUpdate<L>(double beta, double epsilon, double keep, double weight) : IUpdate3<L> where L : struct, ILane<L>
{
    readonly L β = L.Of(beta), rest = L.Of(1 - beta), ε = L.Of(epsilon), keep = L.Of(keep), l = L.Of(weight);
    readonly bool alone = beta == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L s, ref L v, ref L x0)
    {
        w = keep * w;
        // Without momentum w is z itself, and the origin follows from it: weight decay beside the rule then moves the origin too.
        L origin = alone ? w + s / (Lane.Cbrt(v) + ε) : x0;
        s += l * g;
        v += l * g * g;
        return β * w + rest * (origin - s / (Lane.Cbrt(v) + ε));
    }
}
