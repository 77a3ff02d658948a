namespace Anneal.Frameworks;

/// <summary>What an optimizer of another framework became here: a rule, and what its knobs are at every update.</summary>
public sealed record ImportedRule
{
    /// <summary>The framework, under the name the golden records use.</summary>
    public required string Framework { get; init; }

    /// <summary>The optimizer, under its framework's name.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The rule.</summary>
    public required Rule Rule { get; init; }

    /// <summary>The rate at every update.</summary>
    public required Schedule Rate { get; init; }

    /// <summary>The momentum (or β₁) at every update, where a scheduler moves it.</summary>
    public Schedule? Momentum { get; init; }

    /// <summary>The rate that weight decay is measured against, where the decay follows the square of the rate (timm's corrected decay).</summary>
    public double? DecayRate { get; init; }

    /// <summary>The knobs of the update that follows <paramref name="updates"/> updates.</summary>
    public StepOptions At(long updates)
    {
        double rate = Rate.At(updates);
        return new(rate) { Momentum = Momentum?.At(updates), DecayChange = DecayRate is double most ? rate / most - 1 : 0 };
    }
}
