namespace Anneal;

/// <summary>Shortens the gradient of each tensor to a largest norm of its own.</summary>
/// <remarks><code>gₖ ← gₖ · min(1, MaxNorm / ‖gₖ‖)</code></remarks>
/// <param name="Inner">The rule.</param>
/// <param name="MaxNorm">Above 0.</param>
public sealed record ClipByNorm(Rule Inner, double MaxNorm) : Wrapper(Inner)
{
    /// <summary>Above 0.</summary>
    public double MaxNorm { get; } = Require.Positive(MaxNorm);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("clipped")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            one.Over(new Assign<L>(Math.Min(1, MaxNorm / one.Norm(one.Gradient))), one[0], one.Gradient);
        }
        Inside(pass, pass[0]);
    }
}
