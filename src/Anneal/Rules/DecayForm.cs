namespace Anneal;

/// <summary>Where weight decay enters an update.</summary>
public enum DecayForm
{
    /// <summary>Added to the gradient, g + λ·w, before the rule sees it: the L2 penalty ½λ‖w‖².</summary>
    InGradient,

    /// <summary>Beside the rule, multiplied by the rate: w shrinks by the factor 1 − rate·λ first (decoupled, as in AdamW).</summary>
    TimesRate,

    /// <summary>Beside the rule, not multiplied by anything: w shrinks by the factor 1 − λ first, as printed in the lecture.</summary>
    Bare,

    /// <summary>As <see cref="TimesRate"/>, but after the rule has moved the weights.</summary>
    TimesRateAfterwards,

    /// <summary>As <see cref="Bare"/>, but after the rule has moved the weights, by what they were before.</summary>
    BareAfterwards,
}
