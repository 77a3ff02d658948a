namespace Anneal.Tests;

/// <summary>Runs a rule beside its formula in plain arithmetic, one weight after the other.</summary>
/// <remarks>The golden records hold what reference implementations do; what those do not offer, such as the forms that a lecture prints, is held to the formula so.</remarks>
static class PlainArithmetic
{
    internal const double Rate = 0.05;

    internal static readonly double[] start = [0.8, -0.5, 0.3, 1.2, -0.9, 0.1, 0.7];

    /// <summary>One matrix and one vector.</summary>
    internal static readonly Layout layout = Layout.Of(("matrix", [2, 2]), ("vector", [3]));

    internal static double Gradient(int t, int i) => Math.Sin(1.7 * i + t * t) * (1 + i % 3);

    internal static double[] Gradients(int t) => [.. Enumerable.Range(0, start.Length).Select(i => Gradient(t, i))];

    internal static double Norm(double[] x) => Math.Sqrt(x.Sum(y => y * y));

    /// <summary>Runs a rule beside its formula for one weight, which has so many numbers to remember.</summary>
    internal static void Agree(Rule rule, int numbers, Func<int, double, double, double[], double> formula, int steps = 8)
    {
        double[][] memory = [.. start.Select(_ => new double[numbers])];
        AgreeByTensor(rule, (t, w, g, at) =>
        {
            for (int i = 0; i < w.Length; i++)
                w[i] = formula(t, w[i], g[i], memory[at + i]);
        }, steps);
    }

    /// <summary>Runs a rule beside its formula for one tensor, given where that begins among all weights.</summary>
    internal static void AgreeByTensor(Rule rule, Action<int, double[], double[], int> formula, int steps = 8)
    {
        var state = rule.Start(layout);
        double[] weights = [.. start], expected = [.. start];
        for (int t = 1; t <= steps; t++)
        {
            double[] g = Gradients(t);
            rule.Step(state, weights, g, Rate);
            foreach (var (at, count) in new[] { (0, 4), (4, 3) })
            {
                double[] w = expected[at..(at + count)];
                formula(t, w, g[at..(at + count)], at);
                w.CopyTo(expected, at);
            }
            for (int i = 0; i < weights.Length; i++)
                Assert.True(Math.Abs(expected[i] - weights[i]) <= 1e-12, $"{rule}, step {t}, weight {i}: {weights[i]:R} instead of {expected[i]:R}");
        }
    }
}
