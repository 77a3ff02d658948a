namespace Anneal.Lessons;

/// <summary>What lesson 12 does to data and weights, written by the reader.</summary>
public static class RegressionFromScratch
{
    static readonly double[] pounds = [3_500, 3_700, 2_100, 2_400, 4_300, 1_900, 3_000];
    static readonly double[] aroundZero = [-1, 0, 2, 1, -2, 0.5];
    static readonly double[] feature = [0.5, -1, 1.5, 0, -0.5, 2];
    static readonly double[] label = [20, 28, 15, 23, 27, 12];
    static readonly double[] many = [.. Draws(seed: 12, count: 40)];
    static readonly double[] answers = [.. Draws(seed: 13, count: 40).Zip(Draws(seed: 12, count: 40), (noise, x) => 23 - 6 * x + 3 * noise)];

    /// <summary>A column with its mean taken off, divided by its standard deviation.</summary>
    public static CodingExercise<Func<double[], double[]>> Standardise { get; } = new("standardise-from-scratch",
        "Write the cure: take the mean off a column and divide by its standard deviation (the root of the mean of the squares that are left).",
        x => Scaled(x, x.Average(), Deviation))
    {
        Step = "row",
        Trials =
        [
            new("the weights shown", f => f(pounds), new Input("pounds", pounds)),
            new("numbers around 0", f => f(aroundZero), new Input("x", aroundZero)),
            new("40 rows", f => f(many), new Input("x", many)),
        ],
        Slips =
        [
            new(x => Scaled(x, 0, Root), "The mean is still in: that is ML.NET's default, which divides by the root of the mean square."),
            new(x => Scaled(x, x.Average(), _ => 1), "The mean is off. Divide by the standard deviation as well."),
            new(x => Scaled(x, x.Average(), v => Deviation(v) * Math.Sqrt(v.Length / (v.Length - 1.0))), "You divide by n − 1 under the root. Here the mean of the squares has n: these rows are all there are."),
            new(x => Scaled(x, x.Average(), v => Deviation(v) * Deviation(v)), "The root is missing: that divides by the variance."),
            new(x => Scaled(x, x.Min(), v => v.Max() - v.Min()), "That is min-max, from 0 to 1: the mean is not taken off."),
            new(x => Scaled(x, 0, v => v.Max(Math.Abs)), "That is min-max with 0 kept in place: the mean is not taken off."),
            new(x => Scaled(x, x.Average(), v => Root(v)), "The root of the mean square must be taken after the mean is off."),
            new(x => Scaled(x, 0, Deviation), "The mean is still in: take it off before you divide."),
        ],
    };

    /// <summary>One pass of SGD on least squares for one feature and an intercept, the rate on a line to 0: features, labels, peak.</summary>
    public static CodingExercise<Func<double[], double[], double, double[]>> LinePass { get; } = new("line-pass-from-scratch",
        "Write one pass of SGD on ½r² with r = wx + b − y, from w = b = 0, the rate on a line from the peak to 0, asked at every update: w after each update.",
        (x, y, peak) => Pass(x, y, t => peak * (1 - t / (double)x.Length)))
    {
        Trials =
        [
            new("the rows shown", f => f(feature, label, 0.2), new Input("x", feature), new("y", label), new("peak", 0.2)),
            new("another peak", f => f(feature, label, 0.05), new Input("x", feature), new("y", label)),
            new("40 rows", f => f(many, answers, 0.1), new Input("x", many), new("y", answers)),
        ],
        Slips =
        [
            new((x, y, peak) => Pass(x, y, t => -peak * (1 - t / (double)x.Length)), "The sign: the weights move against the gradient, w ← w − ηrx with r = wx + b − y."),
            new((x, y, peak) => Pass(x, y, t => 2 * peak * (1 - t / (double)x.Length)), "That is the gradient of r². Of ½r² it is rx, without the 2."),
            new((x, y, peak) => Pass(x, y, _ => peak), "The rate stays at the peak: that is a schedule asked once per pass. Ask it at every update."),
            new((x, y, peak) => Pass(x, y, t => peak * (1 - (t + 1) / (double)x.Length)), "t counts the updates already made, so the first update has t = 0 and the whole peak."),
            new((x, y, peak) => Pass(x, y, t => peak * (1 - t / (double)x.Length), intercept: false), "The intercept never moves: b ← b − ηr belongs to every update."),
            new((x, y, peak) => Pass(x, y, t => peak * (1 - t / (double)x.Length), stale: false), "The residual is computed again after w has moved. Compute r once, then move w and b."),
            new((x, y, peak) => Pass(x, y, t => peak * (1 - t / (x.Length - 1.0))), "The line reaches 0 after T updates, so it is 1 − t/T with T the number of rows, not T − 1."),
        ],
    };

    static double Root(double[] x) => Math.Sqrt(x.Average(v => v * v));

    static double Deviation(double[] x)
    {
        double mean = x.Average();
        return Root([.. x.Select(v => v - mean)]);
    }

    static double[] Scaled(double[] x, double off, Func<double[], double> unit)
    {
        double by = unit(x);
        return [.. x.Select(v => (v - off) / by)];
    }

    static double[] Pass(double[] x, double[] y, Func<int, double> rate, bool intercept = true, bool stale = true)
    {
        double w = 0, b = 0;
        var path = new double[x.Length];
        for (int t = 0; t < x.Length; t++)
        {
            double residual = w * x[t] + b - y[t];
            w -= rate(t) * residual * x[t];
            if (intercept)
                b -= rate(t) * (stale ? residual : w * x[t] + b - y[t]);
            path[t] = w;
        }
        return path;
    }

    static IEnumerable<double> Draws(ulong seed, int count)
    {
        var draws = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => draws.Normal())];
    }
}
