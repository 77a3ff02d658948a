namespace Anneal.Theory;

/// <summary>How far SGD can be from the optimum, on average, where the loss is strongly convex and gradients are bounded.</summary>
/// <remarks>
/// <code>E‖θ − θ*‖² ← max(0, 1 − 2·η·μ) · E‖θ − θ*‖² + η²·G²</code>
/// With η = c/(t + 1): O(1/t) if cμ &gt; ½, (ln t)/t at cμ = ½, t^(−2cμ) below.
/// Nemirovski et al., <see href="https://doi.org/10.1137/070704277">Robust Stochastic Approximation</see> (2009), section 2.1.
/// </remarks>
/// <param name="Strength">μ: strong convexity, above 0.</param>
/// <param name="GradientBound">G with E‖g‖² ≤ G², 0 or above.</param>
public sealed record StronglyConvexBound(double Strength, double GradientBound)
{
    /// <summary>μ: strong convexity, above 0.</summary>
    public double Strength { get; } = Require.Positive(Strength);

    /// <summary>G with E‖g‖² ≤ G², 0 or above.</summary>
    public double GradientBound { get; } = Require.NotNegative(GradientBound);

    /// <summary>The bound on E‖θ − θ*‖² before the first update, after it, and so on: <paramref name="steps"/> + 1 numbers.</summary>
    public IEnumerable<double> SquaredDistances(Schedule schedule, double startDistance, long steps)
    {
        double bound = startDistance * startDistance;
        yield return bound;
        for (long t = 0; t < steps; t++)
        {
            double rate = schedule.At(t), noise = rate * GradientBound;
            yield return bound = Math.Max(0, 1 - 2 * rate * Strength) * bound + noise * noise;
        }
    }

    /// <summary>Q in E‖θ − θ*‖² ≤ Q/t after t ≥ 1 updates at the rates c/(t + 1): <c>c²G² · max(1, 1/(2cμ − 1))</c>.</summary>
    /// <remarks>
    /// By induction: if it holds at t, then at t + 1 because Q·(2cμ − 1) ≥ c²G²; and after the first update it holds because 2cμ &gt; 1
    /// makes the start count for nothing. For cμ ≤ ½ there is no such number and the answer is +∞.
    /// </remarks>
    public double InverseTimeConstant(double c)
    {
        double excess = 2 * Require.Positive(c) * Strength - 1, noise = c * GradientBound;
        return excess > 0 ? noise * noise * Math.Max(1, 1 / excess) : double.PositiveInfinity;
    }

    /// <summary>The slope that the bound's logarithm against ln t tends to with the rate c/(t + 1): −1 if cμ ≥ ½, −2cμ below.</summary>
    public double InverseTimeSlope(double c) => -Math.Min(1, 2 * Require.Positive(c) * Strength);
}
