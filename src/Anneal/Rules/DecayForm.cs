namespace Anneal;

/// <summary>Where weight decay enters an update.</summary>
public enum DecayForm
{
    /// <summary>Added to the gradient, g + λ·w, before the rule sees it: the L2 penalty ½λ‖w‖².</summary>
    L2,

    /// <summary>Beside the rule, multiplied by the rate: w shrinks by the factor 1 − rate·λ first (decoupled, as in AdamW).</summary>
    Decoupled,

    /// <summary>Beside the rule, not multiplied by anything: w shrinks by the factor 1 − λ first, as printed in the lecture.</summary>
    Independent,

    /// <summary>As <see cref="Decoupled"/>, but after the rule has moved the weights.</summary>
    DecoupledAfter,

    /// <summary>As <see cref="Independent"/>, but after the rule has moved the weights, by what they were before.</summary>
    IndependentAfter,

    /// <summary>As <see cref="Decoupled"/>, but as one fused addition w − (rate·λ)·w instead of a product with 1 − rate·λ: the same up to rounding (timm's Adopt).</summary>
    DecoupledRoundedOnce,
}
