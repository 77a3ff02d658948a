using Anneal.Advice;

namespace Anneal.Tests;

public class LocalLinesTests
{
    /// <summary>The weighted line about point k, from the normal equations and point by point.</summary>
    static RangePoint Slowly(double[] x, double[] y, int k, double width)
    {
        int from = Math.Max(0, k - (int)Math.Ceiling(3 * width)), to = Math.Min(x.Length - 1, k + (int)Math.Ceiling(3 * width));
        double s0 = 0, s1 = 0, s2 = 0, t0 = 0, t1 = 0;
        for (int i = from; i <= to; i++)
        {
            double u = x[i] - x[k], w = Weight(i);
            (s0, s1, s2, t0, t1) = (s0 + w, s1 + w * u, s2 + w * u * u, t0 + w * y[i], t1 + w * u * y[i]);
        }
        double determinant = s0 * s2 - s1 * s1, height = (s2 * t0 - s1 * t1) / determinant, slope = (s0 * t1 - s1 * t0) / determinant, residual = 0, heights = 0, slopes = 0;
        for (int i = from; i <= to; i++)
        {
            double u = x[i] - x[k], w = Weight(i), r = y[i] - height - slope * u;
            residual += w * r * r;
            heights += Math.Pow(w * (s2 - s1 * u) / determinant, 2);
            slopes += Math.Pow(w * (s0 * u - s1) / determinant, 2);
        }
        double variance = residual / s0 * (s0 / Math.Max(1, s0 - 2));
        return new(Math.Exp(x[k]), y[k], height, Math.Sqrt(variance * heights), slope, Math.Sqrt(variance * slopes));

        double Weight(int i) => Math.Exp(-0.5 * (i - k) * (i - k) / (width * width));
    }

    static (double[] X, double[] Y) Noisy(int n, bool linear, ulong seed)
    {
        var draws = new SeededRandom(seed);
        double[] x = [.. Enumerable.Range(0, n).Select(i => linear ? Math.Log(0.01 + i / (double)n) : -10 + 12.0 * i / n)];
        return (x, [.. x.Select(u => 3 / (1 + Math.Exp(u + 3)) + 0.2 * draws.Normal())]);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(300, false)]
    [InlineData(300, true)]
    [InlineData(1500, false)]
    public void Without_bins_it_is_the_line_point_by_point(int n, bool linear)
    {
        var (x, y) = Noisy(n, linear, 3);
        var lines = new LocalLines(x, y, 0.04 * n);
        for (int k = 0; k < n; k += 7)
            Same(Slowly(x, y, k, 0.04 * n), lines.At(k, Math.Exp(x[k])), 1e-9);
    }

    [Theory]
    [InlineData(4_000, false)]
    [InlineData(4_000, true)]
    [InlineData(20_000, false)]
    public void With_bins_it_is_that_line_to_a_twentieth_of_its_error(int n, bool linear)
    {
        // Five and twenty-five points to a bin. The weight at the bin's middle is off by u·δ/width² of itself, u and δ the way to the point and from the middle to it.
        // A line moves by the sum of its points' parts times these, so by at most 0.0064 (height) and 0.0114 (slope) of its standard error, root mean square, ends included: four of that.
        var (x, y) = Noisy(n, linear, 4);
        var lines = new LocalLines(x, y, 0.04 * n);
        for (int k = 0; k < n; k += n / 97)
        {
            RangePoint slow = Slowly(x, y, k, 0.04 * n), fast = lines.At(k, Math.Exp(x[k]));
            Assert.Equal(slow.Smoothed, fast.Smoothed, 0.026 * slow.Error);
            Assert.Equal(slow.Slope, fast.Slope, 0.046 * slow.SlopeError);
            Assert.Equal(slow.Error, fast.Error, 0.01 * slow.Error);
            Assert.Equal(slow.SlopeError, fast.SlopeError, 0.01 * slow.SlopeError);
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3_000)]
    [InlineData(1_000_000)]
    public void A_line_costs_the_same_however_many_points_there_are(int n)
    {
        var (x, y) = Noisy(n, false, 5);
        var lines = new LocalLines(x, y, 0.04 * n);
        // A window of six deviations, fewer than 64 bins to a deviation, and one cut at each end.
        for (int k = 0; k < n; k += Math.Max(1, n / 1_000))
            Assert.InRange(lines.BinsAbout(k), 1, 6 * 64 + 2);
    }

    static void Same(RangePoint expected, RangePoint actual, double relative)
    {
        foreach (var (e, a) in (IEnumerable<(double, double)>)[(expected.Smoothed, actual.Smoothed), (expected.Error, actual.Error), (expected.Slope, actual.Slope), (expected.SlopeError, actual.SlopeError)])
            Assert.Equal(e, a, relative * Math.Max(Math.Abs(e), 1e-3));
    }
}
