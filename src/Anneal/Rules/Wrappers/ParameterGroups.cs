namespace Anneal;

/// <summary>Some tensors of a layout under knobs of their own.</summary>
/// <param name="Tensors">Which: names, where a * at the end stands for any ending; or <c>vectors</c> or <c>matrices</c> for all of a kind.</param>
/// <param name="RateFactor">The rate is multiplied by this, 0 or above; 0 freezes.</param>
/// <param name="DecayFactor">The rule's weight decay is multiplied by this, 0 or above: 0 for none, as usual for biases and norms.</param>
/// <param name="Rate">A schedule of their own, asked at the updates made, in the place of the common rate; multiplied by the factor too.</param>
/// <param name="Momentum">A schedule for the momentum (or β₁), of values below 1.</param>
/// <param name="Decay">A schedule that the rule's weight decay is multiplied by, beside the factor.</param>
public sealed record ParameterGroup(
    string Tensors, double RateFactor = 1, double DecayFactor = 1, Schedule? Rate = null, Schedule? Momentum = null, Schedule? Decay = null)
{
    public string Tensors { get; } = Tensors ?? throw new ArgumentNullException(nameof(Tensors));
    public double RateFactor { get; } = Require.NotNegative(RateFactor);
    public double DecayFactor { get; } = Require.NotNegative(DecayFactor);

    internal bool Has(Tensor t) => Tensors switch
    {
        "vectors" => !t.IsMatrix,
        "matrices" => t.IsMatrix,
        _ when Tensors.EndsWith('*') => t.Name.StartsWith(Tensors[..^1], StringComparison.Ordinal),
        _ => t.Name == Tensors,
    };
}

/// <summary>Different knobs for different tensors: each tensor belongs to the first group that names it; the rest keeps the common ones.</summary>
/// <remarks>A rule that looks at all weights together (a global norm, an estimated distance) sees each tensor alone.</remarks>
/// <param name="Inner">The rule.</param>
/// <param name="Groups">In order; the first that fits decides.</param>
public sealed record ParameterGroups(Rule Inner, IReadOnlyList<ParameterGroup> Groups) : Wrapper(Inner)
{
    public IReadOnlyList<ParameterGroup> Groups { get; } = Items<ParameterGroup>.Of(Groups);

    protected internal override IReadOnlyList<(Rule Rule, Layout Layout)> Parts(Layout layout)
    {
        foreach (var group in Groups)
            if (!layout.Tensors.Any(group.Has))
                throw new ArgumentException($"No tensor belongs to the group '{group.Tensors}'; there are: {layout}.", nameof(layout));
        return [.. layout.Tensors.Select(t => (Inner, Layout.Of((t.Name, (int[])[.. t.Dimensions]))))];
    }

    protected internal override void Update<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            var state = pass.State.Inner[k];
            Inner.Update<L>(new(state, one.Weights, one.Gradient, StepOptions(pass.StepOptions, one.Shape, state.Updates), null));
            state.Steps++;
        }
    }

    protected internal override void GetEvaluationWeights<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            Inner.GetEvaluationWeights<L>(new(pass.State.Inner[k], one.Weights, one.Gradient, pass.StepOptions, null));
        }
    }

    StepOptions StepOptions(StepOptions common, Tensor tensor, long updates)
    {
        foreach (var group in Groups)
            if (group.Has(tensor))
                return common with
                {
                    Rate = (group.Rate?.At(updates) ?? common.Rate) * group.RateFactor,
                    Momentum = group.Momentum?.At(updates) ?? common.Momentum,
                    DecayChange = (1 + common.DecayChange) * group.DecayFactor * (group.Decay?.At(updates) ?? 1) - 1,
                };
        return common;
    }
}
