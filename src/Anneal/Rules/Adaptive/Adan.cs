using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adaptive Nesterov momentum: averages of the gradient, of its change, and of the square of both together.</summary>
/// <remarks>
/// <code>
/// d = g − g₋     m ← β₁·m + (1 − β₁)·g     c ← β₂·c + (1 − β₂)·d     n ← β₃·n + (1 − β₃)·(g + β₂·d)²     (d = 0 on the first step)
/// w ← ( w − rate · (m̂ + β₂·ĉ) / (√n̂ + ε) ) / (1 + rate·Decay)
/// </code>
/// Proximal false shrinks w by (1 − rate·Decay) first instead. The βs are those kept, as in the authors' code; the paper's are 1 less these.
/// Xie et al., <see href="https://arxiv.org/abs/2208.06677">Adan</see> (2022), alg. 1.
/// Typical rate five to ten times that of AdamW, decay 0.02.
/// </remarks>
/// <param name="Beta1">Decay of the mean gradient, [0, 1).</param>
/// <param name="Beta2">Decay of the mean change, [0, 1).</param>
/// <param name="Beta3">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="Proximal">Divides by 1 + rate·Decay after the step.</param>
public sealed record Adan(
    double Beta1 = 0.98, double Beta2 = 0.92, double Beta3 = 0.99, double Epsilon = 1e-8, double Decay = 0, bool Proximal = true) : Rule
{
    /// <summary>Decay of the mean gradient, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean change, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta3 { get; } = Require.BelowOne(Beta3);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "c", "n", "previous"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Gradient.CopyTo(pass[3]);
        pass.Run(new AdanUpdate<L>(this, pass.Decay(Decay), pass.Rate, pass.Step), pass[0], pass[1], pass[2], pass[3]);
    }
}

readonly struct AdanUpdate<L>(Adan rule, double decay, double rate, long t) : IUpdate4<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(rule.Beta1), rest1 = L.Of(1 - rule.Beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2);
    readonly L β3 = L.Of(rule.Beta3), rest3 = L.Of(1 - rule.Beta3), ε = L.Of(rule.Epsilon), root = L.Of(Math.Sqrt(1 - Math.Pow(rule.Beta3, t)));
    readonly L move = L.Of(rate / (1 - Math.Pow(rule.Beta1, t))), turn = L.Of(rate * rule.Beta2 / (1 - Math.Pow(rule.Beta2, t)));
    readonly L before = L.Of(rule.Proximal ? 1 : 1 - rate * decay), after = L.Of(rule.Proximal ? 1 + rate * decay : 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L c, ref L n, ref L previous)
    {
        L d = g - previous;
        m = L.MultiplyAdd(rest1, g, β1 * m);
        c = L.MultiplyAdd(rest2, d, β2 * c);
        L ahead = β2 * d + g;
        n = L.MultiplyAdd(rest3 * ahead, ahead, β3 * n);
        previous = g;
        L divisor = L.Sqrt(n) / root + ε;
        return (before * w - move * m / divisor - turn * c / divisor) / after;
    }
}
