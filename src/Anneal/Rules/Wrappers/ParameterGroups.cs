namespace Anneal;

/// <summary>Different options, or rules, for different tensors: each tensor belongs to the first group that names it; the rest keeps the common rule and options.</summary>
/// <remarks>
/// Training with Muon, where hidden matrices follow Muon, and embeddings, norms and heads AdamW at a rate of its own:
/// <code>new ParameterGroups(new Muon(), [new("embed*|head*|vectors", Rule: new AdamW(), Rate: adamRate)])</code>
/// A rule that looks at all weights together (a global norm, an estimated distance) sees each tensor alone. Refused are names that no tensor has, groups left
/// without a tensor because those before them took all, and <c>layers.1*</c> where there are layers.1 and layers.10.
/// </remarks>
/// <param name="Inner">The rule of all tensors whose group has none of its own.</param>
/// <param name="Groups">In order; the first that fits decides.</param>
public sealed record ParameterGroups(Rule Inner, IReadOnlyList<ParameterGroup> Groups) : Wrapper(Inner)
{
    /// <summary>In order; the first that fits decides.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; } = Items<ParameterGroup>.Of(Groups);

    internal override string Kind
    {
        get
        {
            string[] others = [.. Groups.Where(g => g.Rule is not null).Select(g => $"{g.Tensors}: {g.Rule!.Kind}")];
            return others.Length == 0 ? base.Kind : $"{nameof(ParameterGroups)}({Inner.Kind}; {string.Join("; ", others)})";
        }
    }

    internal override bool Fits(RuleState state)
    {
        if (state.RuleType != typeof(ParameterGroups))
            return false;
        for (int k = 0; k < state.Inner.Count; k++)
            if (!RuleOf(state.Layout.Tensors[k]).Fits(state.Inner[k]))
                return false;
        return true;
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<(Rule Rule, Layout Layout)> Parts(Layout layout)
    {
        Check(layout);
        return [.. layout.Tensors.Select(t => (RuleOf(t), Layout.Of((t.Name, (int[])[.. t.Dimensions]))))];
    }

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            var state = pass.State.Inner[k];
            var group = GroupOf(one.Shape);
            (group?.Rule ?? Inner).Update<L>(new(state, one.Weights, one.Gradient, group?.Options(pass.StepOptions, state.Updates) ?? pass.StepOptions, null));
            state.Steps++;
        }
    }

    /// <inheritdoc/>
    protected internal override void GetEvaluationWeights<L>(in Pass<L> pass)
    {
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            RuleOf(one.Shape).GetEvaluationWeights<L>(new(pass.State.Inner[k], one.Weights, one.Gradient, pass.StepOptions, null));
        }
    }

    ParameterGroup? GroupOf(Tensor tensor)
    {
        for (int i = 0; i < Groups.Count; i++)
            if (Groups[i].Has(tensor))
                return Groups[i];
        return null;
    }

    Rule RuleOf(Tensor tensor) => GroupOf(tensor)?.Rule ?? Inner;

    void Check(Layout layout)
    {
        var taken = new Dictionary<Tensor, ParameterGroup>();
        foreach (var group in Groups)
        {
            foreach (string pattern in group.Alternatives)
            {
                Tensor[] named = [.. layout.Tensors.Where(t => NamePattern.Has(pattern, t))];
                if (named.Length == 0)
                    throw new ArgumentException($"No tensor belongs to the group '{pattern}'; there are: {layout}.", nameof(layout));
                if (named.All(taken.ContainsKey) && named.Any(t => taken[t] != group))
                    throw new ArgumentException(
                        $"The group '{pattern}' gets no tensor: {named[0].Name}{(named.Length > 1 ? " and all others it names were" : " was")} taken by '{taken[named[0]].Tensors}' before it. Put the narrower group first.",
                        nameof(layout));
                if (NamePattern.CutsNumbers(pattern, layout.Tensors) is var (whole, cut, instead))
                    throw new ArgumentException($"The group '{pattern}' takes {cut} along with {whole}. Write '{instead}' for the one, and name the other too if both are meant.", nameof(layout));
                foreach (var tensor in named)
                    taken.TryAdd(tensor, group);
            }
        }
    }
}
