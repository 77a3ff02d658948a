namespace Anneal;

/// <summary>Does not let a gradient with a NaN or an infinity near the weights: skips the step and counts it, or stops.</summary>
/// <remarks>
/// The count is the state's <c>skipped</c>; <c>inARow</c> starts again at every good gradient. Weights and the inner state stay as they were.
/// A step reads the gradient once more, which takes about a quarter of the time of AdamW; with <paramref name="MaxConsecutiveErrors"/> 0 it is the checked form of any rule.
/// It belongs outside of all other wrappers: what is around it does its part first.
/// </remarks>
/// <param name="Inner">The rule.</param>
/// <param name="MaxConsecutiveErrors">Bad gradients in a row that are skipped, 0 or above; the next one stops with a <see cref="NotFiniteNumberException"/>.</param>
public sealed record ApplyIfFinite(Rule Inner, int MaxConsecutiveErrors = int.MaxValue) : Wrapper(Inner)
{
    /// <summary>Bad gradients in a row that are skipped, 0 or above; the next one stops with a <see cref="NotFiniteNumberException"/>.</summary>
    public int MaxConsecutiveErrors { get; } = (int)Require.NotNegative(MaxConsecutiveErrors);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> NumberNames => ["skipped", "inARow"];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        int bad = NotFinite.First(pass.Gradient, pass.Threads);
        if (bad < 0)
        {
            pass.Number(1) = 0;
            Inside(pass, pass.Gradient);
            return;
        }
        if (pass.Number(1) >= MaxConsecutiveErrors)
            throw new NotFiniteNumberException(
                $"The gradient at step {pass.Step} is {NotFinite.Describe(pass.Gradient[bad], pass.Layout, bad)}{(MaxConsecutiveErrors > 0 ? $", after {MaxConsecutiveErrors} such steps were skipped" : "")}; the weights are as they were.");
        pass.Number(0)++;
        pass.Number(1)++;
    }
}
