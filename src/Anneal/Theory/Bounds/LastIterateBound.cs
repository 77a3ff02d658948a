namespace Anneal.Theory;

/// <summary>How far above the optimum the last weights of SGD can be, on average, for a convex loss: a bound that knows the schedule.</summary>
/// <remarks>
/// <code>Ω(η) = ½ · ( D²/(η·A₁) + η·C ),   A_k = Σ_{t=k}^T s_t,   B_k = Σ_{t=k}^T s_t²·G_t²
/// C = B₁/A₁ + Σ_{k=1}^{T−1} (s_k / A_{k+1}) · B_k/A_k</code>
/// for the rates η·s_1 … η·s_T. Counted from 1 as in the papers: s_t is the rate of the t-th update, <c>schedule.At(t − 1)</c>. The weights
/// it speaks of are those at which the T-th, the last, gradient is taken.
/// Updates of rate 0 at the end leave the weights alone, so they are left out, and s_T is the last rate above 0.
/// Defazio et al., <see href="https://arxiv.org/abs/2310.07831">Optimal Linear Decay Learning Rate Schedules</see> (2023);
/// Schaipp et al., <see href="https://arxiv.org/abs/2501.18965">The Surprising Agreement Between Convex Optimization Theory and
/// Learning-Rate Scheduling</see> (2025).
/// </remarks>
/// <param name="Distance">D: from the start to the optimum.</param>
/// <param name="RateSum">A₁: the sum of the rates.</param>
/// <param name="Noise">C: what the gradients add per unit of scale.</param>
public sealed record LastIterateBound(double Distance, double RateSum, double Noise)
{
    /// <summary>The scale η that makes the bound smallest: <c>D / √(A₁·C)</c>.</summary>
    public double BestScale => Distance / Math.Sqrt(RateSum * Noise);

    /// <summary>The bound at the best scale: <c>D · √(C/A₁)</c>.</summary>
    public double Best => Distance * Math.Sqrt(Noise / RateSum);

    /// <summary>Ω at a given scale; 1 for the schedule as it is.</summary>
    public double At(double scale) => (Distance * Distance / (Require.Positive(scale) * RateSum) + scale * Noise) / 2;

    /// <summary>The bound for the first <paramref name="steps"/> updates of a schedule, all gradients as long as <paramref name="gradientNorm"/>.</summary>
    public static LastIterateBound Of(Schedule schedule, long steps, double distance = 1, double gradientNorm = 1)
    {
        double square = Require.NotNegative(gradientNorm) * gradientNorm;
        return Of(schedule.At, _ => square, steps, distance);
    }

    /// <summary>The bound for one update per gradient norm; <c>gradientNorms[t]</c> belongs to the rate <c>At(t)</c>.</summary>
    public static LastIterateBound Of(Schedule schedule, IReadOnlyList<double> gradientNorms, double distance = 1) =>
        Of(schedule.At, t => Require.NotNegative(gradientNorms[(int)t], $"gradientNorms[{t}]") * gradientNorms[(int)t], gradientNorms.Count, distance);

    /// <summary>One pass from the last update to the first: both suffix sums grow on the way.</summary>
    static LastIterateBound Of(Func<double, double> rate, Func<long, double> squaredNorm, long steps, double distance)
    {
        var rates = new CompensatedSum();
        var squares = new CompensatedSum();
        var noise = new CompensatedSum();
        for (long t = steps - 1; t >= 0; t--)
        {
            double s = Require.NotNegative(rate(t), "rate"), after = rates.Value;
            rates.Add(s);
            squares.Add(s * s * squaredNorm(t));
            if (after > 0)
                noise.Add(s / after * (squares.Value / rates.Value));
        }
        if (rates.Value == 0)
            throw new ArgumentException("At least one of the updates must have a rate above 0.", nameof(steps));
        noise.Add(squares.Value / rates.Value);
        return new(Require.NotNegative(distance), rates.Value, noise.Value);
    }
}
