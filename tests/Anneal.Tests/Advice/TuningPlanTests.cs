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
        foreach (var (low, high) in Ranges)
        {
            var plan = TuningPlan.Of(1e-3, low, high, runs);
            Assert.Equal(runs, plan.Stages.Sum(s => s.Runs));
            Assert.Contains(1e-3, plan.Stages[0].Rates);
            Assert.All(plan.Stages, s => Assert.InRange(s.Saves, -1e-12, 1));
            // What is saved never falls from stage to stage.
            Assert.Equal(plan.Stages.Select(s => s.Saves).Order(), plan.Stages.Select(s => s.Saves));
            Assert.Equal(10, plan.EvaluationSeeds);
            Assert.True(plan.Trials <= Math.Max(runs, TuningPlan.LeastSweep), $"{low} to {high}: {plan.Trials} trials of {runs}");
        }
    }

    /// <summary>Even and uneven about 1e-3, with an end or both at it, and narrow.</summary>
    static IEnumerable<(double Low, double High)> Ranges =>
        from below in (double[])[1, 1.1, 1.5, 2, 7.3, 100]
        from above in (double[])[1, 1.2, 1.5, 2.5, 20, 600]
        select (1e-3 / below, 1e-3 * above);

    [Fact]
    public void Every_rate_lies_in_the_range_and_apart_from_the_next()
    {
        foreach (var (low, high) in Ranges)
            foreach (int runs in Enumerable.Range(1, 140))
            {
                var plan = TuningPlan.Of(1e-3, low, high, runs);
                foreach (var rates in (IReadOnlyList<double>[])[plan.Rates, plan.Stages[0].Rates])
                {
                    Assert.All(rates, r => Assert.InRange(r, low, high));
                    Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.First < pair.Second));
                }
                // Rounded to three digits, so that two rates may be up to 0.5 % nearer each.
                Assert.All(plan.Stages[0].Rates.Zip(plan.Stages[0].Rates.Skip(1)), pair => Assert.True(pair.Second / pair.First >= Math.Sqrt(2) * 0.99, $"{low} to {high}, {runs}: {pair}"));
                Assert.True(low == high || plan.Rates.Count is >= 3 and <= 9, $"{low} to {high}, {runs}: {plan.Rates.Count}");
            }
    }

    [Fact]
    public void Both_sides_are_used_and_the_wider_one_has_more()
    {
        Assert.Equal([2e-4, 4.47e-4, 1e-3, 2.71e-3, 7.37e-3, 0.02], TuningPlan.Of(1e-3, 2e-4, 0.02, 9).Stages[0].Rates);
        foreach (var (low, high) in Ranges.Where(r => r.Low <= 1e-3 / 1.5 && r.High >= 1.5e-3))
            foreach (int runs in Enumerable.Range(3, 40))
            {
                var rates = TuningPlan.Of(1e-3, low, high, runs).Stages[0].Rates;
                // More than three rates reach both ends, but for the rounding to three digits.
                Assert.True(rates.Count <= 3 || (rates[0] <= low * 1.005 && rates[^1] >= high * 0.995), $"{low} to {high}: {string.Join(", ", rates)}");
            }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(65)]
    public void Nothing_is_planned_above_a_ceiling(int runs)
    {
        foreach (double high in (double[])[1e-3, 1.3e-3, 4e-3])
        {
            var plan = TuningPlan.Of(1e-3, 2.5e-4, high, runs, high);
            Assert.All([.. plan.Rates, .. plan.Stages[0].Rates], r => Assert.True(r <= high));
            Assert.Equal(0, plan.Widenings);
            Assert.All(plan.Stages.Where(s => s.What.Contains("go on", StringComparison.Ordinal) || s.What.StartsWith("Refine", StringComparison.Ordinal)),
                s => Assert.Contains($"but not above {ProposalText.Number(high)}", s.What));
        }
        Assert.Equal(2, TuningPlan.Of(1e-3, 2.5e-4, 4e-3, runs).Widenings);
    }

    [Fact]
    public void A_range_out_of_order_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TuningPlan.Of(1, 2, 4, 5));
        Assert.Throws<ArgumentException>(() => TuningPlan.Of(1, 0.5, 0.9, 5));
        Assert.Throws<ArgumentException>(() => TuningPlan.Of(1, 0.5, 2, 5, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => TuningPlan.Of(1, 0, 2, 5));
    }

    [Theory]
    [InlineData(0.25, 4)]
    [InlineData(0.5, 10)]
    [InlineData(0.25, 1)]
    public void What_a_first_look_saves_is_the_integral(double low, double high)
    {
        // By draws instead of by a sum over the density: 400,000 of them, so that the share has a standard error of about 1e-3.
        var plan = TuningPlan.Of(1, low, high, 3);
        Assert.Equal(Expected(plan.Stages[0].Rates), plan.Stages[0].Saves, 5e-3);

        double Expected(IReadOnlyList<double> rates)
        {
            var draws = new SeededRandom(1);
            double lost = 0, all = 0, below = -Math.Log(low) / 2, above = Math.Log(high) / 2;
            for (int i = 0; i < 400_000; i++)
            {
                // A density that has no jump at 0 has as much of its mass on a side as that side is wide.
                double spread = draws.Uniform() * (below + above) < below ? -below : above, x = spread * Math.Abs(draws.Normal());
                lost += rates.Min(g => (x - Math.Log(g)) * (x - Math.Log(g)));
                all += x * x;
            }
            return 1 - lost / all;
        }
    }

    /// <summary>Three rates of a sweep lie where they save most: found by trying all places of the other two.</summary>
    [Theory]
    [InlineData(0.5, 12)]
    [InlineData(0.25, 4)]
    [InlineData(0.1, 3)]
    public void Three_rates_lie_where_they_save_most(double low, double high)
    {
        var plan = TuningPlan.Of(2.62, 2.62 * low, 2.62 * high, TuningPlan.LeastSweep);
        Assert.Equal(3, plan.Rates.Count);
        double[] chosen = [.. plan.Rates.Select(r => Math.Log(r / 2.62))];
        // The densities of both sides join at 0; the rates are rounded to three digits, which changes a share by less than 1e-4.
        foreach (double down in Enumerable.Range(1, 20).Select(k => k / 20.0 * Math.Log(low)).Where(d => d <= -Math.Log(2) / 2))
            foreach (double up in Enumerable.Range(1, 20).Select(k => k / 20.0 * Math.Log(high)).Where(u => u >= Math.Log(2) / 2))
                Assert.True(Lost(down, up) >= Lost(chosen[0], chosen[2]) * (1 - 1e-3), $"{down}, {up}");
        Assert.Equal(0, chosen[1], 1e-12);

        double Lost(double down, double up) => new[] { (Math.Log(low) / 2, down), (Math.Log(high) / 2, up) }
            .Sum(side => Enumerable.Range(0, 500).Sum(k => k * side.Item1 / 100 is var x ? Math.Abs(side.Item1) * Math.Exp(-k * k / 2e4) * Math.Min(x * x, (x - side.Item2) * (x - side.Item2)) : 0));
    }

    [Fact]
    public void A_plan_asks_for_an_advised_rate() => Assert.Contains("answer its questions first",
        Assert.Throws<ArgumentException>(() => TuningPlan.Of(Adviser.Advise(new()), 5)).Message);
}
