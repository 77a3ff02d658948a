namespace Anneal.Theory;

/// <summary>SGD on a parabola whose gradient carries noise: the one problem on which every schedule's error is known exactly.</summary>
/// <remarks>
/// <code>f(x) = Curvature · x² / 2,   g = Curvature · x + ξ,   E ξ = 0,   E ξ² = NoiseVariance
/// E[x²] ← (1 − η·Curvature)² · E[x²] + η² · NoiseVariance</code>
/// Along each eigenvector of a quadratic with many weights the same holds.
/// </remarks>
/// <param name="Curvature">μ: the second derivative, above 0.</param>
/// <param name="NoiseVariance">σ²: the variance of one gradient, 0 or above.</param>
public sealed record NoisyQuadratic(double Curvature, double NoiseVariance)
{
    /// <summary>μ: the second derivative, above 0.</summary>
    public double Curvature { get; } = Require.Positive(Curvature);

    /// <summary>σ²: the variance of one gradient, 0 or above.</summary>
    public double NoiseVariance { get; } = Require.NotNegative(NoiseVariance);

    /// <summary>E[x²] before the first update, after it, and so on: <paramref name="steps"/> + 1 numbers.</summary>
    public IEnumerable<double> SquaredErrors(Schedule schedule, double start, long steps)
    {
        double error = start * start;
        yield return error;
        for (long t = 0; t < steps; t++)
            yield return error = Next(error, schedule.At(t));
    }

    /// <summary>E[x²] after <paramref name="steps"/> updates.</summary>
    public double SquaredError(Schedule schedule, double start, long steps)
    {
        double error = start * start;
        for (long t = 0; t < steps; t++)
            error = Next(error, schedule.At(t));
        return error;
    }

    /// <summary>E[x²] after <paramref name="steps"/> updates at one rate, in closed form; the rate times the curvature must be below 2.</summary>
    public double SquaredErrorAtConstant(double rate, double start, long steps)
    {
        double limit = ConstantLimit(rate), left = Math.Pow(1 - rate * Curvature, 2.0 * steps);
        return limit + left * (start * start - limit);
    }

    /// <summary>What E[x²] tends to at one rate: <c>η·σ² / (μ·(2 − η·μ))</c>, the squared radius of the noise ball.</summary>
    /// <param name="rate">η with 0 &lt; η·μ &lt; 2; beyond that the error grows without limit.</param>
    public double ConstantLimit(double rate)
    {
        Require.Positive(rate);
        Require.Below(2 / Curvature, "2 / Curvature", rate, nameof(rate));
        return rate * NoiseVariance / (Curvature * (2 - rate * Curvature));
    }

    /// <summary>What t · E[x²] tends to with the rate c/(t + 1): <c>c²·σ² / (2cμ − 1)</c> for cμ &gt; ½, otherwise +∞.</summary>
    public double InverseTimeLimit(double c)
    {
        double excess = 2 * Require.Positive(c) * Curvature - 1;
        return excess > 0 ? c * c * NoiseVariance / excess : double.PositiveInfinity;
    }

    /// <summary>The slope that ln E[x²] against ln t tends to with the rate c/(t + 1): −1 if cμ ≥ ½, −2cμ below.</summary>
    /// <remarks>At cμ = ½ exactly the error behaves like (ln t)/t, so the slope comes close to −1 very slowly.</remarks>
    public double InverseTimeSlope(double c) => -Math.Min(1, 2 * Require.Positive(c) * Curvature);

    /// <summary>
    /// The share of the start that is left after infinitely many updates at the rates 1, 1/4, 1/9, …, without noise:
    /// <c>∏ (1 − μ/t²) = sin(π√μ) / (π√μ)</c>.
    /// </summary>
    /// <remarks>
    /// The rates add up to π²/6, too little to arrive. It is exactly 0 where √μ is a whole number: there one single update happens to land on the optimum.
    /// Euler's product; <see href="https://dlmf.nist.gov/4.22.E1">DLMF 4.22.1</see>.
    /// </remarks>
    public double InverseSquareRemainder()
    {
        double root = Math.Sqrt(Curvature);
        return double.SinPi(root) / (Math.PI * root);
    }

    /// <summary>The rate that makes E[x²] smallest after one update from <paramref name="squaredError"/>: <c>μE / (μ²E + σ²)</c>.</summary>
    public double BestRate(double squaredError) =>
        Curvature * squaredError / (Curvature * Curvature * squaredError + NoiseVariance);

    /// <summary>The smallest E[x²] any schedule can reach in <paramref name="steps"/> updates: <c>1/E = 1/start² + steps · μ²/σ²</c>.</summary>
    public double BestSquaredError(double start, long steps) => steps == 0 ? start * start
        : 1 / (1 / (start * start) + steps * (Curvature * Curvature / NoiseVariance));

    double Next(double error, double rate)
    {
        double keep = 1 - rate * Curvature;
        return keep * keep * error + rate * rate * NoiseVariance;
    }
}
