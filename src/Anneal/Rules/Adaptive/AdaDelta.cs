using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>AdaGrad with a fading memory, in which a memory of past steps takes the place of the rate.</summary>
/// <remarks>
/// <code>
/// s ← ρ·s + (1 − ρ)·g²     d = √(x + ε) / √(s + ε) · g     x ← ρ·x + (1 − ρ)·d²     w ← w − rate · d
/// </code>
/// Zeiler, <see href="https://arxiv.org/abs/1212.5701">ADADELTA</see> (2012), where the rate is 1.
/// Typical rate 1, ρ 0.9 to 0.95.
/// </remarks>
/// <param name="Rho">Share of both memories that is kept, [0, 1).</param>
/// <param name="Epsilon">Unit of a squared gradient, 0 or above: it also sets the size of the first steps.</param>
public sealed record AdaDelta(double Rho = 0.9, double Epsilon = 1e-6) : Rule
{
    /// <summary>Share of both memories that is kept, [0, 1).</summary>
    public double Rho { get; } = Require.BelowOne(Rho);

    /// <summary>Unit of a squared gradient, 0 or above: it also sets the size of the first steps.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["s", "x"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) => pass.Run(new AdaDeltaUpdate<L>(this, pass.Rate), pass[0], pass[1]);
}

readonly struct AdaDeltaUpdate<L>(AdaDelta rule, double rate) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L η = L.Of(rate), ρ = L.Of(rule.Rho), rest = L.Of(1 - rule.Rho), ε = L.Of(rule.Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L s, ref L x)
    {
        s = L.MultiplyAdd(rest, g * g, ρ * s);
        L d = L.Sqrt(x + ε) * g / L.Sqrt(s + ε);
        x = L.MultiplyAdd(rest, d * d, ρ * x);
        return L.MultiplyAdd(-η, d, w);
    }
}
