namespace Anneal.Theory;

/// <summary>By which factor the error of a quadratic shrinks per step, without noise, when its curvatures lie in [μ, L].</summary>
/// <remarks>Polyak, <see href="https://doi.org/10.1016/0041-5553(64)90137-5">Some Methods of Speeding Up the Convergence of Iteration Methods</see> (1964).</remarks>
public static class QuadraticRates
{
    /// <summary>Eight units in the last place of 1: what the discriminant's own operations may add up to.</summary>
    const double Rounding = 8.0 / (1L << 52);

    /// <summary>Gradient descent at one rate: <c>max(|1 − ημ|, |1 − ηL|)</c>.</summary>
    public static double GradientDescent(double rate, double smallest, double largest) =>
        Math.Max(Math.Abs(1 - rate * Least(smallest, largest)), Math.Abs(1 - rate * largest));

    /// <summary>The best rate of gradient descent: <c>2 / (L + μ)</c>.</summary>
    public static double BestGradientDescentRate(double smallest, double largest) => 2 / (largest + Least(smallest, largest));

    /// <summary>Gradient descent at its best rate: <c>(κ − 1) / (κ + 1)</c>, κ = L/μ.</summary>
    public static double BestGradientDescent(double smallest, double largest) =>
        (largest - Least(smallest, largest)) / (largest + smallest);

    /// <summary>Heavy ball: the largest spectral radius of the companion matrix <c>[1 + β − ηλ, −β; 1, 0]</c> over the curvatures.</summary>
    /// <remarks>The radius is largest at one of the two ends. At the best setting the matrix is defective, so errors behave like k·ρᵏ, not ρᵏ.</remarks>
    public static double HeavyBall(double rate, double momentum, double smallest, double largest) =>
        Math.Max(Radius(1 + momentum - rate * Least(smallest, largest), momentum), Radius(1 + momentum - rate * largest, momentum));

    /// <summary>The best setting of heavy ball: <c>η = 4/(√L + √μ)²</c>, <c>β = ((√κ − 1)/(√κ + 1))²</c>.</summary>
    public static (double Rate, double Momentum) BestHeavyBallSetting(double smallest, double largest)
    {
        double low = Math.Sqrt(Least(smallest, largest)), high = Math.Sqrt(largest), root = (high - low) / (high + low);
        return (4 / ((high + low) * (high + low)), root * root);
    }

    /// <summary>Heavy ball at its best setting: <c>(√κ − 1) / (√κ + 1)</c>.</summary>
    public static double BestHeavyBall(double smallest, double largest)
    {
        double low = Math.Sqrt(Least(smallest, largest)), high = Math.Sqrt(largest);
        return (high - low) / (high + low);
    }

    /// <summary>The larger root, in absolute value, of z² − trace·z + determinant.</summary>
    /// <remarks>A discriminant within its own rounding of 0 is 0: its root would turn 1e-16 into 1e-8.</remarks>
    static double Radius(double trace, double determinant)
    {
        double square = trace * trace, discriminant = square - 4 * determinant;
        return discriminant > Rounding * Math.Max(square, 1)
            ? (Math.Abs(trace) + Math.Sqrt(discriminant)) / 2
            : Math.Sqrt(Math.Abs(determinant));
    }

    static double Least(double smallest, double largest)
    {
        Require.Positive(largest);
        return Require.AtMost(largest, "largest", Require.Positive(smallest), nameof(smallest));
    }
}
