namespace Anneal;

/// <summary>Multiplies the gradient: takes back the scale of a loss that was enlarged for low precision.</summary>
/// <remarks><code>g ← Factor · g</code></remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Factor">Above 0.</param>
public sealed record GradientScale(Rule Inner, double Factor) : Wrapper(Inner)
{
    /// <summary>Above 0.</summary>
    public double Factor { get; } = Require.Positive(Factor);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("scaled")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        pass.Over(new Assign<L>(Factor), pass[0], pass.Gradient);
        Inside(pass, pass[0]);
    }
}
