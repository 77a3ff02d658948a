using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Gradient descent at a falling rate, whose average over the later steps is the answer.</summary>
/// <remarks>
/// <code>
/// w ← (1 − Lambda·ηₜ)·w − ηₜ·g     ηₜ₊₁ = rate / (1 + Lambda·rate·t)^Alpha     η₁ = rate
/// x ← x + (w − x) / max(1, t − T0)
/// </code>
/// The average x is what is evaluated. Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging (1992), in PyTorch's form.
/// Typical rate 0.01.
/// </remarks>
/// <param name="Lambda">Decay term, 0 or above.</param>
/// <param name="Alpha">Power of the rate's decay, 0 or above.</param>
/// <param name="T0">Step t₀ after which averaging begins, 0 or above.</param>
public sealed record Asgd(double Lambda = 1e-4, double Alpha = 0.75, double T0 = 1e6) : Rule
{
    /// <summary>Decay term, 0 or above.</summary>
    public double Lambda { get; } = Require.NotNegative(Lambda);

    /// <summary>Power of the rate's decay, 0 or above.</summary>
    public double Alpha { get; } = Require.NotNegative(Alpha);

    /// <summary>Step t₀ after which averaging begins, 0 or above.</summary>
    public double T0 { get; } = Require.NotNegative(T0);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["x"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["rate"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        long t = pass.Step;
        double η = t == 1 ? pass.Rate : pass.Number(0);
        // The weight of this step in the average was settled at the end of the step before.
        double μ = t == 1 ? 1 : 1 / Math.Max(1, t - 1 - T0);
        pass.Run(new AsgdUpdate<L>(η, Lambda, μ), pass[0]);
        pass.Number(0) = pass.Rate / Math.Pow(1 + Lambda * pass.Rate * t, Alpha);
    }

    /// <inheritdoc/>
    protected internal override void GetEvaluationWeights<L>(in Pass<L> pass)
    {
        if (pass.Step > 1)
            pass[0].CopyTo(pass.Weights);
    }
}

readonly struct AsgdUpdate<L>(double rate, double lambda, double share) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L η = L.Of(rate), keep = L.Of(1 - lambda * rate), μ = L.Of(share), rest = L.Of(1 - share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, ref L x)
    {
        w = keep * w - η * g;
        x = rest * x + μ * w;
        return w;
    }
}
