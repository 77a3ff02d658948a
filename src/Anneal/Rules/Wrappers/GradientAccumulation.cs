namespace Anneal;

/// <summary>Adds up the gradients of several steps and lets the rule see their mean: a large batch in small parts.</summary>
/// <remarks>
/// <code>a ← a + g     every Steps steps: the rule steps with a / Steps,  a ← 0</code>
/// In between the weights rest, and <see cref="RuleState.Updates"/>, which schedules are asked at, does not count on.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Every">Gradients per update, 1 or above.</param>
public sealed record GradientAccumulation(Rule Inner, int Every) : Wrapper(Inner)
{
    /// <summary>Gradients per update, 1 or above.</summary>
    public int Every { get; } = (int)Require.AtLeast(1, Every);

    internal override long UpdatesIn(long steps) => base.UpdatesIn(steps / Every);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["sum", Slot.ScratchSpace("mean")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        pass.Over(new AddScaled<L>(1), pass[0], pass.Gradient);
        if (pass.Step % Every != 0)
            return;
        pass.Over(new Assign<L>(1.0 / Every), pass[1], pass[0]);
        pass.Over(new Assign<L>(0), pass[0], pass[1]);
        Inside(pass, pass[1]);
    }
}
