using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam literally as the lecture prints it: the corrected averages overwrite the averages. It freezes; see <see cref="Adam"/>.</summary>
/// <remarks>
/// <code>
/// m ← (β₁·m + (1 − β₁)·g) / (1 − β₁ᵗ)     v ← (β₂·v + (1 − β₂)·g²) / (1 − β₂ᵗ)     w ← w − rate / √(v + ε) · m
/// </code>
/// Early on v is multiplied by up to 1/(1 − β₂ᵗ) at every step, over and over, and the steps die. Lecture 004, eq. 12.
/// Typical values it has none: it is there to be seen failing.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Under the root, unit of a squared gradient, 0 or above.</param>
public sealed record AdamAsPrinted(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Under the root, unit of a squared gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) => pass.Run(new AdamAsPrintedUpdate<L>(this, pass.Rate, pass.Step), pass[0], pass[1]);
}

readonly struct AdamAsPrintedUpdate<L>(AdamAsPrinted rule, double rate, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(rule.Beta1), rest1 = L.Of(1 - rule.Beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2);
    readonly L correct1 = L.Of(1 - Math.Pow(rule.Beta1, t)), correct2 = L.Of(1 - Math.Pow(rule.Beta2, t)), η = L.Of(rate), ε = L.Of(rule.Epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        m = (β1 * m + rest1 * g) / correct1;
        v = (β2 * v + rest2 * g * g) / correct2;
        return w - η / L.Sqrt(v + ε) * m;
    }
}
