using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam whose rate per weight is held between two bounds that close in on one rate: Adam turns into SGD.</summary>
/// <remarks>
/// <code>
/// ηₜ = clamp( rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ) / (√v + ε),  f·(1 − 1/(Gamma·t + 1)),  f·(1 + 1/(Gamma·t)) )     w ← w − ηₜ·m
/// f = FinalRate · rate / BaseRate
/// </code>
/// Luo et al., <see href="https://arxiv.org/abs/1902.09843">Adaptive Gradient Methods with Dynamic Bound of Learning Rate</see> (2019).
/// Typical rate 1e-3, FinalRate 0.1, Gamma 1e-3.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="FinalRate">The rate of the SGD it turns into, above 0.</param>
/// <param name="Gamma">How fast the bounds close, above 0.</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Amsgrad">Keeps the largest v.</param>
/// <param name="BaseRate">The rate at which the bounds close in on FinalRate, above 0; null for that of the first step.</param>
public sealed record AdaBound(
    double Beta1 = 0.9, double Beta2 = 0.999, double FinalRate = 0.1, double Gamma = 1e-3, double Epsilon = 1e-8, bool Amsgrad = false,
    double? BaseRate = null) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>The rate of the SGD it turns into, above 0.</summary>
    public double FinalRate { get; } = Require.Positive(FinalRate);

    /// <summary>How fast the bounds close, above 0.</summary>
    public double Gamma { get; } = Require.Positive(Gamma);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>The rate at which the bounds close in on FinalRate, above 0; null for that of the first step.</summary>
    public double? BaseRate { get; } = BaseRate is double rate ? Require.Positive(rate, nameof(BaseRate)) : null;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v", "largest"];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["firstRate"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Number(0) == 0)
            pass.Number(0) = BaseRate ?? pass.Rate;
        double final = pass.Rate == 0 ? 0 : FinalRate * (pass.Rate / pass.Number(0));
        pass.Run(new AdaBoundUpdate<L>(this, pass.Momentum(Beta1), pass.Rate, final, pass.Step), pass[0], pass[1], pass[2]);
    }
}

readonly struct AdaBoundUpdate<L>(AdaBound rule, double beta1, double rate, double final, long t) : IUpdate3<L> where L : struct, ILane<L>
{
    readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), ε = L.Of(rule.Epsilon);
    readonly L move = L.Of(rate * Math.Sqrt(1 - Math.Pow(rule.Beta2, t)) / (1 - Math.Pow(beta1, t)));
    readonly L low = L.Of(final * (1 - 1 / (rule.Gamma * t + 1))), high = L.Of(final * (1 + 1 / (rule.Gamma * t)));
    readonly bool amsgrad = rule.Amsgrad;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L m, ref L v, ref L largest)
    {
        m = β1 * m + rest1 * g;
        v = β2 * v + rest2 * g * g;
        largest = amsgrad ? L.Max(largest, v) : v;
        return w - Lane.Clamp(move / (L.Sqrt(largest) + ε), low, high) * m;
    }
}
