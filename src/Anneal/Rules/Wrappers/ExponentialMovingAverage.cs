namespace Anneal;

/// <summary>Keeps a moving average of the weights, and evaluates that: Decay 0.999 remembers about the last 1000 steps.</summary>
/// <remarks>
/// <code>x ← decayₜ·x + (1 − decayₜ)·w     decayₜ = min(Decay, (1 + t)/(10 + t)) with Warmup, else Decay     x = w before the first step</code>
/// Polyak and Juditsky (1992); Morales-Brotons et al., <see href="https://arxiv.org/abs/2411.18704">Exponential Moving Average of Weights in Deep Learning</see> (2024).
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Decay">Share of the average that is kept, [0, 1).</param>
/// <param name="Warmup">Keeps less in the first steps, so that the start is soon forgotten.</param>
public sealed record ExponentialMovingAverage(Rule Inner, double Decay = 0.999, bool Warmup = false) : Wrapper(Inner)
{
    /// <summary>Share of the average that is kept, [0, 1).</summary>
    public double Decay { get; } = Require.BelowOne(Decay);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["average"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Weights.CopyTo(pass[0]);
        Inside(pass, pass.Gradient);
        double t = pass.Step, decay = Warmup ? Math.Min(Decay, (1 + t) / (10 + t)) : Decay;
        pass.Over(new Mix<L>(1 - decay), pass[0], pass.Weights);
    }

    /// <inheritdoc/>
    protected internal override void GetEvaluationWeights<L>(in Pass<L> pass)
    {
        if (pass.Step > 1)
            pass[0].CopyTo(pass.Weights);
    }
}
