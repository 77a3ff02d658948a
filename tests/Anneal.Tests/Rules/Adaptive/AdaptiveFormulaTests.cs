using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

/// <summary>Adaptive rules and their options against their formulas.</summary>
public class AdaptiveFormulaTests
{
    [Fact]
    public void Adam_with_every_combination_of_its_options()
    {
        foreach (var amsgrad in Enum.GetValues<Amsgrad>())
            foreach (var nesterov in Enum.GetValues<NesterovForm>())
                foreach (var corrected in Enum.GetValues<BiasCorrection>())
                    foreach (bool hat in new[] { false, true })
                    {
                        const double b1 = 0.8, b2 = 0.9, ε = 0.01, under = 0.02, λ = 0.3;
                        Agree(new Adam(b1, b2, ε, λ, amsgrad, nesterov, under, hat, corrected), 3, (t, w, g, memory) =>
                        {
                            g += λ * w;
                            double m = memory[0] = b1 * memory[0] + (1 - b1) * g, v = memory[1] = b2 * memory[1] + (1 - b2) * g * g;
                            double c1 = corrected is BiasCorrection.Both or BiasCorrection.Mean ? 1 - Math.Pow(b1, t) : 1, c2 = corrected is BiasCorrection.Both or BiasCorrection.Square ? 1 - Math.Pow(b2, t) : 1;
                            double mean = nesterov switch
                            {
                                NesterovForm.Off => m / c1,
                                NesterovForm.Plain => (b1 * m + (1 - b1) * g) / c1,
                                _ => b1 * m / (1 - Math.Pow(b1, t + 1)) + (1 - b1) * g / c1,
                            };
                            double square = amsgrad switch
                            {
                                Amsgrad.Off => v / c2,
                                Amsgrad.Raw => (memory[2] = Math.Max(memory[2], v)) / c2,
                                _ => memory[2] = Math.Max(memory[2], v / c2),
                            };
                            return w - Rate * mean / (Math.Sqrt(square + (hat ? under / c2 : under)) + (hat ? ε / Math.Sqrt(c2) : ε));
                        });
                    }
    }

    [Fact]
    public void Adam_as_the_lecture_prints_it_corrects_what_it_remembers() =>
        Agree(new AdamAsPrinted(0.8, 0.9, 0.01), 2, (t, w, g, memory) =>
        {
            double m = memory[0] = (0.8 * memory[0] + 0.2 * g) / (1 - Math.Pow(0.8, t)), v = memory[1] = (0.9 * memory[1] + 0.1 * g * g) / (1 - Math.Pow(0.9, t));
            return w - Rate / Math.Sqrt(v + 0.01) * m;
        });

    [Fact]
    public void RAdam_divides_only_once_the_variance_can_be_trusted()
    {
        const double b1 = 0.8, b2 = 0.9, ε = 0.01, under = 0.02;
        foreach (var nesterov in Enum.GetValues<NesterovForm>())
            Agree(new RAdam(b1, b2, ε, 5, under, EpsilonHat: false, nesterov), 2, (t, w, g, memory) =>
            {
                double m = memory[0] = b1 * memory[0] + (1 - b1) * g, v = memory[1] = b2 * memory[1] + (1 - b2) * g * g;
                double c1 = 1 - Math.Pow(b1, t), mean = nesterov switch
                {
                    NesterovForm.Off => m / c1,
                    NesterovForm.Plain => (b1 * m + (1 - b1) * g) / c1,
                    _ => b1 * m / (1 - Math.Pow(b1, t + 1)) + (1 - b1) * g / c1,
                };
                double most = 2 / (1 - b2) - 1, now = most - 2 * t * Math.Pow(b2, t) / (1 - Math.Pow(b2, t));
                if (now <= 5)
                    return w - Rate * mean;
                double r = Math.Sqrt((now - 4) * (now - 2) * most / ((most - 4) * (most - 2) * now));
                return w - Rate * r * mean / (Math.Sqrt(v / (1 - Math.Pow(b2, t)) + under) + ε);
            }, steps: 12);
    }

    [Theory]
    [InlineData(false, 0.25)]
    [InlineData(true, 0.25)]
    [InlineData(true, null)]
    public void Adopt_divides_by_what_it_knew_before(bool nesterov, double? power) =>
        Agree(new Adopt(0.8, 0.9, 0.01, power, nesterov), 2, (t, w, g, memory) =>
        {
            double v = memory[1];
            memory[1] = t == 1 ? g * g : 0.9 * v + 0.1 * g * g;
            if (t == 1)
                return w;
            double limit = power is double p ? Math.Pow(t - 1, p) : double.MaxValue, c = Math.Clamp(g / Math.Max(Math.Sqrt(v), 0.01), -limit, limit);
            double m = memory[0] = 0.8 * memory[0] + 0.2 * c;
            return w - Rate * (nesterov ? 0.8 * m + 0.2 * c : m);
        });

    [Theory]
    [InlineData(0.9)]
    [InlineData(0)]
    public void Madgrad_averages_towards_a_point_far_from_the_start(double beta) =>
        Agree(new Madgrad(beta, 0.01), 3, (t, w, g, memory) =>
        {
            if (t == 1)
                memory[2] = w;
            double weight = (Rate + 0.01) * Math.Sqrt(t);
            memory[0] += weight * g;
            memory[1] += weight * g * g;
            return beta * w + (1 - beta) * (memory[2] - memory[0] / (Math.Cbrt(memory[1]) + 0.01));
        });

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.3)]
    public void Ftrl_solves_for_its_weights_anew(double power) =>
        Agree(new Ftrl(-power, InitialAccumulator: 0.2, L1: 0.1, L2: 0.3, L2Shrinkage: 0.05, Beta: 0.4), 2, (t, w, g, memory) =>
        {
            if (t == 1)
                memory[0] = 0.2;
            double before = Math.Pow(memory[0], power), now = Math.Pow(memory[0] += g * g, power);
            double l = memory[1] += g + 2 * 0.05 * w - (now - before) / Rate * w;
            return (Math.Clamp(l, -0.1, 0.1) - l) / (now / Rate + 2 * (0.3 + 0.4 / (2 * Rate)));
        });

    [Fact]
    public void RmsProp_with_every_combination_of_its_options()
    {
        foreach (bool centered in new[] { false, true })
            foreach (bool nesterov in new[] { false, true })
                foreach (bool corrected in new[] { false, true })
                    foreach (bool early in new[] { false, true })
                        foreach (var place in Enum.GetValues<EpsilonPlace>())
                        {
                            Agree(new RmsProp(Rho: 0.8, Epsilon: 0.05, Centered: centered, EpsilonPlace: place, Momentum: 0.7, Nesterov: nesterov, InitialAccumulator: 0.4, BiasCorrection: corrected, RateInMomentum: early), 3, (t, w, g, memory) =>
                            {
                                if (t == 1)
                                    memory[0] = 0.4;
                                double c = corrected ? 1 - Math.Pow(0.8, t) : 1, s = memory[0] = 0.8 * memory[0] + 0.2 * g * g, a = memory[1] = centered ? 0.8 * memory[1] + 0.2 * g : 0;
                                double square = s / c - a / c * (a / c), d = (early ? Rate : 1) * g / (place == EpsilonPlace.Inside ? Math.Sqrt(square + 0.05) : Math.Sqrt(square) + 0.05);
                                double b = memory[2] = 0.7 * memory[2] + d;
                                return w - (early ? 1 : Rate) * (nesterov ? d + 0.7 * b : b);
                            });
                        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Mars_corrects_the_gradient_and_shrinks_the_weights(bool asLion, bool vectors)
    {
        const double b1 = 0.8, b2 = 0.9, ε = 0.01, λ = 0.3, γ = 0.5;
        double[][] m = [new double[4], new double[3]], v = [new double[4], new double[3]], previous = [new double[4], new double[3]];
        AgreeByTensor(new Mars(b1, b2, ε, λ, γ, asLion, vectors, VectorRate: 0.5, VectorBeta1: 0.7, VectorBeta2: 0.6), (t, w, g, at) =>
        {
            int k = at == 0 ? 0 : 1;
            bool full = k == 0 || vectors;
            var (beta1, beta2, rate) = full ? (b1, b2, Rate) : (0.7, 0.6, Rate * 0.5);
            double[] c = [.. g];
            if (full && t > 1)
            {
                for (int i = 0; i < g.Length; i++)
                    c[i] += γ * beta1 / (1 - beta1) * (g[i] - previous[k][i]);
                double size = Math.Max(1, Norm(c));
                c = [.. c.Select(x => x / size)];
            }
            for (int i = 0; i < g.Length; i++)
            {
                m[k][i] = beta1 * m[k][i] + (1 - beta1) * c[i];
                v[k][i] = beta2 * v[k][i] + (1 - beta2) * c[i] * c[i];
                double step = full && asLion ? Math.Sign(m[k][i]) : m[k][i] / (1 - Math.Pow(beta1, t)) / (Math.Sqrt(v[k][i] / (1 - Math.Pow(beta2, t))) + ε);
                w[i] -= rate * (step + λ * w[i]);
            }
            g.CopyTo(previous[k], 0);
        });
    }

    [Fact]
    public void AdaBound_stands_still_at_rate_0_and_goes_on_after_it()
    {
        var rule = new AdaBound();
        var state = rule.Start(Layout.Of(2));
        double[] weights = [1, -2];
        rule.Step(state, weights, [1, 1], 0);
        Assert.Equal([1, -2], weights);
        rule.Step(state, weights, [1, 1], Rate);
        Assert.All(weights.Zip(new[] { 1.0, -2 }), pair => Assert.True(pair.First < pair.Second));
    }
}
