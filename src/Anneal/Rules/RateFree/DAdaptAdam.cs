using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam that finds its own rate: d grows to a lower bound of the distance to the solution. Leave the rate at 1, times a schedule.</summary>
/// <remarks>
/// <code>
/// l = d·rate     r ← √β₂·r + (1 − √β₂)·l·⟨g, s/(√v + ε)⟩     (s and v from before)
/// m ← β₁·m + (1 − β₁)·l·g     v ← β₂·v + (1 − β₂)·g²     s ← √β₂·s + (1 − √β₂)·l·g
/// d ← max(d, min(r / ((1 − √β₂)·‖s‖₁), d·GrowthRate))     w ← (1 − Decay·l)·w − m / (√v + ε)
/// </code>
/// Defazio and Mishchenko, <see href="https://arxiv.org/abs/2301.07733">Learning-Rate-Free Learning by D-Adaptation</see> (2023), alg. 5, in the authors' form.
/// Typical rate 1, times a schedule.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, above 0.</param>
/// <param name="Decay">Weight decay, 0 or above.</param>
/// <param name="Decoupled">Beside the gradient; false adds it to the gradient.</param>
/// <param name="BiasCorrection">Corrects the rate for m and v starting at 0.</param>
/// <param name="D0">First estimate, above 0.</param>
/// <param name="GrowthRate">Most that d grows by in one step, 1 or above, or infinite.</param>
public sealed record DAdaptAdam(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0, bool Decoupled = false, bool BiasCorrection = false,
    double D0 = 1e-6, double GrowthRate = double.PositiveInfinity) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, above 0.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>First estimate, above 0.</summary>
    public double D0 { get; } = Require.Positive(D0);

    /// <summary>Most that d grows by in one step, 1 or above, or infinite.</summary>
    public double GrowthRate { get; } = GrowthRate >= 1 ? GrowthRate : throw new ArgumentOutOfRangeException(nameof(GrowthRate), GrowthRate, "GrowthRate must be 1 or above.");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "v", "s", Slot.ScratchSpace("decayed"), Slot.ScratchSpace("scaled")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["d", "r", "k"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        ref double d = ref pass.Number(0), r = ref pass.Number(1), k = ref pass.Number(2);
        if (pass.Step == 1)
            d = D0;
        double beta1 = pass.Momentum(Beta1), decay = pass.Decay(Decay), rate = pass.Rate, root = Math.Sqrt(Beta2);
        double l = d * rate * (BiasCorrection ? Math.Sqrt(1 - Math.Pow(Beta2, k + 1)) / (1 - Math.Pow(beta1, k + 1)) : 1);
        View<L> g = pass.Gradient, m = pass[0], v = pass[1], s = pass[2];
        if (decay != 0 && !Decoupled)
        {
            g = pass[3];
            pass.Gradient.CopyTo(g);
            pass.Over(new AddScaled<L>(decay), g, pass.Weights);
        }
        if (rate == 0)
            return;
        View<L> scaled = pass[4];
        pass.Over(new Quotient<L>(Epsilon), scaled, s, v);
        double gained = pass.Dot(g, scaled);
        pass.Over(new MixAdd<L>(beta1, l * (1 - beta1)), m, g);
        pass.Over(new MixSquare<L>(1 - Beta2), v, g);
        pass.Over(new MixAdd<L>(root, l * (1 - root)), s, g);
        double length = pass.SumAbs(s);
        if (length == 0)
            return;
        r = root * r + (1 - root) * (l * gained);
        d = Math.Max(d, Math.Min(r / ((1 - root) * length), d * GrowthRate));
        if (decay != 0 && Decoupled)
            pass.Run(new Scale<L>(1 - decay * l));
        pass.Over(new Divide<L>(1, Epsilon), pass.Weights, m, v);
        k++;
    }

    /// <summary>target ← s / (√v + ε)</summary>
    readonly struct Quotient<L>(double epsilon) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly L ε = L.Of(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L target, L s, ref L v) => s / (L.Sqrt(v) + ε);
    }
}

/// <summary>target ← keep · target + add · source</summary>
readonly struct MixAdd<L>(double keep, double add) : IUpdate<L> where L : struct, ILane<L>
{
    readonly L keep = L.Of(keep), add = L.Of(add);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source) => keep * target + add * source;
}
