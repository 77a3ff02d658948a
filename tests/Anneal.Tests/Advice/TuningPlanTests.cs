using Anneal.Advice;

namespace Anneal.Tests;

public class TuningPlanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(65)]
    [InlineData(1000)]
    public void A_plan_spends_the_budget_and_no_more(int runs)
    {
        foreach (double doubt in (double[])[1, 1.5, 3, 10, 100])
        {
            var plan = TuningPlan.Of(1e-3, doubt, runs);
            Assert.Equal(runs, plan.Stages.Sum(s => s.Runs));
            Assert.Contains(plan.Stages[0].Rates, r => Math.Abs(r - 1e-3) < 1e-12);
            Assert.All(plan.Stages, s => Assert.InRange(s.Saves, -1e-12, 1));
            // What is saved never falls from stage to stage.
            Assert.Equal(plan.Stages.Select(s => s.Saves).Order(), plan.Stages.Select(s => s.Saves));
            Assert.Equal(plan.Rates.Order(), plan.Rates);
            Assert.True(plan.Rates.Count is >= 3 and <= 9 && plan.Rates.Count % 2 == 1);
            Assert.Equal(10, plan.EvaluationSeeds);
        }
    }

    [Fact]
    public void What_a_first_look_saves_is_the_integral()
    {
        // By draws instead of by a sum over the density: 400,000 of them, so that the share has a standard error of about 1e-3.
        var plan = TuningPlan.Of(1, 4, 3);
        Assert.Equal([0.25, 1, 4], plan.Stages[0].Rates);
        Assert.Equal(Expected(), plan.Stages[0].Saves, 5e-3);

        static double Expected()
        {
            var draws = new SeededRandom(1);
            double lost = 0, all = 0, spread = Math.Log(4) / 2;
            for (int i = 0; i < 400_000; i++)
            {
                double x = spread * draws.Normal();
                lost += ((double[])[-Math.Log(4), 0, Math.Log(4)]).Min(g => (x - g) * (x - g));
                all += x * x;
            }
            return 1 - lost / all;
        }
    }

    [Fact]
    public void A_plan_asks_for_an_advised_rate() => Assert.Contains("answer its questions first",
        Assert.Throws<ArgumentException>(() => TuningPlan.Of(Adviser.Advise(new()), 5)).Message);
}
