using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam that waits with the division until the mean square rests on enough gradients.</summary>
/// <remarks>
/// <code>
/// ρ∞ = 2/(1 − β₂) − 1     ρₜ = ρ∞ − 2·t·β₂ᵗ/(1 − β₂ᵗ)     r = √( (ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ) )
/// w ← w − rate · r · m̂ · √(1 − β₂ᵗ) / (√v + ε)     while ρₜ ≤ Threshold:  w ← w − rate · m̂
/// </code>
/// Liu et al., <see href="https://arxiv.org/abs/1908.03265">On the Variance of the Adaptive Learning Rate</see> (2020), which has threshold 4; PyTorch and optax take 5. optax adds ε after v's correction: EpsilonHat false.
/// Typical rate 1e-3.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Threshold">Length of memory from which the division is trusted, 4 or above.</param>
/// <param name="EpsilonRoot">Under the root, unit of a squared gradient, 0 or above.</param>
/// <param name="EpsilonHat">Adds ε to √v before v is corrected.</param>
/// <param name="Nesterov">Whether m̂ looks one step ahead.</param>
public sealed record RAdam(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Threshold = 5, double EpsilonRoot = 0, bool EpsilonHat = true,
    NesterovForm Nesterov = NesterovForm.Off) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Length of memory from which the division is trusted, 4 or above.</summary>
    public double Threshold { get; } = Require.AtLeast(4, Threshold);

    /// <summary>Under the root, unit of a squared gradient, 0 or above.</summary>
    public double EpsilonRoot { get; } = Require.NotNegative(EpsilonRoot);

    /// <summary>Whether m̂ looks one step ahead.</summary>
    public NesterovForm Nesterov { get; } = Require.Known(Nesterov);

    readonly Adam adam = new(Beta1, Beta2, Epsilon, EpsilonRoot: EpsilonRoot, EpsilonHat: EpsilonHat, Nesterov: Nesterov);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double? r = Rectified(Beta2, pass.Step, Threshold);
        double beta1 = pass.Momentum(Beta1);
        if (r is double trusted)
            pass.Run(new AdamUpdate<L>(adam, beta1, 0, pass.Rate * trusted, pass.Step), pass[0], pass[1]);
        else
            pass.Run(new Undivided<L>(adam, beta1, pass.Rate, pass.Step), pass[0], pass[1]);
    }

    /// <summary>The factor r, or null while the memory is too short.</summary>
    internal static double? Rectified(double beta2, long t, double threshold)
    {
        double power = Math.Pow(beta2, t), ρ = 2 / (1 - beta2) - 1, ρt = ρ - 2 * t * power / (1 - power);
        return ρt > threshold ? Math.Sqrt((ρt - 4) * (ρt - 2) * ρ / ((ρ - 4) * (ρ - 2) * ρt)) : null;
    }
}

/// <summary>Adam's averages, but a step along the mean alone.</summary>
readonly struct Undivided<L>(Adam rule, double beta1, double rate, long t) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2);
    readonly L onward = L.Of(rate * rule.Nesterov switch
    {
        NesterovForm.Plain => beta1 / (1 - Math.Pow(beta1, t)),
        NesterovForm.BiasCorrected => beta1 / (1 - Math.Pow(beta1, t + 1)),
        _ => 1 / (1 - Math.Pow(beta1, t)),
    });

    readonly L straight = L.Of(rule.Nesterov == NesterovForm.Off ? 0 : rate * (1 - beta1) / (1 - Math.Pow(beta1, t)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v)
    {
        m = β1 * m + rest1 * g;
        v = β2 * v + rest2 * g * g;
        return w - onward * m - straight * g;
    }
}
