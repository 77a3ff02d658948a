namespace Anneal;

/// <summary>Takes gradients of a loss that was multiplied so that they do not vanish in float16, divides them again, and finds the factor: halves it after an overflow, doubles it after a long time without.</summary>
/// <remarks>
/// <code>
/// a gradient with an infinity or a NaN:  scale ← Backoff·scale, no step          else:  the rule steps on g / scale;  after Every such steps  scale ← Growth·scale
/// </code>
/// The caller multiplies the loss, or the gradient, by <see cref="ScaleOf"/>. With a <paramref name="Simulated"/> format the wrapper does it: it multiplies the true gradient, rounds it to the
/// format as a network in it would, and goes on from there; below 6e-8 / scale float16 gives 0, above 65504 / scale infinity.
/// Micikevicius et al., <see href="https://arxiv.org/abs/1710.03740">Mixed Precision Training</see> (2018), section 3.2; values of PyTorch's <c>GradScaler</c>. The state's <c>skipped</c> counts overflows.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Initial">The scale before the first step, above 0.</param>
/// <param name="Growth">Factor after a long time without overflow, 1 or above.</param>
/// <param name="Backoff">Factor after an overflow, above 0 and below 1.</param>
/// <param name="Every">Steps without overflow before it grows, 1 or above.</param>
/// <param name="Simulated">Rounds gradients to this format; null takes them as they come.</param>
public sealed record LossScale(Rule Inner, double Initial = 65536, double Growth = 2, double Backoff = 0.5, int Every = 2000, NumberFormat? Simulated = null) : Wrapper(Inner)
{
    public double Initial { get; } = Require.Positive(Initial);
    public double Growth { get; } = Require.AtLeast(1, Growth);
    public double Backoff { get; } = Require.BelowOne(Require.Positive(Backoff), nameof(Backoff));
    public int Every { get; } = (int)Require.AtLeast(1, Every);
    public NumberFormat? Simulated { get; } = Simulated is NumberFormat format ? Require.Known(format, nameof(Simulated)) : null;

    protected internal override IReadOnlyList<string> NumberNames => ["scale", "good", "skipped"];

    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("unscaled")];

    /// <summary>What the loss of the next step is to be multiplied by.</summary>
    public double ScaleOf(RuleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Fits(state) ? Current(state.Numbers[0]) : throw new ArgumentException($"A state of {state.Kind} does not fit {Kind}.", nameof(state));
    }

    double Current(double remembered) => remembered > 0 ? remembered : Initial;

    protected internal override void Update<L>(in Pass<L> pass)
    {
        ref double scale = ref pass.Number(0), good = ref pass.Number(1);
        scale = Current(scale);
        View<L> g = pass[0];
        if (Simulated is NumberFormat format)
        {
            pass.Over(new Assign<L>(scale), g, pass.Gradient);
            WeightRounding.Round(g, format, Rounding.Nearest, default, pass.Threads);
        }
        else
            pass.Gradient.CopyTo(g);
        if (NotFinite.First(g, pass.Threads) >= 0)
        {
            scale *= Backoff;
            good = 0;
            pass.Number(2)++;
            return;
        }
        pass.Over(new Assign<L>(1 / scale), g, g);
        Inside(pass, g);
        if (++good < Every)
            return;
        scale *= Growth;
        good = 0;
    }
}
