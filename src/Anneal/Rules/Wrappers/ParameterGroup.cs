namespace Anneal;

/// <summary>Some tensors of a layout under options, or a rule, of their own.</summary>
/// <param name="Tensors">
/// Which: names, where a * stands for any characters (<c>blocks.1.*</c>, <c>*.bias</c>, <c>*.norm*</c>), or <c>vectors</c> or <c>matrices</c> for all of a kind; alternatives are
/// divided by a |, as in <c>embed*|head*|vectors</c>.
/// </param>
/// <param name="RateFactor">The rate is multiplied by this, 0 or above; 0 freezes.</param>
/// <param name="DecayFactor">The rule's weight decay is multiplied by this, 0 or above: 0 for none, as usual for biases and norms.</param>
/// <param name="Rate">A schedule of their own, asked at the updates made, in the place of the common rate; multiplied by the factor too.</param>
/// <param name="Momentum">A schedule for the momentum (or β₁), of values below 1.</param>
/// <param name="Decay">A schedule that the rule's weight decay is multiplied by, beside the factor.</param>
/// <param name="Rule">A rule of their own in the place of the common one.</param>
public sealed record ParameterGroup(
    string Tensors, double RateFactor = 1, double DecayFactor = 1, Schedule? Rate = null, Schedule? Momentum = null, Schedule? Decay = null, Rule? Rule = null)
{
    readonly NamePattern pattern = new(Tensors ?? throw new ArgumentNullException(nameof(Tensors)));

    /// <summary>Which: names, where a * stands for any characters (<c>blocks.1.*</c>, <c>*.bias</c>, <c>*.norm*</c>), or <c>vectors</c> or <c>matrices</c> for all of a kind; alternatives are divided by a |, as in <c>embed*|head*|vectors</c>.</summary>
    public string Tensors { get; } = Tensors;

    /// <summary>The rate is multiplied by this, 0 or above; 0 freezes.</summary>
    public double RateFactor { get; } = Require.NotNegative(RateFactor);

    /// <summary>The rule's weight decay is multiplied by this, 0 or above: 0 for none, as usual for biases and norms.</summary>
    public double DecayFactor { get; } = Require.NotNegative(DecayFactor);

    /// <inheritdoc/>
    public bool Equals(ParameterGroup? other) =>
        other is not null && Tensors == other.Tensors && RateFactor.Equals(other.RateFactor) && DecayFactor.Equals(other.DecayFactor)
        && Equals(Rate, other.Rate) && Equals(Momentum, other.Momentum) && Equals(Decay, other.Decay) && Equals(Rule, other.Rule);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tensors, RateFactor, DecayFactor, Rate, Momentum, Decay, Rule);

    internal bool Has(Tensor tensor) => pattern.Has(tensor);

    internal IReadOnlyList<string> Alternatives => pattern.Alternatives;

    internal StepOptions Options(StepOptions common, long updates) => common with
    {
        Rate = (Rate?.At(updates) ?? common.Rate) * RateFactor,
        Momentum = Momentum?.At(updates) ?? common.Momentum,
        DecayChange = (1 + common.DecayChange) * DecayFactor * (Decay?.At(updates) ?? 1) - 1,
    };
}
