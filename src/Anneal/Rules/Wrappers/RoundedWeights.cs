namespace Anneal;

/// <summary>Keeps weights in 16 bits: after every step of the rule they are rounded, by chance so that small steps survive on average, or to nearest.</summary>
/// <remarks>
/// <code>w ← rule(w), rounded to the format</code>
/// The array the caller holds stays one of 32 or 64 bits; the numbers in it are those of the format. Random bits depend on <see cref="StepOptions.Seed"/>, the update and the index alone.
/// A weight of 1 in bfloat16 has neighbours 2⁻⁷ above and 2⁻⁸ below: to nearest, steps below 2⁻⁹ never move it.
/// Zamirai et al., <see href="https://arxiv.org/abs/2010.06192">Revisiting BFloat16 Training</see> (2020), section 4.1. It belongs outside of wrappers that move weights themselves.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Format">The format.</param>
/// <param name="Rounding">How weights are rounded.</param>
public sealed record RoundedWeights(Rule Inner, NumberFormat Format = NumberFormat.BFloat16, Rounding Rounding = Rounding.Stochastic) : Wrapper(Inner)
{
    /// <summary>The format.</summary>
    public NumberFormat Format { get; } = Require.Known(Format);

    /// <summary>How weights are rounded.</summary>
    public Rounding Rounding { get; } = Require.Known(Rounding);

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        Inside(pass, pass.Gradient);
        pass.Round(pass.Weights, Format, Rounding);
    }
}
