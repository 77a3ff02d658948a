using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

/// <summary>What wrappers do to the gradient or the weights, against their formulas.</summary>
public class WrapperFormulaTests
{
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
        Rule growing = new ExponentialMovingAverage(new Sgd(), 0.5, Warmup: true), late = new StochasticWeightAveraging(new Sgd(), From: 2, Every: 3);
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
}
