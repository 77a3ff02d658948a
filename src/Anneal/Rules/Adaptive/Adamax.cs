using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam with the largest recent gradient in place of the root mean square.</summary>
/// <remarks>
/// <code>
/// m ← β₁·m + (1 − β₁)·g     u ← max(β₂·u, |g| + ε)     w ← w − rate / (1 − β₁ᵗ) · m / u
/// </code>
/// Kingma and Ba, <see href="https://arxiv.org/abs/1412.6980">Adam</see> (2015), alg. 2. Keras adds ε to u when dividing: <see cref="EpsilonPlace.Outside"/>.
/// Typical rate 0.002.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the maximum, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="EpsilonPlace">Within the maximum (PyTorch, optax) or beside it (Keras).</param>
public sealed record Adamax(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, EpsilonPlace EpsilonPlace = EpsilonPlace.Inside) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the maximum, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Within the maximum (PyTorch, optax) or beside it (Keras).</summary>
    public EpsilonPlace EpsilonPlace { get; } = Require.Known(EpsilonPlace);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "u"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) =>
        pass.Run(new AdamaxUpdate<L>(this, pass.Momentum(Beta1), pass.Rate, pass.Step), pass[0], pass[1]);
}

readonly struct AdamaxUpdate<L>(Adamax rule, double beta1, double rate, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), move = L.Of(rate / (1 - Math.Pow(beta1, t)));
    readonly L inside = L.Of(rule.EpsilonPlace == EpsilonPlace.Inside ? rule.Epsilon : 0), outside = L.Of(rule.EpsilonPlace == EpsilonPlace.Outside ? rule.Epsilon : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L u)
    {
        m = β1 * m + rest1 * g;
        u = L.Max(β2 * u, L.Abs(g) + inside);
        return w - move * m / (u + outside);
    }
}
