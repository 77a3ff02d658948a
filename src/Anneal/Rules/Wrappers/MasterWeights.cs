namespace Anneal;

/// <summary>Lets the rule move weights of full precision that it keeps to itself, and gives out their roundings to 16 bits.</summary>
/// <remarks>
/// <code>W ← rule(W)     w = W, rounded to the format     W = w before the first step</code>
/// What the caller changes in the weights from outside is lost at the next step.
/// Micikevicius et al., <see href="https://arxiv.org/abs/1710.03740">Mixed Precision Training</see> (2018), section 3.1.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Format">The format of the weights that are given out.</param>
/// <param name="Rounding">How they are rounded.</param>
public sealed record MasterWeights(Rule Inner, NumberFormat Format = NumberFormat.BFloat16, Rounding Rounding = Rounding.Nearest) : Wrapper(Inner)
{
    /// <summary>The format of the weights that are given out.</summary>
    public NumberFormat Format { get; } = Require.Known(Format);

    /// <summary>How they are rounded.</summary>
    public Rounding Rounding { get; } = Require.Known(Rounding);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["master"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        View<L> master = pass[0];
        if (pass.Step == 1)
            pass.Weights.CopyTo(master);
        var state = pass.State.Inner[0];
        Inner.Update<L>(new(state, master, pass.Gradient, pass.StepOptions, pass.Oracle));
        state.Steps++;
        master.CopyTo(pass.Weights);
        pass.Round(pass.Weights, Format, Rounding);
    }
}
