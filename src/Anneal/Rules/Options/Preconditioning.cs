namespace Anneal.RuleOptions;

/// <summary>What a matrix is divided by before Newton–Schulz, so that no singular value is above 1.</summary>
public enum Preconditioning
{
    /// <summary>The Frobenius norm: cheap and too large, so that singular values start small.</summary>
    Frobenius,

    /// <summary>The largest singular value: tight, but an eigenproblem.</summary>
    Spectral,

    /// <summary>√‖XXᵀ‖, the Schatten norm of order 4: one product, and between the two.</summary>
    Schatten,

    /// <summary>Each row by √Σⱼ|XXᵀ|ᵢⱼ, almost orthogonal layers' bound: <see href="https://arxiv.org/abs/2208.03160">AOL</see> (2022).</summary>
    AlmostOrthogonal,
}
