using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>A rate per weight that shrinks with all the gradient the weight has seen.</summary>
/// <remarks>
/// <code>
/// s ← s + g²     w ← w − rate / (1 + RateDecay·(t − 1)) · g / (√s + ε)     t = 1, 2, …
/// </code>
/// A weight that never had a gradient stays where it is, also with ε = 0.
/// Duchi, Hazan and Singer, <see href="https://jmlr.org/papers/v12/duchi11a.html">Adaptive Subgradient Methods</see> (2011). Typical rate 0.01 to 0.1.
/// </remarks>
/// <param name="Epsilon">Unit of a gradient (of its square, under the root), 0 or above.</param>
/// <param name="InitialAccumulator">What s starts from, 0 or above: Keras and optax take 0.1.</param>
/// <param name="RateDecay">Inverse-time decay of the rate, as PyTorch offers, 0 or above.</param>
/// <param name="EpsilonPlace">ε beside or under the root.</param>
public sealed record AdaGrad(double Epsilon = 1e-10, double InitialAccumulator = 0, double RateDecay = 0, EpsilonPlace EpsilonPlace = EpsilonPlace.Outside) : Rule
{
    /// <summary>Unit of a gradient (of its square, under the root), 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>What s starts from, 0 or above: Keras and optax take 0.1.</summary>
    public double InitialAccumulator { get; } = Require.NotNegative(InitialAccumulator);

    /// <summary>Inverse-time decay of the rate, as PyTorch offers, 0 or above.</summary>
    public double RateDecay { get; } = Require.NotNegative(RateDecay);

    /// <summary>ε beside or under the root.</summary>
    public EpsilonPlace EpsilonPlace { get; } = Require.Known(EpsilonPlace);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [new("s", Initial: InitialAccumulator)];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) =>
        pass.Run(new AdaGradUpdate<L>(this, pass.Rate / (1 + (pass.Step - 1) * RateDecay)), pass[0]);
}

readonly struct AdaGradUpdate<L>(AdaGrad rule, double rate) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L η = L.Of(rate), zero = L.Of(0);
    readonly L inside = L.Of(rule.EpsilonPlace == EpsilonPlace.Inside ? rule.Epsilon : 0), outside = L.Of(rule.EpsilonPlace == EpsilonPlace.Outside ? rule.Epsilon : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L s)
    {
        s += g * g;
        return w - L.IfPositive(s, η * g / (L.Sqrt(s + inside) + outside), zero);
    }
}
