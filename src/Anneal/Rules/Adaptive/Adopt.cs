using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam that divides each gradient by the mean square of those before it, and averages afterwards: it converges with any β₂.</summary>
/// <remarks>
/// <code>
/// c = g / max(√v, ε), clipped to ±(t − 1)^ClipPower     m ← β₁·m + (1 − β₁)·c     w ← w − rate·m     v ← β₂·v + (1 − β₂)·g²
/// </code>
/// The first step only sets v = g². Taniguchi et al., <see href="https://arxiv.org/abs/2411.02853">ADOPT</see> (2024), alg. 2.
/// Typical rate 1e-3, as for Adam.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Least divisor, unit of a gradient, 0 or above.</param>
/// <param name="ClipPower">Power of the step count to which c is clipped (paper ¼, timm ⅓); null clips nothing.</param>
/// <param name="Nesterov">Averages c once more for the step.</param>
public sealed record Adopt(double Beta1 = 0.9, double Beta2 = 0.9999, double Epsilon = 1e-6, double? ClipPower = 0.25, bool Nesterov = false) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Least divisor, unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Power of the step count to which c is clipped (paper ¼, timm ⅓); null clips nothing.</summary>
    public double? ClipPower { get; } = ClipPower is double power ? Require.NotNegative(power, nameof(ClipPower)) : null;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Over(new Square<L>(), pass[1], pass.Gradient);
        else
            pass.Run(new AdoptUpdate<L>(this, pass.Momentum(Beta1), pass.Rate, pass.Step), pass[0], pass[1]);
    }
}

readonly struct Square<L> : IUpdate<L> where L : struct, ILane<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L x) => x * x;
}

readonly struct AdoptUpdate<L>(Adopt rule, double beta1, double rate, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), ε = L.Of(rule.Epsilon);
    readonly L limit = L.Of(rule.ClipPower is double power ? Math.Pow(t - 1, power) : double.MaxValue);
    readonly L onward = L.Of(rule.Nesterov ? rate * beta1 : rate), straight = L.Of(rule.Nesterov ? rate * (1 - beta1) : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        L c = Lane.Clamp(g / L.Max(L.Sqrt(v), ε), -limit, limit);
        // As the authors interpolate: near the minimum of a noiseless problem c is all sign, and every rounding shows.
        m = L.MultiplyAdd(rest1, c - m, m);
        v = L.MultiplyAdd(rest2 * g, g, β2 * v);
        return L.MultiplyAdd(-onward, m, w) - straight * c;
    }
}
