namespace Anneal.Advice;

/// <summary>Local linear regression: about each point a line whose weights fall off to both sides like a normal distribution, and what is three deviations away counts no more.</summary>
/// <remarks>
/// In a long test neighbours are gathered in bins of a thirty-second of the deviation, each with its means and its moments about them, so that a line costs the same however many
/// points lie in its window, and all of them O(n). Within a bin the weight is taken at its middle, which moves a line's height by about 0.6 % and its slope by about 1.1 % of their
/// standard errors. Below 64 points to a deviation each point is its own bin, and nothing moves.
/// Cleveland, <see href="https://doi.org/10.1080/01621459.1979.10481038">Robust locally weighted regression</see> (1979); Fan and Gijbels, Local Polynomial Modelling (1996), section 3.
/// </remarks>
sealed class LocalLines
{
    const double Reach = 3;

    const int BinsPerDeviation = 32;

    readonly double[] x;
    readonly double[] y;
    readonly double width;
    readonly int size;
    readonly Bin[] bins;

    /// <summary>Room for the weights of the bins about a point.</summary>
    double[] weights = [];

    /// <param name="x">Ascending.</param>
    /// <param name="y">As many.</param>
    /// <param name="width">The deviation of the weights, in points.</param>
    /// <param name="binSize">Points to a bin; chosen by the width unless given.</param>
    public LocalLines(double[] x, double[] y, double width, int? binSize = null)
    {
        (this.x, this.y, this.width) = (x, y, width);
        size = binSize ?? Math.Max(1, (int)(width / BinsPerDeviation));
        bins = [.. Enumerable.Range(0, (x.Length + size - 1) / size).Select(b => Bin.Of(x, y, b * size, Math.Min(x.Length, (b + 1) * size)))];
    }

    /// <summary>The line about point k: its height and slope there, with standard errors from the scatter of the points about it.</summary>
    public RangePoint At(int k, double rate)
    {
        var (from, to) = Window(k);
        int firstBin = from / size, lastBin = to / size;
        if (weights.Length <= lastBin - firstBin)
            weights = new double[lastBin - firstBin + 1];
        double s0 = 0, s1 = 0, s2 = 0, t0 = 0, t1 = 0;
        for (int b = firstBin; b <= lastBin; b++)
        {
            ref readonly var bin = ref bins[b];
            double w = weights[b - firstBin] = Weight(bin.Middle - k), m = bin.X - x[k];
            (s0, s1, s2) = (s0 + w * bin.Count, s1 + w * bin.Count * m, s2 + w * (bin.Count * m * m + bin.Xx));
            (t0, t1) = (t0 + w * bin.Count * bin.Y, t1 + w * (bin.Count * m * bin.Y + bin.Xy));
        }
        double determinant = s0 * s2 - s1 * s1;
        if (to - from < 3 || !(determinant > 0))
            return new(rate, y[k], double.NaN, double.NaN, double.NaN, double.NaN);
        double height = (s2 * t0 - s1 * t1) / determinant, slope = (s0 * t1 - s1 * t0) / determinant, residual = 0, heights = 0, slopes = 0;
        for (int b = firstBin; b <= lastBin; b++)
        {
            ref readonly var bin = ref bins[b];
            double w = weights[b - firstBin], m = bin.X - x[k], r = bin.Y - height - slope * m;
            residual += w * (bin.Count * r * r + Math.Max(0, bin.Yy - 2 * slope * bin.Xy + slope * slope * bin.Xx));
            heights += w * w * (bin.Count * Math.Pow(s2 - s1 * m, 2) + s1 * s1 * bin.Xx);
            slopes += w * w * (bin.Count * Math.Pow(s0 * m - s1, 2) + s0 * s0 * bin.Xx);
        }
        // Two of the points' worth of weight went into the line.
        double variance = residual / s0 * (s0 / Math.Max(1, s0 - 2));
        return new(rate, y[k], height, Math.Sqrt(variance * heights) / determinant, slope, Math.Sqrt(variance * slopes) / determinant);
    }

    /// <summary>How many bins the line about point k looks at: what it costs.</summary>
    internal int BinsAbout(int k)
    {
        var (from, to) = Window(k);
        return to / size - from / size + 1;
    }

    (int From, int To) Window(int k)
    {
        int reach = (int)Math.Ceiling(Reach * width);
        return (Math.Max(0, k - reach), Math.Min(x.Length - 1, k + reach));
    }

    double Weight(double away) => Math.Exp(-0.5 * away * away / (width * width));

    /// <summary>Some neighbours: how many, the middle of their places, their means, and the sums of squares and products about these.</summary>
    readonly record struct Bin(double Count, double Middle, double X, double Y, double Xx, double Xy, double Yy)
    {
        public static Bin Of(double[] x, double[] y, int from, int to)
        {
            double count = to - from, meanX = 0, meanY = 0, xx = 0, xy = 0, yy = 0;
            for (int i = from; i < to; i++)
                (meanX, meanY) = (meanX + x[i] / count, meanY + y[i] / count);
            for (int i = from; i < to; i++)
                (xx, xy, yy) = (xx + (x[i] - meanX) * (x[i] - meanX), xy + (x[i] - meanX) * (y[i] - meanY), yy + (y[i] - meanY) * (y[i] - meanY));
            return new(count, (from + to - 1) / 2.0, meanX, meanY, xx, xy, yy);
        }
    }
}
