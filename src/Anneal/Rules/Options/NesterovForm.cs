namespace Anneal.RuleOptions;

/// <summary>Nesterov's look-ahead in a moving average m of gradients.</summary>
public enum NesterovForm
{
    /// <summary>m / (1 − β₁ᵗ)</summary>
    Off,

    /// <summary>(β₁·m + (1 − β₁)·g) / (1 − β₁ᵗ)  (timm)</summary>
    Plain,

    /// <summary>β₁·m / (1 − β₁ᵗ⁺¹) + (1 − β₁)·g / (1 − β₁ᵗ)  (optax)</summary>
    BiasCorrected,
}
