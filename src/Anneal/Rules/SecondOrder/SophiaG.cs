using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Momentum divided by an estimate of the curvature, each coordinate clipped to one rate.</summary>
/// <remarks>
/// <code>
/// every HessianEvery steps, first of all: h ← β₂·h + (1 − β₂)·g²
/// m ← β₁·m + (1 − β₁)·g     w ← (1 − rate·Decay)·w − rate · sign(m)·min( |m| / (ρ·BatchSize·h + 1e-15), 1 )
/// </code>
/// The square of the same gradient stands for the Gauss–Newton–Bartlett estimate, which would use labels drawn from the model.
/// Liu et al., <see href="https://arxiv.org/abs/2305.14342">Sophia</see> (2023), alg. 3. Typical rate 1e-4, ρ 0.04.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the curvature, [0, 1).</param>
/// <param name="Rho">How early steps are clipped, above 0.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="BatchSize">Samples (tokens) behind a gradient, above 0.</param>
/// <param name="HessianEvery">Steps from one estimate to the next, 1 or above.</param>
public sealed record SophiaG(
    double Beta1 = 0.965, double Beta2 = 0.99, double Rho = 0.04, double Decay = 0.1, double BatchSize = 5120, int HessianEvery = 1) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the curvature, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>How early steps are clipped, above 0.</summary>
    public double Rho { get; } = Require.Positive(Rho);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>Samples (tokens) behind a gradient, above 0.</summary>
    public double BatchSize { get; } = Require.Positive(BatchSize);

    /// <summary>Steps from one estimate to the next, 1 or above.</summary>
    public int HessianEvery { get; } = (int)Require.AtLeast(1, HessianEvery);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "h"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass) =>
        pass.Run(new SophiaGUpdate<L>(this, pass.Momentum(Beta1), pass.Decay(Decay), pass.Rate, (pass.Step - 1) % HessianEvery == 0), pass[0], pass[1]);
}

readonly struct SophiaGUpdate<L>(SophiaG rule, double beta1, double decay, double rate, bool look) : IUpdate2<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(look ? rule.Beta2 : 1), rest2 = L.Of(look ? 1 - rule.Beta2 : 0);
    readonly L keep = L.Of(1 - rate * decay), η = L.Of(rate), scale = L.Of(rule.Rho * rule.BatchSize), tiny = L.Of(1e-15), one = L.Of(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L h)
    {
        h = β2 * h + rest2 * g * g;
        m = β1 * m + rest1 * g;
        return keep * w - L.Signed(η * L.Min(L.Abs(m) / (scale * h + tiny), one), m);
    }
}
