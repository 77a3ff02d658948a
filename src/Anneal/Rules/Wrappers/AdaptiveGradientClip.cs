namespace Anneal;

/// <summary>Shortens the gradient of each row (each output unit) to a share of the norm of that row's weights.</summary>
/// <remarks>
/// <code>gᵣ ← gᵣ · min(1, ClipFactor · max(‖wᵣ‖, Epsilon) / ‖gᵣ‖)</code>
/// A vector is one row. Brock et al., <see href="https://arxiv.org/abs/2102.06171">High-Performance Large-Scale Image Recognition Without Normalization</see> (2021), eq. 3. Typical ClipFactor 0.01.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="ClipFactor">Above 0.</param>
/// <param name="Epsilon">Least norm of weights, above 0, so that weights at 0 can move.</param>
public sealed record AdaptiveGradientClip(Rule Inner, double ClipFactor = 0.01, double Epsilon = 1e-3) : Wrapper(Inner)
{
    /// <summary>Above 0.</summary>
    public double ClipFactor { get; } = Require.Positive(ClipFactor);

    /// <summary>Least norm of weights, above 0, so that weights at 0 can move.</summary>
    public double Epsilon { get; } = Require.Positive(Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [Slot.ScratchSpace("clipped")];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            int width = one.Shape.IsMatrix ? one.Shape.Columns : one.Shape.Count;
            for (int start = 0; start < one.Shape.Count; start += width)
            {
                View<L> g = one.Gradient.Slice(start, width);
                double limit = ClipFactor * Math.Max(one.Norm(one.Weights.Slice(start, width)), Epsilon);
                one.Over(new Assign<L>(Math.Min(1, limit / one.Norm(g))), one[0].Slice(start, width), g);
            }
        }
        Inside(pass, pass[0]);
    }
}
