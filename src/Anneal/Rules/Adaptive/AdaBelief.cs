using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam that divides by how far gradients stray from their mean instead of how large they are.</summary>
/// <remarks>
/// <code>
/// m ← β₁·m + (1 − β₁)·g     s ← β₂·s + (1 − β₂)·(g − m)² + EpsilonRoot     w ← w − rate · m̂ / (√ŝ + ε)
/// </code>
/// EpsilonRoot stays in s, step after step, as the authors' code has it (there it is ε).
/// With the largest s (<paramref name="Amsgrad"/>) it is added to that maximum. Rectify multiplies as in <see cref="RAdam"/>, from ρₜ &gt; 4;
/// until then the step is rate·m, not corrected. Zhuang et al., <see href="https://arxiv.org/abs/2010.07468">AdaBelief</see> (2020).
/// Typical rate 1e-3; the authors take ε from 1e-16 to 1e-8.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean squared deviation, [0, 1).</param>
/// <param name="Epsilon">Beside the root, unit of a gradient, 0 or above.</param>
/// <param name="EpsilonRoot">Added to s at every step, unit of a squared gradient, 0 or above.</param>
/// <param name="Amsgrad">Keeps the largest s.</param>
/// <param name="Rectify">Waits until s rests on enough gradients.</param>
/// <param name="Nesterov">Whether m̂ looks one step ahead; not together with the two above.</param>
public sealed record AdaBelief(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-16, double EpsilonRoot = 1e-16, bool Amsgrad = false, bool Rectify = false,
    NesterovForm Nesterov = NesterovForm.Off) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean squared deviation, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Beside the root, unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Added to s at every step, unit of a squared gradient, 0 or above.</summary>
    public double EpsilonRoot { get; } = Require.NotNegative(EpsilonRoot);

    /// <summary>Whether m̂ looks one step ahead; not together with the two above.</summary>
    public NesterovForm Nesterov { get; } = Require.Known(Nesterov);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "s", "largest"];

    // s measures gradients against m, and what rounding takes from m alone can be larger than that.
    /// <inheritdoc/>
    protected internal override bool SubtractsWhatItRemembers => true;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = pass.Momentum(Beta1), correct = 1 - Math.Pow(beta1, pass.Step);
        var (onward, straight) = Nesterov switch
        {
            NesterovForm.Plain => (beta1 / correct, (1 - beta1) / correct),
            NesterovForm.BiasCorrected => (beta1 / (1 - Math.Pow(beta1, pass.Step + 1)), (1 - beta1) / correct),
            _ => (1 / correct, 0.0),
        };
        double? r = Rectify ? RAdam.Rectified(Beta2, pass.Step, 4) : 1;
        pass.Run(new AdaBeliefUpdate<L>(this, beta1, pass.Rate * (r * onward ?? 1), pass.Rate * (r * straight ?? 0), r is null, pass.Step), pass[0], pass[1], pass[2]);
    }
}

readonly struct AdaBeliefUpdate<L>(AdaBelief rule, double beta1, double onward, double straight, bool undivided, long t) : IUpdate3<L>
    where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2);
    readonly L onward = L.Of(onward), straight = L.Of(straight), root = L.Of(1 / Math.Sqrt(1 - Math.Pow(rule.Beta2, t))), ε = L.Of(rule.Epsilon);
    readonly L epsilonRoot = L.Of(rule.EpsilonRoot), one = L.Of(1);
    readonly bool amsgrad = rule.Amsgrad;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L s, ref L largest)
    {
        m = β1 * m + rest1 * g;
        L stray = g - m;
        s = β2 * s + rest2 * stray * stray;
        if (amsgrad)
            largest = L.Max(largest, s) + epsilonRoot;
        else
            largest = s += epsilonRoot;
        L divisor = undivided ? one : L.Sqrt(largest) * root + ε;
        return w - (onward * m + straight * g) / divisor;
    }
}
