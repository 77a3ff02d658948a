using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

/// <summary>Lars and Lamb with their options against their formulas.</summary>
public class TrustRatioTests
{
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
            new Lamb(0.8, 0.9, 0.01, 0.3, GradientAveraging: false), new Lamb(0.8, 0.9, 0.01, 0.3, TrustClip: true), new Lamb(0.8, 0.9, 0.01, 0, AlwaysAdapt: false), new Lamb(0.8, 0.9, 0.01, 0),
            new Lamb(0.8, 0.9, 0.01, 0.3, DecoupledDecay: true), new Lamb(0.8, 0.9, 0.01, 0.3, Cautious: true),
        })
        {
            double[] m = new double[start.Length], v = new double[start.Length];
            AgreeByTensor(rule, (t, w, g, at) =>
            {
                double[] u = new double[w.Length];
                for (int i = 0; i < w.Length; i++)
                {
                    m[at + i] = 0.8 * m[at + i] + (rule.GradientAveraging ? 0.2 : 1) * g[i];
                    v[at + i] = 0.9 * v[at + i] + 0.1 * g[i] * g[i];
                    double mean = rule.BiasCorrection ? m[at + i] / (1 - Math.Pow(0.8, t)) : m[at + i], square = rule.BiasCorrection ? v[at + i] / (1 - Math.Pow(0.9, t)) : v[at + i];
                    u[i] = mean / (Math.Sqrt(square + rule.EpsilonRoot) + 0.01);
                }
                if (rule.Cautious)
                    KeepAgreeing(u, g);
                for (int i = 0; i < w.Length; i++)
                    if (rule.DecoupledDecay)
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

    /// <summary>Keeps what points as the gradient does, enlarged by how few those are.</summary>
    static void KeepAgreeing(double[] u, double[] g)
    {
        double share = Math.Max((double)u.Where((x, i) => x * g[i] > 0).Count() / u.Length, 1e-3);
        for (int i = 0; i < u.Length; i++)
            u[i] = u[i] * g[i] > 0 ? u[i] / share : 0;
    }
}
