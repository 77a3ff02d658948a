namespace Anneal.RuleOptions;

/// <summary>How the small number enters that keeps the division by a norm finite.</summary>
public enum NormEpsilon
{
    /// <summary>norm + ε</summary>
    Added,

    /// <summary>max(norm, ε): PyTorch, timm, NVIDIA. A large ε then changes nothing until the norm falls below it.</summary>
    Clamped,

    /// <summary>norm + ε·√(columns/rows): timm's <c>scale_eps</c>, for rates that carry over between widths.</summary>
    AddedByShape,
}
