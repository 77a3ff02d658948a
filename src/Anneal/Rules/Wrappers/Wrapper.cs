namespace Anneal;

/// <summary>A rule that does one thing around another: it may look at or change the gradient, the weights, or when a step is taken.</summary>
/// <param name="Inner">What it is wrapped around.</param>
public abstract record Wrapper(Rule Inner) : Rule
{
    /// <summary>What it is wrapped around.</summary>
    public Rule Inner { get; init; } = Inner ?? throw new ArgumentNullException(nameof(Inner));

    internal override string Kind => $"{GetType().Name}({Inner.Kind})";

    internal override bool Fits(RuleState state) => base.Fits(state) && Inner.Fits(state.Inner[0]);

    internal override long UpdatesIn(long steps) => Inner.UpdatesIn(steps);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<(Rule Rule, Layout Layout)> Parts(Layout layout) => [(Inner, layout)];

    /// <summary>One step of what is inside.</summary>
    protected void Inside<L>(in Pass<L> pass, View<L> gradient) where L : struct, ILane<L> => Inside(pass, gradient, pass.StepOptions);

    /// <summary>One step of what is inside, under other knobs.</summary>
    protected void Inside<L>(in Pass<L> pass, View<L> gradient, StepOptions options) where L : struct, ILane<L>
    {
        var state = pass.State.Inner[0];
        Inner.Update<L>(new(state, pass.Weights, gradient, options, pass.Oracle));
        state.Steps++;
    }

    /// <inheritdoc/>
    protected internal override void GetEvaluationWeights<L>(in Pass<L> pass) =>
        Inner.GetEvaluationWeights<L>(new(pass.State.Inner[0], pass.Weights, pass.Gradient, pass.StepOptions, pass.Oracle));
}
