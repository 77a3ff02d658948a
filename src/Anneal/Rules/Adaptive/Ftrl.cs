using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Follow the regularised leader: weights are computed anew from sums of gradients, and an L1 penalty makes many exactly 0.</summary>
/// <remarks>
/// <code>
/// n₊ = n + g²     l ← l + g + 2·L2Shrinkage·w − (n₊^p − n^p)/rate · w     n ← n₊     p = −Power
/// w ← ( clamp(l, ±L1) − l ) / ( n^p/rate + 2·L2 + Beta/rate )
/// </code>
/// At rate 0, where a warm-up begins, nothing moves and nothing is remembered (Keras divides by it).
/// McMahan et al., <see href="https://research.google/pubs/pub41159/">Ad Click Prediction: a View from the Trenches</see> (2013), in Keras' form.
/// Typical rate 1e-3 to 0.1.
/// </remarks>
/// <param name="Power">Power of the rate's decay, −½ for the square root, 0 or below.</param>
/// <param name="InitialAccumulator">What n starts from, 0 or above.</param>
/// <param name="L1">0 or above.</param>
/// <param name="L2">0 or above.</param>
/// <param name="L2Shrinkage">A further L2 penalty, felt by the gradient alone, 0 or above.</param>
/// <param name="Beta">The paper's β, 0 or above.</param>
public sealed record Ftrl(double Power = -0.5, double InitialAccumulator = 0.1, double L1 = 0, double L2 = 0, double L2Shrinkage = 0, double Beta = 0) : Rule
{
    /// <summary>Power of the rate's decay, −½ for the square root, 0 or below.</summary>
    public double Power { get; } = -Require.NotNegative(-Power, nameof(Power));

    /// <summary>What n starts from, 0 or above.</summary>
    public double InitialAccumulator { get; } = Require.NotNegative(InitialAccumulator);

    /// <summary>0 or above.</summary>
    public double L1 { get; } = Require.NotNegative(L1);

    /// <summary>0 or above.</summary>
    public double L2 { get; } = Require.NotNegative(L2);

    /// <summary>A further L2 penalty, felt by the gradient alone, 0 or above.</summary>
    public double L2Shrinkage { get; } = Require.NotNegative(L2Shrinkage);

    /// <summary>The paper's β, 0 or above.</summary>
    public double Beta { get; } = Require.NotNegative(Beta);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [new("n", Initial: InitialAccumulator), "l"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Rate > 0)
            pass.Run(new FtrlUpdate<L>(this, pass.Rate), pass[0], pass[1]);
    }
}

readonly struct FtrlUpdate<L>(Ftrl rule, double rate) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L η = L.Of(rate), l1 = L.Of(rule.L1), l2 = L.Of(2 * (rule.L2 + rule.Beta / (2 * rate))), shrinkage = L.Of(2 * rule.L2Shrinkage);
    readonly double power = -rule.Power;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L n, ref L l)
    {
        L next = n + g * g, now = Root(next);
        l += g + shrinkage * w - (now - Root(n)) / η * w;
        n = next;
        return (Lane.Clamp(l, -l1, l1) - l) / (now / η + l2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    L Root(L x) => power == 0.5 ? L.Sqrt(x) : Raised(x, power);

    // Apart, because a function that captures something is allocated wherever it stands.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static L Raised(L x, double power) => L.Map(x, y => Math.Pow(y, power));
}
