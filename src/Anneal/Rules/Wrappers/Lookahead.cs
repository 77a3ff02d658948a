namespace Anneal;

/// <summary>Lets the rule run ahead for some steps, then goes a part of the way with slow weights and starts again from there.</summary>
/// <remarks>
/// <code>every SyncPeriod steps:  s ← s + SlowStepSize·(w − s),  w ← s</code>
/// Zhang et al., <see href="https://arxiv.org/abs/1907.08610">Lookahead Optimizer: k steps forward, 1 step back</see> (2019). Typical SyncPeriod 5, SlowStepSize ½.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="SyncPeriod">Steps ahead, 1 or above.</param>
/// <param name="SlowStepSize">Part of the way that is kept, [0, 1].</param>
public sealed record Lookahead(Rule Inner, int SyncPeriod = 5, double SlowStepSize = 0.5) : Wrapper(Inner)
{
    /// <summary>Steps ahead, 1 or above.</summary>
    public int SyncPeriod { get; } = (int)Require.AtLeast(1, SyncPeriod);

    /// <summary>Part of the way that is kept, [0, 1].</summary>
    public double SlowStepSize { get; } = Require.Fraction(SlowStepSize);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["slow"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        if (pass.Step == 1)
            pass.Weights.CopyTo(pass[0]);
        Inside(pass, pass.Gradient);
        if (pass.Step % SyncPeriod != 0)
            return;
        pass.Over(new Mix<L>(SlowStepSize), pass[0], pass.Weights);
        pass[0].CopyTo(pass.Weights);
    }
}
