namespace Anneal.RuleOptions;

/// <summary>Whether Adam remembers the largest mean square.</summary>
public enum Amsgrad
{
    /// <summary>It does not.</summary>
    Off,

    /// <summary>The largest v, corrected where it is used (PyTorch, Keras).</summary>
    Raw,

    /// <summary>The largest corrected v (optax).</summary>
    BiasCorrected,
}
