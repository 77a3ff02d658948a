namespace Anneal.Advice;

/// <summary>How far single losses lie from their slow change.</summary>
static class Scatter
{
    /// <summary>The standard deviation about a slow change: from the median of the differences of neighbours, which a few jumps do not reach.</summary>
    public static double Of(double[] losses) => losses.Length < 3 ? 0
        : Median([.. losses.Zip(losses.Skip(1), (a, b) => Math.Abs(a - b))]) / (0.6744897501960817 * Math.Sqrt(2));

    /// <summary>The median; it sorts the values.</summary>
    public static double Median(double[] values)
    {
        if (values.Length == 0)
            return 0;
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
