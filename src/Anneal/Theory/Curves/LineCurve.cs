namespace Anneal.Theory;

/// <summary>A straight line; with height 0 a constant.</summary>
/// <remarks><code>φ(u) = u</code></remarks>
public sealed record LineCurve(double Base, double Height, double Origin, double Unit) : Curve(Base, Height, Origin, Unit)
{
    /// <summary>The same rate everywhere.</summary>
    public static LineCurve Flat(double rate) => new(rate, 0, 0, 1);

    /// <summary>The line that leaves <paramref name="start"/> at step 0 and reaches <paramref name="end"/> at <paramref name="steps"/>.</summary>
    /// <remarks>Measured upward from its lower end, so that rates near 0 keep their digits.</remarks>
    public static LineCurve Between(double start, double end, double steps) =>
        end >= start ? new(start, end - start, 0, steps) : new(end, start - end, steps, -steps);

    /// <inheritdoc/>
    protected override double Form(double u) => u;

    /// <inheritdoc/>
    protected override double FormSlope(double u, int side) => 1;

    /// <inheritdoc/>
    protected override double FormIntegral(double from, double to) => (to - from) * (from + to) / 2;

    /// <inheritdoc/>
    protected override double FormSum(double first, double stride, long count) => count * (first + stride * (count - 1) / 2);

    /// <inheritdoc/>
    protected override double FormSumOfSquares(double first, double stride, long count)
    {
        double n = count, middle = first + stride * (n - 1) / 2;
        return n * middle * middle + stride * stride * n * (n - 1) * (n + 1) / 12;
    }

    /// <inheritdoc/>
    protected override Trend FormTrend(double from, double to) => Anneal.Trend.Rising;
}
