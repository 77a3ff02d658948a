using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

/// <summary>Rules that find their rate, against their formulas.</summary>
public class RateFreeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0.3)]
    public void DAdaptSgd_measures_by_the_first_gradient_how_far_it_must_go(double beta, double decay)
    {
        double d = 0.1, r = 0, first = 0;
        double[] s = new double[start.Length], expected = [.. start], w = [.. start];
        var rule = new DAdaptSgd(beta, decay, D0: 0.1);
        var state = rule.Start(layout);
        for (int t = 1; t <= 8; t++)
        {
            double[] bare = Gradients(t), g = [.. bare.Select((x, i) => x + decay * expected[i])];
            rule.Step(state, w, bare, Rate);
            first = first == 0 ? Norm(bare) : first;
            double l = d * Rate / first;
            r += l * g.Zip(s).Sum(pair => pair.First * pair.Second);
            s = [.. s.Zip(g).Select(pair => pair.First + l * pair.Second)];
            d = Math.Max(d, 2 * r / Norm(s));
            expected = [.. expected.Select((x, i) => beta * x + (1 - beta) * (start[i] - s[i]))];
            Assert.Equal(expected, w, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Theory]
    [InlineData(0.8, false, 0, double.PositiveInfinity)]
    [InlineData(0, false, 0, double.PositiveInfinity)]
    [InlineData(0, true, 0.3, 1.05)]
    [InlineData(0.8, true, 0.3, 1.05)]
    public void Prodigy_finds_its_rate_from_how_far_it_came(double b1, bool corrected, double decay, double growth)
    {
        const double b2 = 0.9, ε = 0.01, d0 = 0.1;
        double b3 = Math.Sqrt(b2), d = d0, largest = d0, r = 0;
        int n = start.Length;
        double[] m = new double[n], v = new double[n], s = new double[n], expected = [.. start], w = [.. start];
        var rule = new Prodigy(b1, b2, Epsilon: ε, Decay: decay, BiasCorrection: corrected, D0: d0, GrowthRate: growth);
        var state = rule.Start(layout);
        for (int t = 1; t <= 8; t++)
        {
            // On the whole always downhill, so that there is a distance to be seen.
            double[] g = [.. Gradients(t).Select(x => x + 4)];
            rule.Step(state, w, g, 1);
            double l = d * (corrected ? Math.Sqrt(1 - Math.Pow(b2, t)) / (1 - Math.Pow(b1, t)) : 1), before = d;
            r = b3 * r + d / d0 * l * Enumerable.Range(0, n).Sum(i => g[i] * (start[i] - expected[i]));
            for (int i = 0; i < n; i++)
            {
                s[i] = b3 * s[i] + d / d0 * l * g[i];
                m[i] = b1 * m[i] + (1 - b1) * d * g[i];
                v[i] = b2 * v[i] + (1 - b2) * d * d * g[i] * g[i];
            }
            double estimate = r / s.Sum(Math.Abs);
            d = d == d0 ? Math.Max(d, estimate) : d;
            largest = Math.Max(largest, estimate);
            d = Math.Min(largest, d * growth);
            for (int i = 0; i < n; i++)
            {
                // Without a mean the authors' code takes the new d, as it does under the root.
                double mean = b1 > 0 ? m[i] : d * g[i];
                expected[i] = (1 - l * decay) * expected[i] - l * mean / (Math.Sqrt(v[i]) + d * ε);
            }
            Assert.Equal(expected, w, (a, b) => Math.Abs(a - b) < 1e-12);
        }
        Assert.True(d > (growth > 2 ? 2 : 1.3) * d0, $"{d}");
    }

    [Fact]
    public void Prodigy_that_looks_at_all_weights_moves_alike_where_every_second_is_a_copy()
    {
        // Twice the same weights: every second of them holds all there is to see.
        double[] Walk(Rule rule, bool doubled)
        {
            double[] w = doubled ? [.. start.SelectMany(x => new[] { x, x })] : [.. start];
            var state = rule.Start(Layout.Of(w.Length));
            for (int t = 1; t <= 8; t++)
                rule.Step(state, w, doubled ? [.. Gradients(t).SelectMany(g => new[] { g, g })] : Gradients(t), Rate);
            return doubled ? [.. w.Where((_, i) => i % 2 == 0)] : w;
        }

        foreach (bool safe in new[] { false, true })
            Assert.Equal(Walk(new Prodigy(D0: 0.1, SafeguardWarmup: safe), false), Walk(new Prodigy(D0: 0.1, SafeguardWarmup: safe, SliceP: 2), true), (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
