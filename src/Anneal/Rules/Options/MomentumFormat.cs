namespace Anneal.RuleOptions;

/// <summary>A format for momentum.</summary>
public enum MomentumFormat
{
    /// <summary>That of the weights.</summary>
    AsWeights,

    /// <summary>32 bits.</summary>
    Single,

    /// <summary>The upper 16 of them, rounded.</summary>
    BFloat16,
}
