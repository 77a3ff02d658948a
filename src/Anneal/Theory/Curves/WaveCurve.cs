namespace Anneal.Theory;

/// <summary>Half a cosine wave, from its trough (u = 0) to its crest (u = ±1).</summary>
/// <remarks>
/// <code>φ(u) = sin²(πu/2) = (1 − cos πu) / 2</code>
/// Sums use Σ cos(a + 2iδ) = cos(middle) · sin(nδ)/sin(δ) (Dirichlet's kernel), arranged so that every term is positive.
/// </remarks>
public sealed record WaveCurve(double Base, double Height, double Origin, double Unit) : Curve(Base, Height, Origin, Unit)
{
    /// <summary>What a rounding of its ends may put beyond trough or crest; there the curve changes by the square of it.</summary>
    const double Rounding = 1e-12;

    /// <summary>The half wave that leaves <paramref name="start"/> at step 0 and reaches <paramref name="end"/> at <paramref name="steps"/>.</summary>
    public static WaveCurve Between(double start, double end, double steps) =>
        end >= start ? new(start, end - start, 0, steps) : new(end, start - end, steps, -steps);

    /// <inheritdoc/>
    protected override double Form(double u)
    {
        double s = Math.Sin(Math.PI / 2 * u);
        return s * s;
    }

    /// <inheritdoc/>
    protected override double FormSlope(double u, int side) => Math.PI / 2 * Math.Sin(Math.PI * u);

    /// <inheritdoc/>
    protected override double FormIntegral(double from, double to)
    {
        double lost = SincDeficit(Math.PI / 2 * (to - from));
        return (to - from) * (lost / 2 + (1 - lost) * Form((from + to) / 2));
    }

    /// <inheritdoc/>
    protected override double FormSum(double first, double stride, long count) =>
        SineSquares(Math.PI / 2 * first, Math.PI / 2 * stride, count);

    /// <remarks>sin⁴ x = sin² x − sin²(2x)/4; near the trough the two cancel and the terms are added one by one.</remarks>
    protected override double FormSumOfSquares(double first, double stride, long count)
    {
        double x = Math.PI / 2 * first, δ = Math.PI / 2 * stride;
        double squares = SineSquares(x, δ, count), fourths = squares - SineSquares(2 * x, 2 * δ, count) / 4;
        return fourths > squares / 64 ? fourths : CompensatedSum.Over(u => Form(u) * Form(u), first, stride, count);
    }

    /// <inheritdoc/>
    protected override Trend FormTrend(double from, double to)
    {
        double low = Math.Min(from, to), high = Math.Max(from, to);
        return low >= -Rounding && high <= 1 + Rounding ? Anneal.Trend.Rising
            : low >= -1 - Rounding && high <= Rounding ? Anneal.Trend.Falling
            : Anneal.Trend.Mixed;
    }

    /// <summary>Σ sin²(first + i·δ) = (n − D)/2 + D · sin²(middle), where D = sin(nδ)/sin(δ).</summary>
    static double SineSquares(double first, double δ, long count)
    {
        double n = count, few = SincDeficit(δ), many = SincDeficit(n * δ), middle = Math.Sin(first + δ * (n - 1) / 2);
        double missing = (many - few) / (1 - few), kernel = 1 - missing;
        return n * (missing / 2 + kernel * middle * middle);
    }

    /// <summary>1 − sin(y)/y, by its series where the difference would cancel.</summary>
    static double SincDeficit(double y)
    {
        double square = y * y;
        if (square > 1)
            return 1 - Math.Sin(y) / y;
        double term = square / 6, sum = 0;
        for (int k = 4; Math.Abs(term) > 1e-18 * sum; k += 2)
        {
            sum += term;
            term *= -square / (k * (k + 1));
        }
        return sum;
    }
}
