namespace Anneal.RuleOptions;

/// <summary>The lists of Newton–Schulz coefficients in use.</summary>
public enum CoefficientSet
{
    /// <summary>One triple repeated: Jordan's, steepest at 0, settles between 0.7 and 1.2. Called <c>original</c> or <c>simple</c> elsewhere.</summary>
    Jordan,

    /// <summary>Five triples of the NanoGPT speedrun, found by search. Called <c>quintic</c> by timm and NVIDIA.</summary>
    Quintic,

    /// <summary>Polar Express as its authors print it, eight triples: the best polynomial for what the steps before leave, each slowed by 1.01 but the last.</summary>
    PolarExpress,

    /// <summary>Polar Express with a cushion of 0.02 and slowed by 1.01, eight triples (timm's <c>polar_express</c>).</summary>
    PolarExpressCushioned,

    /// <summary>Polar Express with a cushion of 0.02 and slowed by 1.02, eight triples (timm's <c>polar_express_safer</c>).</summary>
    PolarExpressSafer,

    /// <summary>Polar Express for five steps, slowed by 1.02 but for the fifth (modded-nanogpt, nanochat, Dion).</summary>
    PolarExpressFive,

    /// <summary>The authors' list rounded to four decimals (NVIDIA).</summary>
    PolarExpressRounded,

    /// <summary>Chebyshev-optimised Newton–Schulz, <see href="https://arxiv.org/abs/2506.10935">CANS</see> (2025), five triples.</summary>
    Cans,

    /// <summary>Four triples for almost orthogonal input, as <see cref="Preconditioning.AlmostOrthogonal"/> gives.</summary>
    AlmostOrthogonal,

    /// <summary>Eight of Jordan's steps, then two that settle (DeepSeek-V4).</summary>
    DeepSeekV4,

    /// <summary>Five cubic steps: two products instead of three each, <see href="https://arxiv.org/abs/2606.00371">relaxed cubic iteration</see> (2026).</summary>
    Cubic,
}
