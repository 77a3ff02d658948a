namespace Anneal;

/// <summary>Evaluates the plain mean of the weights from some step on: Polyak averaging, or stochastic weight averaging where only every n-th step counts.</summary>
/// <remarks>
/// <code>n ← n + 1     x ← x + (w − x)/n     at steps From, From + Every, …;  until then x = w</code>
/// Polyak and Juditsky (1992); Izmailov et al., <see href="https://arxiv.org/abs/1803.05407">Averaging Weights Leads to Wider Optima</see> (2018).
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="From">First step that counts, 1 or above.</param>
/// <param name="Every">Steps from one that counts to the next, 1 or above.</param>
public sealed record StochasticWeightAveraging(Rule Inner, int From = 1, int Every = 1) : Wrapper(Inner)
{
    /// <summary>First step that counts, 1 or above.</summary>
    public int From { get; } = (int)Require.AtLeast(1, From);

    /// <summary>Steps from one that counts to the next, 1 or above.</summary>
    public int Every { get; } = (int)Require.AtLeast(1, Every);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["average"];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["counted"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        Inside(pass, pass.Gradient);
        if (pass.Step < From)
            pass.Weights.CopyTo(pass[0]);
        else if ((pass.Step - From) % Every == 0)
            pass.Over(new Mix<L>(1 / ++pass.Number(0)), pass[0], pass.Weights);
    }

    /// <inheritdoc/>
    protected internal override void GetEvaluationWeights<L>(in Pass<L> pass)
    {
        if (pass.Step > 1)
            pass[0].CopyTo(pass.Weights);
    }
}
