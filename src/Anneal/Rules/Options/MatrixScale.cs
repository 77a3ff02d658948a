namespace Anneal.RuleOptions;

/// <summary>How the shape of a matrix scales its step; rows are outputs, columns inputs, as PyTorch stores them.</summary>
public enum MatrixScale
{
    /// <summary>√max(1, rows/columns): Jordan's, and PyTorch's <c>original</c>.</summary>
    Original,

    /// <summary>√max(1, columns/rows): the same where weights are stored as (inputs, outputs), as in optax.</summary>
    OriginalTransposed,

    /// <summary>√max(rows, columns): times 0.2 a step as long as AdamW's (Moonlight, PyTorch's <c>match_rms_adamw</c>). NVIDIA's <c>spectral</c>.</summary>
    RootLonger,

    /// <summary>√(rows/columns): an operator from root mean square to root mean square (Dion's <c>spectral_norm</c>, timm's <c>rms_to_rms</c>).</summary>
    RmsToRms,

    /// <summary>1/√columns (timm's <c>rsqrt_in</c>).</summary>
    InverseRootColumns,

    /// <summary>1</summary>
    None,
}
