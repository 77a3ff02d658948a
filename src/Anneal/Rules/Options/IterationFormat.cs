namespace Anneal.RuleOptions;

/// <summary>What the matrices of a Newton–Schulz iteration are rounded to.</summary>
/// <remarks>
/// Products add up in the precision of the weights, as hardware adds products of bfloat16 in float32; what is stored has 8 significant bits. Published programs
/// round at different places, and their results differ by several hundredths of a matrix of singular values 1.
/// </remarks>
public enum IterationFormat
{
    /// <summary>Nothing is rounded: the precision of the weights.</summary>
    AsWeights,

    /// <summary>Every operation gives bfloat16, and S is multiplied before it is squared: (C·S)·S (Jordan's program, Moonlight, Scion).</summary>
    BFloat16,

    /// <summary>Every operation gives bfloat16, and S is squared first: C·(S·S) (Dion's program).</summary>
    BFloat16SquareFirst,

    /// <summary>A product and what is added to it are rounded once (<c>torch.optim.Muon</c>, timm: <c>addmm</c>).</summary>
    BFloat16Fused,
}
