using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Gradient descent (with momentum by averaging) that finds its own rate. Leave the rate at 1, times a schedule.</summary>
/// <remarks>
/// <code>
/// l = d·rate / ‖g₀‖     r ← r + l·⟨g, s⟩     s ← s + l·g     d ← max(d, min(2·r/‖s‖, d·GrowthRate))     w ← Momentum·w + (1 − Momentum)·(w₀ − s)
/// </code>
/// Defazio and Mishchenko, <see href="https://arxiv.org/abs/2301.07733">Learning-Rate-Free Learning by D-Adaptation</see> (2023), alg. 4, in the authors' form.
/// ‖g₀‖ is the norm of the first gradient, without decay.
/// Typical rate 1, times a schedule.
/// </remarks>
/// <param name="Beta">Share of the old weights, [0, 1).</param>
/// <param name="Decay">Weight decay, added to the gradient, 0 or above.</param>
/// <param name="D0">First estimate, above 0.</param>
/// <param name="GrowthRate">Most that d grows by in one step, 1 or above, or infinite.</param>
public sealed record DAdaptSgd(double Beta = 0, double Decay = 0, double D0 = 1e-6, double GrowthRate = double.PositiveInfinity) : Rule
{
    /// <summary>Share of the old weights, [0, 1).</summary>
    public double Beta { get; } = Require.BelowOne(Beta);

    /// <summary>Weight decay, added to the gradient, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>First estimate, above 0.</summary>
    public double D0 { get; } = Require.Positive(D0);

    /// <summary>Most that d grows by in one step, 1 or above, or infinite.</summary>
    public double GrowthRate { get; } = GrowthRate >= 1 ? GrowthRate : throw new ArgumentOutOfRangeException(nameof(GrowthRate), GrowthRate, "GrowthRate must be 1 or above.");

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["s", "w0", Slot.ScratchSpace("decayed")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["d", "r", "firstNorm"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        ref double d = ref pass.Number(0), r = ref pass.Number(1), first = ref pass.Number(2);
        View<L> g = pass.Gradient, s = pass[0], w0 = pass[1];
        if (pass.Step == 1)
        {
            d = D0;
            pass.Weights.CopyTo(w0);
        }
        if (first == 0)
            first = pass.Norm(g);
        if (first == 0)
            return;
        double decay = pass.Decay(Decay), l = d * pass.Rate / first;
        if (decay != 0)
        {
            g = pass[2];
            pass.Gradient.CopyTo(g);
            pass.Over(new AddScaled<L>(decay), g, pass.Weights);
        }
        if (pass.Rate > 0)
        {
            r += l * pass.Dot(g, s);
            pass.Over(new AddScaled<L>(l), s, g);
        }
        double length = pass.Norm(s);
        if (length == 0)
            return;
        if (pass.Rate > 0)
            d = Math.Max(d, Math.Min(2 * r / length, d * GrowthRate));
        pass.Over(new Back<L>(1 - pass.Momentum(Beta)), pass.Weights, s, w0);
    }

    readonly struct Back<L>(double share) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly L share = L.Of(share), rest = L.Of(1 - share);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L s, ref L w0) => rest * w + share * (w0 - s);
    }
}
