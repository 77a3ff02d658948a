namespace Anneal;

/// <summary>Keeps weights in 16 bits and, beside each, what the last rounding lost, which the next step makes good: Kahan's summation.</summary>
/// <remarks>
/// <code>
/// Δ = the step of the rule     y = Δ + lost     w′ = w + y, rounded to nearest     lost ← y − (w′ − w), rounded to nearest     w ← w′
/// </code>
/// A step of a weight between 1 and 2 is off by at most 2⁻¹⁷ in bfloat16 and 2⁻²³ in float16, and smaller steps than that are lost. The array the caller holds stays one of 32 or 64 bits;
/// the numbers in it are those of the format.
/// Zamirai et al., <see href="https://arxiv.org/abs/2010.06192">Revisiting BFloat16 Training</see> (2020), section 4.2; Kahan (1965).
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Format">The format of weights and of what is lost.</param>
public sealed record KahanWeights(Rule Inner, NumberFormat Format = NumberFormat.BFloat16) : Wrapper(Inner)
{
    /// <summary>The format of weights and of what is lost.</summary>
    public NumberFormat Format { get; } = Require.Known(Format);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["lost", Slot.ScratchSpace("before")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Round(pass.Weights, Format, Rounding.Nearest);
        pass.Weights.CopyTo(pass[1]);
        Inside(pass, pass.Gradient);
        if (pass.State.Exact)
        {
            pass.Over(new AddScaled<L>(1), pass.Weights, pass[0]);
            pass.Over(new Assign<L>(0), pass[0], pass[0]);
        }
        else
            WeightRounding.Kahan(pass.Weights, pass[1], pass[0], Format, pass.Threads);
    }
}
