using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>The gradient divided by its recent root mean square; optionally less its mean, and with momentum.</summary>
/// <remarks>
/// <code>
/// s ← ρ·s + (1 − ρ)·g²     a ← ρ·a + (1 − ρ)·g     d = g / (√(s − a²) + ε)     (a = 0 unless Centered)
/// w ← w − rate · d         with momentum: b ← Momentum·b + d,  w ← w − rate·b
/// </code>
/// RateInMomentum sums the steps instead of the directions (b ← Momentum·b + rate·d, w ← w − b): the same path at a constant rate.
/// Hinton, lecture 6e (2012). Typical rate 1e-4 to 1e-3.
/// </remarks>
/// <param name="Rho">Share of the memory that is kept, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient (of its square, under the root), 0 or above.</param>
/// <param name="EpsilonPlace">ε beside or under the root.</param>
/// <param name="Centered">Divides by the standard deviation instead.</param>
/// <param name="Momentum">0 for none, below 1.</param>
/// <param name="Nesterov">Steps along d + Momentum·b.</param>
/// <param name="InitialAccumulator">What s starts from: 0, or 1 in TensorFlow's older form.</param>
/// <param name="BiasCorrection">Divides s and a by 1 − ρᵗ where they are used.</param>
/// <param name="RateInMomentum">Keeps steps rather than directions in b.</param>
public sealed record RmsProp(
    double Rho = 0.99, double Epsilon = 1e-8, EpsilonPlace EpsilonPlace = EpsilonPlace.Outside, bool Centered = false, double Momentum = 0,
    bool Nesterov = false, double InitialAccumulator = 0, bool BiasCorrection = false, bool RateInMomentum = false) : Rule
{
    /// <summary>Share of the memory that is kept, [0, 1).</summary>
    public double Rho { get; } = Require.BelowOne(Rho);

    /// <summary>Unit of a gradient (of its square, under the root), 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>ε beside or under the root.</summary>
    public EpsilonPlace EpsilonPlace { get; } = Require.Known(EpsilonPlace);

    /// <summary>0 for none, below 1.</summary>
    public double Momentum { get; } = Require.BelowOne(Momentum);

    /// <summary>What s starts from: 0, or 1 in older TensorFlow.</summary>
    public double InitialAccumulator { get; } = Require.NotNegative(InitialAccumulator);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [new("s", Initial: InitialAccumulator), "a", "b"];

    // A mean square less the square of a mean, each rounded by itself, can be anything.
    /// <inheritdoc/>
    protected internal override bool SubtractsWhatItRemembers => Centered;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) =>
        pass.Run(new RmsPropUpdate<L>(this, pass.Rate, pass.Momentum(Momentum), pass.Step), pass[0], pass[1], pass[2]);
}

readonly struct RmsPropUpdate<L>(RmsProp rule, double rate, double momentum, long t) : IUpdate3<L> where L : struct, ILane<L>
{
    readonly L ρ = L.Of(rule.Rho), rest = L.Of(1 - rule.Rho), μ = L.Of(momentum);
    readonly L meanRest = L.Of(rule.Centered ? 1 - rule.Rho : 0);
    readonly L correct = L.Of(rule.BiasCorrection ? 1 - Math.Pow(rule.Rho, t) : 1);
    readonly L inside = L.Of(rule.EpsilonPlace == EpsilonPlace.Inside ? rule.Epsilon : 0), outside = L.Of(rule.EpsilonPlace == EpsilonPlace.Outside ? rule.Epsilon : 0);
    readonly L early = L.Of(rule.RateInMomentum ? rate : 1);
    readonly L straight = L.Of((rule.Nesterov ? 1 : 0) * (rule.RateInMomentum ? 1 : rate));
    readonly L onward = L.Of((rule.Nesterov ? momentum : 1) * (rule.RateInMomentum ? 1 : rate));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L s, ref L a, ref L b)
    {
        s = ρ * s + rest * g * g;
        a = ρ * a + meanRest * g;
        L mean = a / correct;
        L d = early * g / (L.Sqrt(s / correct - mean * mean + inside) + outside);
        b = μ * b + d;
        return w - straight * d - onward * b;
    }
}
