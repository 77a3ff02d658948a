namespace Anneal.Diagnostics;

/// <summary>How much of a batch gradient is noise, from squared gradient norms at two batch sizes.</summary>
/// <remarks>
/// With G the gradient of the expected loss and Σ the covariance of one example's, a batch of B has E‖g_B‖² = ‖G‖² + tr Σ / B, so
/// <code>
/// ‖G‖² ≈ (B₂·‖g₂‖² − B₁·‖g₁‖²) / (B₂ − B₁)     tr Σ ≈ (‖g₁‖² − ‖g₂‖²) / (1/B₁ − 1/B₂)     scale = tr Σ / ‖G‖²
/// </code>
/// Below the scale a batch twice as large nearly halves the steps needed; above it, it nearly halves nothing. McCandlish et al.,
/// <see href="https://arxiv.org/abs/1812.06162">An Empirical Model of Large-Batch Training</see> (2018), appendix A.1. One pair of norms is itself noisy, and
/// the quotient biased: give means over many steps.
/// </remarks>
/// <param name="SquaredGradient">‖G‖²; may come out below 0 where it is small beside the noise.</param>
/// <param name="Variance">tr Σ</param>
public sealed record GradientNoise(double SquaredGradient, double Variance)
{
    /// <summary>tr Σ / ‖G‖², in examples: the batch size at which noise and gradient are equally large.</summary>
    public double Scale => Variance / SquaredGradient;

    /// <summary>From means of squared norms at two batch sizes.</summary>
    /// <param name="small">The smaller batch's examples.</param>
    /// <param name="smallSquare">Mean of ‖g‖² over batches of that size.</param>
    /// <param name="large">The larger batch's examples.</param>
    /// <param name="largeSquare">Mean of ‖g‖² over batches of that size.</param>
    public static GradientNoise Of(double small, double smallSquare, double large, double largeSquare)
    {
        Require.Positive(small);
        Require.NotNegative(smallSquare);
        Require.NotNegative(largeSquare);
        if (!(large > small))
            throw new ArgumentOutOfRangeException(nameof(large), large, $"large must be above small ({small}).");
        return new((large * largeSquare - small * smallSquare) / (large - small), (smallSquare - largeSquare) / (1 / small - 1 / large));
    }
}
