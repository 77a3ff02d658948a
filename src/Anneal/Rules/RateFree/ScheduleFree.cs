using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>What the three schedule-free rules share: gradients are taken at y, steps are made on z, and x, their weighted average, is the answer.</summary>
/// <remarks>
/// <code>
/// cₜ = weightₜ / Σ weight     weightₜ = t^Power · (largest rate so far)^RatePower
/// y ← (1 − cₜ)·y + cₜ·z + rate·(β·(1 − cₜ) − 1)·d     z ← z − rate·d     x = y + (1 − 1/β)·(z − y)
/// </code>
/// The weights the caller holds are y; what is evaluated and kept is always x (<see cref="Rule.GetEvaluationWeights(RuleState, ReadOnlySpan{double}, Span{double})"/>),
/// so there is no mode to forget. Typical β 0.9, 0.95 to 0.98 for very long runs. Defazio et al., <see href="https://arxiv.org/abs/2405.15682">The Road Less Scheduled</see> (2024).
/// </remarks>
/// <param name="Beta">Where between z and x the gradient is taken, above 0 and below 1.</param>
/// <param name="Power">Power of t in the weights, 0 or above.</param>
/// <param name="RatePower">Power of the rate in the weights, 0 or above.</param>
/// <param name="Decay">Weight decay, at y, per unit of rate, 0 or above.</param>
public abstract record ScheduleFree(double Beta, double Power, double RatePower, double Decay) : Rule
{
    /// <summary>Where between z and x the gradient is taken, above 0 and below 1.</summary>
    public double Beta { get; } = Require.BelowOne(Require.Positive(Beta));

    /// <summary>Power of t in the weights, 0 or above.</summary>
    public double Power { get; } = Require.NotNegative(Power);

    /// <summary>Power of the rate in the weights, 0 or above.</summary>
    public double RatePower { get; } = Require.NotNegative(RatePower);

    /// <summary>Weight decay, at y, per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <inheritdoc/>
    protected internal sealed override IReadOnlyList<string> NumberNames => ["weights", "largestRate"];

    /// <summary>The share of this step in the average x.</summary>
    private protected double Share<L>(in Pass<L> pass, double rate) where L : struct, ILane<L>
    {
        ref double sum = ref pass.Number(0), largest = ref pass.Number(1);
        largest = Math.Max(rate, largest);
        double weight = Math.Pow(pass.Step, Power) * Math.Pow(largest, RatePower);
        sum += weight;
        return sum == 0 ? 0 : weight / sum;
    }

    /// <inheritdoc/>
    protected internal sealed override void GetEvaluationWeights<L>(in Pass<L> pass)
    {
        if (pass.Step > 1)
            pass.Over(new Mix<L>(1 - 1 / Beta), pass.Weights, pass[0]);
    }

    private protected static double Warm(long t, int warmupSteps) => t - 1 < warmupSteps ? (double)t / warmupSteps : 1;
}

/// <summary>The part of a schedule-free step that follows once the direction is known.</summary>
readonly struct FreeStep<L>(double share, double rate, double beta) where L : struct, ILane<L>
{
    readonly L share = L.Of(share), along = L.Of(rate * (beta * (1 - share) - 1)), η = L.Of(rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L y, L d, ref L z)
    {
        y = y + share * (z - y) + along * d;
        z -= η * d;
        return y;
    }
}

/// <summary>Schedule-free gradient descent: see <see cref="ScheduleFree"/>; d = g + Decay·y.</summary>
/// <remarks>Typical rate ten to fifty times that of plain descent, after a warm-up.</remarks>
/// <param name="Beta">Where between z and x the gradient is taken, above 0 and below 1.</param>
/// <param name="Power">Power of t in the weights, 0 or above.</param>
/// <param name="RatePower">Power of the rate in the weights, 0 or above.</param>
/// <param name="Decay">Weight decay, at y, per unit of rate, 0 or above.</param>
/// <param name="WarmupSteps">The rate rises as t/WarmupSteps, counted from 1; 0 for none.</param>
public sealed record ScheduleFreeSgd(double Beta = 0.9, double Power = 0, double RatePower = 2, double Decay = 0, int WarmupSteps = 0)
    : ScheduleFree(Beta, Power, RatePower, Decay)
{
    /// <summary>The rate rises as t/WarmupSteps, counted from 1; 0 for none.</summary>
    public int WarmupSteps { get; } = (int)Require.NotNegative(WarmupSteps);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["z"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Weights.CopyTo(pass[0]);
        double rate = pass.Rate * Warm(pass.Step, WarmupSteps);
        pass.Run(new Along<L>(Share(pass, rate), rate, Beta, pass.Decay(Decay)), pass[0]);
    }

    readonly struct Along<L>(double share, double rate, double beta, double decay) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly FreeStep<L> step = new(share, rate, beta);
        readonly L λ = L.Of(decay);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L y, L g, ref L z) => step.Apply(y, g + λ * y, ref z);
    }
}

/// <summary>Schedule-free AdamW: see <see cref="ScheduleFree"/>; d = g / (√v̂ + ε) + Decay·y.</summary>
/// <remarks>With inner momentum, the corrected mean of the gradients takes the place of g. Typical rate one to ten times that of AdamW, after a warm-up.</remarks>
/// <param name="Beta">Where between z and x the gradient is taken, above 0 and below 1: the place of β₁.</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Power">Power of t in the weights, 0 or above.</param>
/// <param name="RatePower">Power of the rate in the weights, 0 or above.</param>
/// <param name="Decay">Weight decay, at y, per unit of rate, 0 or above.</param>
/// <param name="WarmupSteps">The rate rises as t/WarmupSteps, counted from 1; 0 for none.</param>
/// <param name="InnerMomentum">[0, 1).</param>
public sealed record ScheduleFreeAdamW(
    double Beta = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Power = 0, double RatePower = 2, double Decay = 0, int WarmupSteps = 0,
    double InnerMomentum = 0) : ScheduleFree(Beta, Power, RatePower, Decay)
{
    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>The rate rises as t/WarmupSteps, counted from 1; 0 for none.</summary>
    public int WarmupSteps { get; } = (int)Require.NotNegative(WarmupSteps);

    /// <summary>[0, 1).</summary>
    public double InnerMomentum { get; } = Require.BelowOne(InnerMomentum);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["z", "v", "m"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Weights.CopyTo(pass[0]);
        double rate = pass.Rate * Warm(pass.Step, WarmupSteps);
        pass.Run(new Along<L>(this, Share(pass, rate), rate, pass.Decay(Decay), pass.Step), pass[0], pass[1], pass[2]);
    }

    readonly struct Along<L>(ScheduleFreeAdamW rule, double share, double rate, double decay, long t) : IUpdate3<L> where L : struct, ILane<L>
    {
        readonly FreeStep<L> step = new(share, rate, rule.Beta);
        readonly L λ = L.Of(decay), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), correct2 = L.Of(1 - Math.Pow(rule.Beta2, t)), ε = L.Of(rule.Epsilon);
        readonly L β1 = L.Of(rule.InnerMomentum), rest1 = L.Of(1 - rule.InnerMomentum), correct1 = L.Of(1 - Math.Pow(rule.InnerMomentum, t));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L y, L g, ref L z, ref L v, ref L m)
        {
            v = β2 * v + rest2 * g * g;
            m = β1 * m + rest1 * g;
            return step.Apply(y, m / correct1 / (L.Sqrt(v / correct2) + ε) + λ * y, ref z);
        }
    }
}

/// <summary>Schedule-free RAdam: see <see cref="ScheduleFree"/>; needs no warm-up of its own.</summary>
/// <remarks>
/// d = g / (√v̂ + ε) + Decay·y at rate·r with the r of <see cref="RAdam"/> once ρₜ &gt; 4; until then d = g + Decay·y at the full rate, or at rate 0
/// with <paramref name="SilentSgdPhase"/>.
/// </remarks>
/// <param name="Beta">Where between z and x the gradient is taken, above 0 and below 1: the place of β₁.</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Power">Power of t in the weights, 0 or above.</param>
/// <param name="RatePower">Power of the rate in the weights, 0 or above.</param>
/// <param name="Decay">Weight decay, at y, per unit of rate, 0 or above.</param>
/// <param name="SilentSgdPhase">Stands still until the mean square can be trusted.</param>
public sealed record ScheduleFreeRAdam(
    double Beta = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Power = 0, double RatePower = 2, double Decay = 0, bool SilentSgdPhase = true)
    : ScheduleFree(Beta, Power, RatePower, Decay)
{
    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["z", "v"];

    /// <inheritdoc/>
    protected internal override bool RemembersOnLanes => false;

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Weights.CopyTo(pass[0]);
        double? r = RAdam.Rectified(Beta2, pass.Step, 4);
        double rate = pass.Rate * (r ?? (SilentSgdPhase ? 0 : 1));
        pass.Run(new Along<L>(this, Share(pass, rate), rate, pass.Decay(Decay), r is not null, pass.Step), pass[0], pass[1]);
    }

    readonly struct Along<L>(ScheduleFreeRAdam rule, double share, double rate, double decay, bool divided, long t) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly FreeStep<L> step = new(share, rate, rule.Beta);
        readonly L λ = L.Of(decay), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), correct2 = L.Of(1 - Math.Pow(rule.Beta2, t)), ε = L.Of(rule.Epsilon);
        readonly L one = L.Of(1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L y, L g, ref L z, ref L v)
        {
            v = β2 * v + rest2 * g * g;
            return step.Apply(y, g / (divided ? L.Sqrt(v / correct2) + ε : one) + λ * y, ref z);
        }
    }
}
