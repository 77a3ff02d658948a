namespace Anneal;

/// <summary>Climbs instead of descending: the rule sees −g.</summary>
/// <param name="Inner">The rule.</param>
public sealed record Maximize(Rule Inner) : Wrapper(Inner)
{
    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("negated")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        pass.Over(new Assign<L>(-1), pass[0], pass.Gradient);
        Inside(pass, pass[0]);
    }
}
