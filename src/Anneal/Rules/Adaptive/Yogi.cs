using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam whose mean square moves by fixed shares of g², up or down, and so cannot collapse.</summary>
/// <remarks>
/// <code>
/// m ← β₁·m + (1 − β₁)·g     v ← v − (1 − β₂)·sign(v − g²)·g²     w ← w − rate · m̂ / (√v̂ + ε)
/// </code>
/// Both m and v start at InitialAccumulator. Zaheer et al., <see href="https://papers.nips.cc/paper/8186-adaptive-methods-for-nonconvex-optimization">Adaptive Methods for Nonconvex Optimization</see> (2018). Typical rate 0.01, ε 1e-3.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">1 less the share by which v moves, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="InitialAccumulator">What m and v start from, 0 or above.</param>
/// <param name="CorrectMean">Divides m by 1 − β₁ᵗ.</param>
public sealed record Yogi(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-3, double InitialAccumulator = 1e-6, bool CorrectMean = true) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>1 less the share by which v moves, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>What m and v start from, 0 or above.</summary>
    public double InitialAccumulator { get; } = Require.NotNegative(InitialAccumulator);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [new("m", Initial: InitialAccumulator), new("v", Initial: InitialAccumulator)];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) =>
        pass.Run(new YogiUpdate<L>(this, pass.Momentum(Beta1), pass.Rate, pass.Step), pass[0], pass[1]);
}

readonly struct YogiUpdate<L>(Yogi rule, double beta1, double rate, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), rest2 = L.Of(1 - rule.Beta2), ε = L.Of(rule.Epsilon);
    readonly L move = L.Of(rule.CorrectMean ? rate / (1 - Math.Pow(beta1, t)) : rate), root = L.Of(1 / Math.Sqrt(1 - Math.Pow(rule.Beta2, t)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        m = β1 * m + rest1 * g;
        v -= L.Signed(rest2 * g * g, v - g * g);
        return w - move * m / (L.Sqrt(v) * root + ε);
    }
}
