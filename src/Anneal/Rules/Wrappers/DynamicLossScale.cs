namespace Anneal;

/// <summary>Divides gradients of a loss that was multiplied so that they do not vanish in float16, and finds the factor: halves it after an overflow, doubles it after many steps without.</summary>
/// <remarks>
/// <code>
/// a gradient with an infinity or a NaN:  scale ← BackoffFactor·scale, no step          else:  the rule steps on g / scale;  after GrowthInterval such steps  scale ← GrowthFactor·scale
/// </code>
/// The caller multiplies the loss, or the gradient, by <see cref="ScaleOf"/>. With a <paramref name="Simulated"/> format the wrapper does it: it multiplies the true gradient, rounds it to the
/// format as a network in it would, and goes on from there; below 3e-8 / scale float16 gives 0, above 65504 / scale infinity.
/// Micikevicius et al., <see href="https://arxiv.org/abs/1710.03740">Mixed Precision Training</see> (2018), section 3.2; values of PyTorch's <c>GradScaler</c>. The state's <c>skipped</c> counts overflows.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="InitialScale">The scale before the first step, a normal 32-bit number above 0; a power of 2 changes no digits.</param>
/// <param name="GrowthFactor">Factor after many steps without overflow, 1 or above.</param>
/// <param name="BackoffFactor">Factor after an overflow, above 0 and below 1.</param>
/// <param name="GrowthInterval">Steps without overflow before it grows, 1 or above.</param>
/// <param name="Simulated">Rounds gradients to this format; null takes them as they come.</param>
public sealed record DynamicLossScale(
    Rule Inner, double InitialScale = 65_536, double GrowthFactor = 2, double BackoffFactor = 0.5, int GrowthInterval = 2_000, NumberFormat? Simulated = null) : Wrapper(Inner)
{
    /// <summary>What a scale stays within: the normal 32-bit numbers, as it multiplies losses of that precision.</summary>
    const double Least = 1.1754943508222875e-38, Most = float.MaxValue;

    /// <summary>The scale before the first step, a normal 32-bit number above 0.</summary>
    public double InitialScale { get; } = Require.AtMost(Most, "the largest 32-bit number", Require.AtLeast(Least, InitialScale), nameof(InitialScale));

    /// <summary>Factor after many steps without overflow, 1 or above.</summary>
    public double GrowthFactor { get; } = Require.AtLeast(1, GrowthFactor);

    /// <summary>Factor after an overflow, above 0 and below 1.</summary>
    public double BackoffFactor { get; } = Require.BelowOne(Require.Positive(BackoffFactor), nameof(BackoffFactor));

    /// <summary>Steps without overflow before the scale grows, 1 or above.</summary>
    public int GrowthInterval { get; } = (int)Require.AtLeast(1, GrowthInterval);

    /// <summary>The format that gradients are rounded to; null takes them as they come.</summary>
    public NumberFormat? Simulated { get; } = Simulated is NumberFormat format ? Require.Known(format, nameof(Simulated)) : null;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["scale", "good", "skipped"];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("unscaled")];

    /// <summary>What the loss of the next step is to be multiplied by.</summary>
    public double ScaleOf(RuleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Fits(state) ? Current(state.Numbers[0]) : throw new ArgumentException($"A state of {state.Kind} does not fit {Kind}.", nameof(state));
    }

    // Before the first step the number is 0.
    double Current(double remembered) => remembered > 0 ? remembered : InitialScale;

    /// <summary>Where scale and count stand after a gradient that was finite, or was not: what a loop that unscales gradients itself goes by.</summary>
    /// <param name="scale">What the loss was multiplied by.</param>
    /// <param name="good">Finite gradients since the scale last changed.</param>
    /// <param name="finite">Whether this one was.</param>
    public (double Scale, int Good) Next(double scale, int good, bool finite) =>
        !finite ? (Math.Max(BackoffFactor * scale, Least), 0)
        : good + 1 < GrowthInterval ? (scale, good + 1)
        : (Math.Min(GrowthFactor * scale, Most), 0);

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        ref double scale = ref pass.Number(0), good = ref pass.Number(1);
        scale = Current(scale);
        View<L> g = pass[0];
        if (Simulated is NumberFormat format)
        {
            pass.Over(new Assign<L>(scale), g, pass.Gradient);
            pass.Round(g, format, Rounding.Nearest);
        }
        else
            pass.Gradient.CopyTo(g);
        bool finite = NotFinite.First(g, pass.Threads) < 0;
        if (finite)
        {
            pass.Over(new Assign<L>(1 / scale), g, g);
            Inside(pass, g);
        }
        else
        {
            pass.Number(2)++;
        }
        (scale, good) = Next(scale, (int)good, finite);
    }
}
