namespace Anneal.Tests;

/// <summary>Rules and their options against their formulas in plain arithmetic, one weight after the other.</summary>
/// <remarks>The golden records hold what reference implementations do; what those do not offer, such as the forms that a lecture prints, is held to the formula here.</remarks>
public class TextbookTests
{
    const double Rate = 0.05;

    static readonly double[] start = [0.8, -0.5, 0.3, 1.2, -0.9, 0.1, 0.7];

    /// <summary>One matrix and one vector.</summary>
    static readonly Layout layout = Layout.Of(("matrix", [2, 2]), ("vector", [3]));

    static double Gradient(int t, int i) => Math.Sin(1.7 * i + t * t) * (1 + i % 3);

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

    [Fact]
    public void Lion_as_the_lecture_prints_it_remembers_signs() =>
        Agree(new Lion(0.8, 0.9, Decay: 0.3, AsPrinted: true), 1, (_, w, g, memory) =>
        {
            double m = memory[0] = 0.8 * memory[0] + 0.2 * Math.Sign(g);
            return (1 - Rate * 0.3) * w - Rate * Math.Sign(m);
        });

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
        Agree(new Ftrl(-power, Initial: 0.2, L1: 0.1, L2: 0.3, Shrinkage: 0.05, Beta: 0.4), 2, (t, w, g, memory) =>
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
                            Agree(new RmsProp(Rho: 0.8, Epsilon: 0.05, Centered: centered, Place: place, Momentum: 0.7, Nesterov: nesterov, Initial: 0.4, BiasCorrection: corrected, RateInMomentum: early), 3, (t, w, g, memory) =>
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

    [Fact]
    public void Asgd_averages_from_its_step_on()
    {
        Agree(new Asgd(Lambda: 0.3, Alpha: 0.6, From: 3), 0, (t, w, g, _) =>
            (1 - 0.3 * Eta(t)) * w - Eta(t) * g);

        var state = new Asgd(Lambda: 0, From: 3).Start(Layout.Of(1));
        double[] x = [1], settled = new double[1];
        List<double> after = [];
        for (int t = 1; t <= 9; t++)
        {
            new Asgd(Lambda: 0, From: 3).Step(state, x, [Gradient(t, 1)], Rate);
            after.Add(x[0]);
            new Asgd(Lambda: 0, From: 3).GetEvaluationWeights(state, x, settled);
            // The weight of step t is 1 / max(1, t − 1 − From).
            double expected = after.Select((w, i) => (w, t: i + 1)).Aggregate(0.0, (average, step) => average + (step.w - average) / (step.t == 1 ? 1 : Math.Max(1, step.t - 1 - 3)));
            Assert.Equal(expected, settled[0], 1e-12);
        }

        static double Eta(int t) => t == 1 ? Rate : Rate / Math.Pow(1 + 0.3 * Rate * (t - 1), 0.6);
    }

    [Fact]
    public void Lars_scales_every_tensor_by_its_own_trust()
    {
        foreach (bool nesterov in new[] { false, true })
            foreach (bool clip in new[] { false, true })
                foreach (bool always in new[] { false, true })
                    foreach (double decay in new[] { 0, 0.3 })
                    {
                        double[] v = new double[start.Length];
                        AgreeByTensor(new Lars(0.9, 0.02, decay, 0.1, nesterov, 0.01, clip, always), (t, w, g, at) =>
                        {
                            double ratio = decay == 0 && !always ? 1 : 0.02 * Norm(w) / (Norm(g) + decay * Norm(w) + 0.01);
                            if (clip && (decay != 0 || always))
                                ratio = Math.Min(ratio / Rate, 1);
                            for (int i = 0; i < w.Length; i++)
                            {
                                double d = ratio * (g[i] + decay * w[i]), m = v[at + i] = t == 1 ? d : 0.9 * v[at + i] + (1 - 0.1) * d;
                                w[i] -= Rate * (nesterov ? d + 0.9 * m : m);
                            }
                        });
                    }
    }

    [Fact]
    public void Lamb_scales_every_step_to_the_length_of_its_weights()
    {
        foreach (var rule in new[]
        {
            new Lamb(0.8, 0.9, 0.01, 0.3), new Lamb(0.8, 0.9, 0.01, 0.3, BiasCorrection: false), new Lamb(0.8, 0.9, 0.01, 0.3, EpsilonRoot: 0.02), new Lamb(0.8, 0.9, 0.01, 0.3, MaxWeightNorm: 0.5),
            new Lamb(0.8, 0.9, 0.01, 0.3, Averaging: false), new Lamb(0.8, 0.9, 0.01, 0.3, TrustClip: true), new Lamb(0.8, 0.9, 0.01, 0, AlwaysAdapt: false), new Lamb(0.8, 0.9, 0.01, 0),
            new Lamb(0.8, 0.9, 0.01, 0.3, DecayBeside: true), new Lamb(0.8, 0.9, 0.01, 0.3, Careful: true),
        })
        {
            double[] m = new double[start.Length], v = new double[start.Length];
            AgreeByTensor(rule, (t, w, g, at) =>
            {
                double[] u = new double[w.Length];
                for (int i = 0; i < w.Length; i++)
                {
                    m[at + i] = 0.8 * m[at + i] + (rule.Averaging ? 0.2 : 1) * g[i];
                    v[at + i] = 0.9 * v[at + i] + 0.1 * g[i] * g[i];
                    double mean = rule.BiasCorrection ? m[at + i] / (1 - Math.Pow(0.8, t)) : m[at + i], square = rule.BiasCorrection ? v[at + i] / (1 - Math.Pow(0.9, t)) : v[at + i];
                    u[i] = mean / (Math.Sqrt(square + rule.EpsilonRoot) + 0.01);
                }
                if (rule.Careful)
                    KeepAgreeing(u, g);
                for (int i = 0; i < w.Length; i++)
                    if (rule.DecayBeside)
                        w[i] *= 1 - Rate * rule.Decay;
                    else
                        u[i] += rule.Decay * w[i];
                double ratio = rule.Decay == 0 && !rule.AlwaysAdapt ? 1 : Math.Min(Norm(w), rule.MaxWeightNorm) / Norm(u);
                for (int i = 0; i < w.Length; i++)
                    w[i] -= Rate * (rule.TrustClip ? Math.Min(ratio, 1) : ratio) * u[i];
            });
        }
    }

    [Fact]
    public void A_gradient_without_length_moves_nothing_by_trust()
    {
        foreach (Rule rule in new Rule[] { new Lars(), new Lamb(Decay: 0) })
        {
            double[] weights = [1, 2];
            rule.Step(rule.Start(Layout.Of(2)), weights, [0, 0], Rate);
            Assert.Equal([1, 2], weights);
            weights = [0, 0];
            rule.Step(rule.Start(Layout.Of(2)), weights, [1, 1], Rate);
            Assert.All(weights, w => Assert.True(w < 0));
        }
    }

    /// <summary>Of a gradient on the diagonal every product of Shampoo is diagonal too: each step is divided by the root of its own sum of squares.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.9, 1)]
    [InlineData(1, 3)]
    public void Shampoo_on_the_diagonal_is_AdaGrad(double keep, int every)
    {
        var rule = new Shampoo(keep, 0.01, every);
        var shape = Layout.Of(2, 2);
        var state = rule.Start(shape);
        double[] w = [1, 0.5, -0.5, 2];
        double[] expected = [.. w], sums = new double[2], roots = new double[2];
        for (int t = 1; t <= 7; t++)
        {
            rule.Step(state, w, [Gradient(t, 0), 0, 0, Gradient(t, 1)], Rate);
            for (int i = 0; i < 2; i++)
            {
                double g = Gradient(t, i);
                sums[i] = keep * sums[i] + (keep == 1 ? 1 : 1 - keep) * g * g;
                if ((t - 1) % every == 0)
                    roots[i] = Math.Sqrt(sums[i] + 0.01);
                expected[3 * i] -= Rate * g / roots[i];
            }
        }
        Assert.Equal(expected, w, (a, b) => Math.Abs(a - b) < 1e-12);

        var vector = Layout.Of(2);
        var alone = rule.Start(vector);
        double[] v = [1, 2];
        rule.Step(alone, v, [0.5, -2], Rate);
        double share = keep == 1 ? 1 : 1 - keep;
        Assert.Equal([1 - Rate * 0.5 / Math.Sqrt(share * 0.25 + 0.01), 2 + Rate * 2 / Math.Sqrt(share * 4 + 0.01)], v, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    public static TheoryData<Rule, Rule> Coupled => new()
    {
        { new Adam(Decay: 0.3), new Adam() },
        { new DAdaptAdam(Decay: 0.3, D0: 0.1), new DAdaptAdam(D0: 0.1) },
        { new Prodigy(Decay: 0.3, Decoupled: false, D0: 0.1), new Prodigy(D0: 0.1) },
        { new WeightDecay(new RmsProp(), 0.3, DecayForm.L2), new RmsProp() },
    };

    [Theory, MemberData(nameof(Coupled))]
    public void Decay_in_the_gradient_is_the_gradient_of_a_penalty(Rule decayed, Rule plain)
    {
        RuleState first = decayed.Start(layout), second = plain.Start(layout);
        double[] one = [.. start], other = [.. start];
        for (int t = 1; t <= 8; t++)
        {
            decayed.Step(first, one, Gradients(t), Rate);
            plain.Step(second, other, [.. Gradients(t).Select((g, i) => g + 0.3 * other[i])], Rate);
        }
        Assert.Equal(other, one, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.NotEqual(start, one);
    }

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
        var rule = new Prodigy(b1, b2, Epsilon: ε, Decay: decay, BiasCorrection: corrected, D0: d0, Growth: growth);
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
    public void Muon_runs_AdamW_at_a_rate_of_its_own_on_what_is_no_matrix()
    {
        var vector = Layout.Of(start.Length);
        Rule muon = new Muon(Decay: 0.3, VectorRate: 0.25), adam = new AdamW(0.9, 0.95, 1e-10, 0.3);
        RuleState first = muon.Start(vector), second = adam.Start(vector);
        double[] one = [.. start], other = [.. start];
        for (int t = 1; t <= 8; t++)
        {
            muon.Step(first, one, Gradients(t), Rate);
            adam.Step(second, other, Gradients(t), Rate * 0.25);
        }
        Assert.Equal(other, one);
        Assert.NotEqual(start, one);
    }

    [Fact]
    public void Soap_that_turns_nothing_is_Adam_one_step_late()
    {
        const double b1 = 0.8, b2 = 0.9, ε = 0.01, λ = 0.3;
        Agree(new Soap(b1, b2, Epsilon: ε, Decay: λ, Largest: 1), 2, (t, w, g, memory) =>
        {
            if (t == 1)
                return w;
            double m = memory[0] = b1 * memory[0] + (1 - b1) * g, v = memory[1] = b2 * memory[1] + (1 - b2) * g * g;
            return (1 - Rate * λ) * (w - Rate * Math.Sqrt(1 - Math.Pow(b2, t - 1)) / (1 - Math.Pow(b1, t - 1)) * m / (Math.Sqrt(v) + ε));
        });
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Adafactor_factors_a_matrix_whose_shorter_side_is_long_enough(int from, bool factored)
    {
        var state = new Adafactor(FactorFrom: from).Start(Layout.Of(2, 5));
        Assert.Equal(factored ? (2, 5, 0) : (0, 0, 10), (state["row"].Length, state["column"].Length, state["v"].Length));
    }

    [Theory]
    [InlineData(2, false, false, 0, 4, 0)]
    [InlineData(3, false, false, 9, 4, 0)]
    [InlineData(1, false, false, 0, 0, 0)]
    [InlineData(4, false, true, 9, 4, 0)]
    [InlineData(5, false, true, 9, 4, 25)]
    [InlineData(5, true, false, 9, 4, 0)]
    [InlineData(6, true, false, 36, 0, 0)]
    public void Soap_turns_what_is_not_too_large(int largest, bool merge, bool vectors, int left, int right, int vector)
    {
        var state = new Soap(Largest: largest, Merge: merge, RotateVectors: vectors).Start(Layout.Of(("matrix", [3, 2]), ("vector", [5])));
        Assert.Equal((left + vector, right), (state["gramLeft"].Length, state["gramRight"].Length));
        Assert.Equal((left + vector, right), (state["basisLeft"].Length, state["basisRight"].Length));
    }

    [Theory]
    [InlineData(AdafactorRates.Capped)]
    [InlineData(AdafactorRates.Given)]
    [InlineData(AdafactorRates.Relative)]
    [InlineData(AdafactorRates.RelativeFromZero)]
    public void Adafactor_takes_its_rate_as_it_is_told(AdafactorRates rates)
    {
        // The relative rates turn at step 10,000, where 0.01 and 1e-6·t are 1/√t.
        double v = 0, expected = 1;
        double[] w = [1];
        var rule = new Adafactor(Clip: null, ScaleFloor: null, Rates: rates);
        var state = rule.Start(Layout.Of(1));
        for (int t = 1; t <= 12_000; t++)
        {
            double g = Gradient(t, 1);
            rule.Step(state, w, [g], Rate);
            double kept = 1 - Math.Pow(t, -0.8);
            v = kept * v + (1 - kept) * (g * g + 1e-30);
            expected -= g / Math.Sqrt(v) * rates switch
            {
                AdafactorRates.Capped => Math.Min(Rate, 1 / Math.Sqrt(t)),
                AdafactorRates.Relative => Math.Min(0.01, 1 / Math.Sqrt(t)),
                AdafactorRates.RelativeFromZero => Math.Min(1e-6 * t, 1 / Math.Sqrt(t)),
                _ => Rate,
            };
            // 12,000 roundings of numbers of size 1 at most.
            Assert.True(Math.Abs(expected - w[0]) < 1e-11, $"step {t}: {w[0]:R} instead of {expected:R}");
        }
    }

    [Theory]
    [InlineData(DecayForm.L2, Rate)]
    [InlineData(DecayForm.Decoupled, Rate)]
    [InlineData(DecayForm.DecoupledAfter, Rate)]
    [InlineData(DecayForm.Independent, 1)]
    [InlineData(DecayForm.IndependentAfter, 1)]
    public void Plain_descent_shrinks_by_its_decay_with_or_without_the_rate(DecayForm form, double share) =>
        Agree(new Sgd(0.3, form), 0, (_, w, g, _) => w - Rate * g - share * 0.3 * w);

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
            Assert.Equal(Walk(new Prodigy(D0: 0.1, Safe: safe), false), Walk(new Prodigy(D0: 0.1, Safe: safe, Every: 2), true), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(DecayForm.L2)]
    [InlineData(DecayForm.Decoupled)]
    [InlineData(DecayForm.Independent)]
    [InlineData(DecayForm.DecoupledAfter)]
    [InlineData(DecayForm.IndependentAfter)]
    public void Decay_shrinks_where_and_as_its_form_says(DecayForm form) =>
        Agree(new WeightDecay(new Sgd(), 0.3, form, From: 3), 0, (t, w, g, _) =>
        {
            double λ = t < 3 ? 0 : 0.3;
            return form switch
            {
                DecayForm.L2 => w - Rate * (g + λ * w),
                DecayForm.Decoupled => (1 - λ * Rate) * w - Rate * g,
                DecayForm.Independent => (1 - λ) * w - Rate * g,
                DecayForm.DecoupledAfter => (1 - λ * Rate) * (w - Rate * g),
                _ => w - Rate * g - λ * w,
            };
        });

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

    [Fact]
    public void Wrappers_that_change_the_gradient_hand_on_what_they_say()
    {
        Agree(new Maximize(new Sgd()), 0, (_, w, g, _) => w + Rate * g);
        Agree(new GradientScale(new Sgd(), 0.25), 0, (_, w, g, _) => w - Rate * 0.25 * g);
        AgreeByTensor(new ClipByNorm(new Sgd(), 1.5), (_, w, g, _) =>
        {
            double share = Math.Min(1, 1.5 / Norm(g));
            for (int i = 0; i < w.Length; i++)
                w[i] -= Rate * share * g[i];
        });
        AgreeByTensor(new Cautious(new Sgd()), (_, w, g, _) =>
        {
            for (int i = 0; i < w.Length; i++)
                w[i] -= Rate * g[i];
        });
    }

    [Fact]
    public void Averages_begin_where_they_are_told()
    {
        double warm = 0, equal = 0, w = 0.8;
        int counted = 0;
        Rule growing = new ExponentialMovingAverage(new Sgd(), 0.5, Warm: true), late = new StochasticWeightAverage(new Sgd(), From: 2, Every: 3);
        RuleState first = growing.Start(Layout.Of(1)), second = late.Start(Layout.Of(1));
        double[] one = [0.8], other = [0.8], settled = new double[1];
        growing.GetEvaluationWeights(first, one, settled);
        Assert.Equal(one, settled);
        warm = w;
        for (int t = 1; t <= 14; t++)
        {
            double[] g = [Gradient(t, 1)];
            growing.Step(first, one, g, Rate);
            late.Step(second, other, g, Rate);
            w -= Rate * g[0];
            double decay = Math.Min(0.5, (1.0 + t) / (10 + t));
            warm = decay * warm + (1 - decay) * w;
            if (t < 2)
                equal = w;
            else if (t is 2 or 5 or 8 or 11 or 14)
                equal += (w - equal) / ++counted;
            growing.GetEvaluationWeights(first, one, settled);
            Assert.Equal(warm, settled[0], 1e-12);
            late.GetEvaluationWeights(second, other, settled);
            Assert.Equal(equal, settled[0], 1e-12);
        }
    }

    static double[] Gradients(int t) => [.. Enumerable.Range(0, start.Length).Select(i => Gradient(t, i))];

    static double Norm(double[] x) => Math.Sqrt(x.Sum(y => y * y));

    /// <summary>Keeps what points as the gradient does, enlarged by how few those are.</summary>
    static void KeepAgreeing(double[] u, double[] g)
    {
        double share = Math.Max((double)u.Where((x, i) => x * g[i] > 0).Count() / u.Length, 1e-3);
        for (int i = 0; i < u.Length; i++)
            u[i] = u[i] * g[i] > 0 ? u[i] / share : 0;
    }

    /// <summary>Runs a rule beside its formula for one weight, which has so many numbers to remember.</summary>
    static void Agree(Rule rule, int numbers, Func<int, double, double, double[], double> formula, int steps = 8)
    {
        double[][] memory = [.. start.Select(_ => new double[numbers])];
        AgreeByTensor(rule, (t, w, g, at) =>
        {
            for (int i = 0; i < w.Length; i++)
                w[i] = formula(t, w[i], g[i], memory[at + i]);
        }, steps);
    }

    /// <summary>Runs a rule beside its formula for one tensor, given where that begins among all weights.</summary>
    static void AgreeByTensor(Rule rule, Action<int, double[], double[], int> formula, int steps = 8)
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
