using Anneal.Advice;

namespace Anneal.Tests;

public class RateFinderTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static FoundRates Find(Func<ulong, RangeRun> start, int seeds = 1, RangeTest? test = null) => RateFinder.Find(start, seeds, test, cancel: Stop);

    static RangeCurve Test(RangeRun run, RangeTest test) => RateFinder.Test(run, test, Stop);

    static ShortRuns TryFixed(RangeRun run, RangeTest test) => RateFinder.TryFixed(run, test, Stop);

    /// <summary>½ Σ dᵢ·xᵢ², with noise of a known size in loss and gradient where asked for.</summary>
    static Func<ulong, RangeRun> Bowl(double[] curvatures, double noise = 0, Rule? rule = null) => seed =>
    {
        SeededRandom draws = new(0);
        double blow = 0;
        return RateFinder.On(rule ?? new Sgd(), (w, g) =>
        {
            double f = noise * blow;
            for (int i = 0; i < w.Length; i++)
                (f, g[i]) = (f + 0.5 * curvatures[i] * w[i] * w[i], curvatures[i] * w[i]);
            return f;
        }, [.. curvatures.Select(_ => 1.0)], batches: () =>
        {
            draws = new(seed);
            return _ => blow = draws.Normal();
        });
    };

    [Fact]
    public void The_largest_stable_rate_of_a_bowl_is_two_over_its_curvature()
    {
        foreach (double curvature in (double[])[0.1, 1, 30])
        {
            var found = TryFixed(Bowl([curvature])(0), new(1e-6, 1000));
            // At 2/L nothing falls; half of the fall is kept up to |1 − rate·L|¹⁸⁰ = ½, within 0.3 % of it. Bisection ends within a factor of 1.1.
            Assert.InRange(2 / curvature, found.Stable, found.Unstable * 1.003);
            Assert.InRange(found.Unstable / found.Stable, 1, 1.1);
            // The best fixed rate of a bowl is 1/L; rates are tried by factors of 2.
            Assert.InRange(found.Best().Rate!.Value * curvature, 0.5, 2);
        }
        // With momentum 0.9 the edge is 2·(1 + 0.9)/L.
        var edge = TryFixed(Bowl([2], rule: new Momentum(0.9))(0), new(1e-4, 100, StableSteps: 400));
        Assert.InRange(1.9, edge.Stable, edge.Unstable * 1.05);
    }

    [Fact]
    public void A_rate_at_which_nothing_is_learnt_does_not_hold()
    {
        // Above 1 the weight is thrown to where the slope is 0, as units of a network die: the loss stays finite, and as high as it began.
        RangeRun run = RateFinder.On(new Sgd(), (w, g) =>
        {
            bool dead = w[0] < -2;
            g[0] = dead ? 0 : 3 * w[0];
            return dead ? 1.5 : 1.5 * w[0] * w[0];
        }, [1.0]);
        var found = TryFixed(run, new(1e-4, 100));
        Assert.InRange(found.Stable, 0.5, 0.67);
        Assert.True(double.IsFinite(found.Runs[^1].End));
    }

    [Fact]
    public void An_edge_outside_the_test_is_said_to_be_there()
    {
        var none = TryFixed(Bowl([1])(0), new(1e-6, 0.1));
        Assert.Equal(0.1, none.Stable);
        Assert.True(double.IsNaN(none.Unstable));
        Assert.Contains("raise the end", Find(Bowl([1]), test: new(1e-6, 0.1))[RateSuggestionKind.LargestStable].Reason);
        var all = Find(Bowl([1]), test: new(3, 100));
        Assert.Null(all[RateSuggestionKind.LargestStable].Rate);
        Assert.Null(all[RateSuggestionKind.BestShortRun].Rate);
        Assert.Contains("No short run", all[RateSuggestionKind.LargestStable].Reason);
    }

    [Fact]
    public void Suggestions_on_a_bowl_lie_below_the_edge_in_their_order()
    {
        var found = Find(Bowl([1, 0.1, 0.01]), test: new(1e-4, 100, 300));
        double steepest = found[RateSuggestionKind.Steepest].Rate!.Value, valley = found[RateSuggestionKind.Valley].Rate!.Value, tenth = found[RateSuggestionKind.TenthOfMinimum].Rate!.Value, edge = found[RateSuggestionKind.LargestStable].Rate!.Value;
        Assert.InRange(steepest, 1e-3, edge);
        Assert.InRange(valley, 1e-3, edge);
        Assert.InRange(tenth, 1e-3, edge);
        Assert.InRange(found.Curves[0].Diverges!.Value, edge, 100);
        // What the valley says does not depend on where the test begins, within the spacing of the rates.
        double earlier = Find(Bowl([1, 0.1, 0.01]), test: new(1e-6, 100, 400))[RateSuggestionKind.Valley].Rate!.Value;
        Assert.InRange(earlier / valley, 1 / 1.6, 1.6);
        // The smoothed loss of an exact run has next to no error where it is straight.
        Assert.All(found.Curves[0].Points.Where(p => p.Rate < 1e-3), p => Assert.True(p.Error < 1e-3));
    }

    [Fact]
    public void Where_the_loss_is_noise_alone_nothing_is_suggested()
    {
        // The gradient is 1e-9 times as large as the noise of the loss: nothing can be seen to fall.
        var found = Find(Bowl([1e-9], noise: 1), seeds: 20, new(1e-6, 1, 200));
        // At three standard errors, some twelve independent places and few degrees of freedom, a false claim has a chance of about 5 %: five or more of 20 in one of 400 draws.
        foreach (var kind in (RateSuggestionKind[])[RateSuggestionKind.Steepest, RateSuggestionKind.Valley, RateSuggestionKind.TenthOfMinimum, RateSuggestionKind.BestShortRun])
            Assert.InRange(found.Each(kind).Count(s => s.Rate is not null), 0, 4);
        Assert.Contains("scatter", found.Each(RateSuggestionKind.Steepest).First(s => s.Rate is null).Reason);
    }

    [Fact]
    public void The_standard_errors_are_those_of_the_scatter()
    {
        // A straight loss with known noise: nine of ten smoothed points within two errors (0.954 expected; neighbours share their noise), and the slope likewise.
        int within = 0, slopes = 0, all = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            var draws = new SeededRandom(seed);
            RangeRun run = (schedule, steps, _) => new([.. Enumerable.Range(0, (int)steps).Select(i => new TracePoint(i, schedule.At(i), 5 - 0.2 * Math.Log(schedule.At(Math.Max(0, i - 1))) + 0.3 * draws.Normal(), 1, 1, 1))]);
            var curve = Test(run, new(1e-4, 1, 200));
            foreach (int k in (int[])[40, 80, 120, 160])
            {
                var p = curve.Points[k];
                all++;
                within += Math.Abs(p.Smoothed - (5 - 0.2 * Math.Log(p.Rate))) < 2 * p.Error ? 1 : 0;
                slopes += Math.Abs(p.Slope + 0.2) < 2 * p.SlopeError ? 1 : 0;
            }
        }
        // Binomial, 240 draws at 0.954: below 0.89 with a chance of less than 1e-4.
        Assert.True(within >= 0.89 * all, $"{within} of {all}");
        Assert.True(slopes >= 0.89 * all, $"{slopes} of {all}");
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_test_and_counts_as_infinite()
    {
        int asked = 0;
        RangeRun run = RateFinder.On(new Sgd(), (w, g) =>
        {
            g[0] = w[0];
            asked++;
            return Math.Abs(w[0]) > 3 ? double.NaN : 0.5 * w[0] * w[0];
        }, [1.0]);
        var curve = Test(run, new(1e-3, 1e3, 120));
        Assert.True(double.IsPositiveInfinity(curve.Points[^1].Loss));
        Assert.InRange(curve.Diverges!.Value, 2, 100);
        Assert.NotNull(curve.Steepest().Rate);
        Assert.True(asked < 120);
        // Not a number from the start on: no points, no suggestion, no exception.
        var hopeless = Find(_ => RateFinder.On(new Sgd(), (w, g) => double.NaN, [1.0]), test: new(1e-3, 1, 50));
        Assert.All(hopeless.Suggestions, s => Assert.Null(s.Rate));
    }

    [Fact]
    public void Weights_and_memory_stay_as_they_were_and_a_second_test_is_the_same()
    {
        var rule = new AdamW();
        double[] weights = [1, -2];
        var state = rule.Start(Layout.Of(2));
        for (int i = 0; i < 7; i++)
            rule.Step(state, weights, (double[])[2 * weights[0], 20 * weights[1]], 0.01);
        var before = (double[])weights.Clone();
        var memory = rule.Start(Layout.Of(2));
        memory.CopyFrom(state);
        int starts = 0;
        var run = RateFinder.On(rule, (w, g) =>
        {
            (g[0], g[1]) = (2 * w[0], 20 * w[1]);
            return w[0] * w[0] + 10 * w[1] * w[1];
        }, weights, state: state, batches: () =>
        {
            starts++;
            return _ => { };
        });
        var test = new RangeTest(1e-4, 10, 60);
        var (first, second) = (Test(run, test), Test(run, test));
        Assert.Equal(before, weights);
        Assert.True(state.SameAs(memory));
        Assert.Equal(first.Points.Select(p => p.Loss), second.Points.Select(p => p.Loss));
        Assert.Equal(2, starts);
        // The first rate is the first of the test, although the memory has seen seven updates: the rule's own step from there.
        double[] once = [.. before];
        rule.Step(memory, once, (double[])[2 * once[0], 20 * once[1]], 1e-4);
        Assert.Equal(once[0] * once[0] + 10 * once[1] * once[1], first.Points[0].Loss, 1e-15);
    }

    [Fact]
    public void Several_seeds_give_the_geometric_mean_and_the_spread()
    {
        // Each seed has a bowl of its own curvature: edges at 2, 1, ½.
        var found = Find(seed => Bowl([Math.Pow(2, seed)])(seed), 3, new(1e-5, 100));
        var edge = found[RateSuggestionKind.LargestStable];
        Assert.Equal(1, edge.Rate!.Value, 0.1);
        // From the least that holds to the least that does not, with the seed of the highest edge: both edges lie in it, within the factor of 1.1 that bisection leaves and the 0.3 % of the bowl.
        Assert.InRange(edge.Low!.Value, 0.45, 0.5);
        Assert.InRange(edge.High!.Value, 2 / 1.003, 2.2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void No_interval_shrinks_to_nothing_where_rates_between_were_not_tried(int seeds)
    {
        // The same exact bowl from every seed: all suggest the same.
        var test = new RangeTest(1e-4, 100, 300);
        var found = Find(_ => Bowl([1])(0), seeds, test);
        Assert.Single(found.Each(RateSuggestionKind.BestShortRun).Select(s => s.Rate).Distinct());
        double[] rates = [.. found.Runs[0].Runs.Select(r => r.Rate)];
        var best = found[RateSuggestionKind.BestShortRun];
        int at = Array.FindIndex(rates, r => Math.Abs(r / best.Rate!.Value - 1) < 1e-9);
        Assert.Equal((Math.Sqrt(rates[at - 1] * rates[at]), Math.Sqrt(rates[at] * rates[at + 1])), (best.Low!.Value, best.High!.Value), (a, b) => Math.Abs(a.Item1 / b.Item1 - 1) < 1e-9 && Math.Abs(a.Item2 / b.Item2 - 1) < 1e-9);
        // So do the points of the test, each some factor from the next, and the two ends of a bisection.
        double half = Math.Sqrt(test.Schedule.At(1) / test.Schedule.At(0));
        foreach (var kind in (RateSuggestionKind[])[RateSuggestionKind.Steepest, RateSuggestionKind.Valley, RateSuggestionKind.TenthOfMinimum])
        {
            var s = found[kind];
            Assert.True(s.Low <= s.Rate / half * (1 + 1e-9) && s.High >= s.Rate * half * (1 - 1e-9), $"{s}");
        }
        var edge = found[RateSuggestionKind.LargestStable];
        Assert.Equal((found.Runs[0].Stable, found.Runs[0].Unstable), (edge.Low, edge.High));
    }

    [Fact]
    public void The_interval_over_seeds_covers_what_each_seed_cannot_tell_apart()
    {
        var found = Find(Bowl([1, 0.1, 0.01], noise: 0.3), seeds: 4, new(1e-4, 100, 200));
        int wider = 0;
        foreach (var kind in Enum.GetValues<RateSuggestionKind>())
        {
            var each = found.Each(kind).Where(s => s.Rate is not null).ToList();
            if (each.Count < 2)
                continue;
            Assert.Equal((each.Min(s => s.Low), each.Max(s => s.High)), (found[kind].Low, found[kind].High));
            wider += each.Min(s => s.Low) < each.Min(s => s.Untried!.Value.Low) || each.Max(s => s.High) > each.Max(s => s.Untried!.Value.High) ? 1 : 0;
        }
        // Somewhere the scatter of a seed reaches further than the seeds' own rates, or this would try nothing.
        Assert.True(wider >= 2, $"{wider}");
    }

    [Fact]
    public void At_an_end_of_what_was_tried_the_interval_ends_there()
    {
        var low = TryFixed(Bowl([1])(0), new(1e-3, 0.1)).Best();
        Assert.Equal((0.1, 0.1), (low.Rate!.Value, low.High!.Value));
        Assert.True(low.Low < 0.1);
    }

    [Fact]
    public void Cancelled_between_two_updates_it_gives_the_seeds_that_are_finished()
    {
        using var stop = new CancellationTokenSource();
        int asked = 0;
        var told = new List<RateProgress>();
        RangeRun Start(ulong seed) => RateFinder.On(new Sgd(), (w, g) =>
        {
            if (seed == 2 && ++asked == 37)
                stop.Cancel();
            g[0] = w[0];
            return 0.5 * w[0] * w[0];
        }, [1.0]);
        var test = new RangeTest(1e-3, 100, 60);
        var finished = new List<RangeCurve>();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var (curve, _) in RateFinder.Each(Start, 4, test, told.Add, stop.Token))
                finished.Add(curve);
        });
        Assert.Equal(2, finished.Count);
        Assert.Equal(37, asked);
        Assert.Throws<OperationCanceledException>(() => RateFinder.Find(Start, 3, test, cancel: stop.Token));
        // Told before every run, in order, and no seed takes more runs than was said.
        Assert.Equal(told, told.OrderBy(p => p.Seed).ThenBy(p => p.Runs));
        Assert.All(told, p => Assert.InRange(p.Runs, 0, p.MostRuns - 1));
        Assert.Equal([0, 1, 2], told.Select(p => p.Seed).Distinct());
        Assert.InRange(told.Last(p => p.Seed == 1).Share, 0.4, 0.5);
    }

    [Fact]
    public void A_linear_test_has_a_rate_at_every_step_of_a_line()
    {
        var curve = Test(Bowl([1])(0), new(0.1, 1, 91, Linear: true));
        Assert.Equal(Enumerable.Range(0, 90).Select(i => 0.1 + 0.01 * i), curve.Points.Select(p => p.Rate), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RangeTest(1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RangeTest(1, 2, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RangeTest(Smoothing: 0));
    }
}
