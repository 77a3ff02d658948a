namespace Anneal.Experiments.Tests;

public sealed class TunedBootstrapTests
{
    /// <summary>A sweep with made-up losses: what the bootstrap does to them can be worked out.</summary>
    static SweepResults Made(Func<string, double, int, double> loss, int tuning = 10, int evaluation = 40)
    {
        var spec = new SweepSpec(new SampleSetting("digits", new SoftmaxModel(), new WithReplacement(1, 0), 1),
            [new Method("a", new Sgd(), new Constant(1)), new Method("b", new Sgd(), new Constant(2))], [1, 2, 4], tuning, evaluation, Minimum: 100);
        return new(spec, [.. spec.Trials().Select(t => (t, (TrialResult?)new TrialResult(100 + loss(t.Method, t.Rate, (int)t.Seed))))]);
    }

    static double Noise(string method, double rate, int seed) => new SeededRandom((ulong)(seed * 100 + rate * 10) + (method == "a" ? 0UL : 5_000UL)).Normal();

    [Fact]
    public void Where_one_rate_is_far_ahead_it_is_the_t_interval_at_that_rate()
    {
        var results = Made((method, rate, seed) => (rate == 2 ? 0 : 50) + Noise(method, rate, seed));
        var judged = new TunedBootstrap(results, draws: 20_000);
        double[] fixedRate = [.. results.Of("a", 2, tunes: false).Select(r => r.Loss - 100)], other = [.. results.Of("b", 2, tunes: false).Select(r => r.Loss - 100)];
        var byT = MeanInterval.Of(fixedRate);
        var gap = judged.Gap("a");
        Assert.Equal(2, judged.Rate("a"));
        Assert.All(judged.Rates("a"), rate => Assert.Equal(2, rate));
        Assert.Equal(byT.Mean, gap.Mean, 1e-12);
        // The deviation of 20,000 redrawings is known to 1/√40000 = 0.5 %; four of them.
        Assert.InRange((gap.High - gap.Low) / (byT.High - byT.Low), 0.98, 1.02);
        double p = PairedTests.StudentP(fixedRate, other);
        Assert.InRange(judged.Difference("b", "a").P / p, 0.9, 1.1);
        Assert.Equal(-judged.Difference("b", "a").Mean, judged.Difference("a", "b").Mean, 1e-12);
    }

    [Fact]
    public void Where_two_rates_are_close_in_tuning_and_apart_in_judging_the_interval_holds_the_choice()
    {
        // Rates 1 and 2 tune alike; seeds from 10 on, which judge, are 5 apart.
        var results = Made((method, rate, seed) => (rate == 4 ? 50 : seed < 10 ? 0 : rate == 1 ? 5 : 0) + Noise(method, rate, seed));
        var judged = new TunedBootstrap(results);
        Assert.Equal([1, 2], judged.Rates("a").Distinct().Order());
        var gap = judged.Gap("a");
        var careless = MeanInterval.Of([.. results.Of("a", judged.Rate("a"), tunes: false).Select(r => r.Loss - 100)]);
        Assert.True(gap.High - gap.Low > 3 * (careless.High - careless.Low));
        Assert.Equal([2], new TunedBootstrap(results, rates: [2, 4]).Rates("a").Distinct());
    }

    [Fact]
    public void Pairs_stay_pairs()
    {
        // The seed's luck is shared, so the difference has no noise at all.
        var results = Made((method, rate, seed) => (rate == 2 ? 0 : 50) + Noise("a", 1, seed) + (method == "b" ? 0.25 : 0));
        var difference = new TunedBootstrap(results).Difference("b", "a");
        Assert.Equal(0.25, difference.Mean, 1e-12);
        Assert.Equal(0.25, difference.Low, 1e-9);
        Assert.True(difference.Within(0.2501) && !difference.Within(0.2499));
    }

    [Fact]
    public void A_rate_that_blew_up_is_not_chosen() =>
        Assert.Equal(2, new TunedBootstrap(Made((_, rate, seed) => rate == 1 && seed == 3 ? double.PositiveInfinity : rate)).Rate("a"));

    [Fact]
    public void Judging_seeds_may_be_missing_at_rates_that_no_redrawing_chooses()
    {
        var whole = Made((method, rate, seed) => (rate == 4 ? 50 : 0) + Noise(method, rate, seed));
        var judged = new TunedBootstrap(whole);
        Assert.Equal([1, 2], judged.Rates("a").Distinct().Order());
        Assert.Equal(judged.Difference("a", "b"), new TunedBootstrap(Without(whole, t => t.Rate == 4 && !t.Tunes)).Difference("a", "b"));
        Assert.Contains("can choose the rate 1,", Assert.Throws<SweepException>(() => new TunedBootstrap(Without(whole, t => t is { Rate: 1, Seed: 17 }))).Message);
    }

    [Fact]
    public void A_rate_that_lacks_a_tuning_seed_is_not_chosen()
    {
        var whole = Made((method, rate, seed) => rate + Noise("a", 1, seed));
        Assert.Equal(1, new TunedBootstrap(whole).Rate("a"));
        var judged = new TunedBootstrap(Without(whole, t => t is { Rate: 1, Tunes: true, Seed: 3 }));
        Assert.Equal([2], judged.Rates("a").Distinct());
        Assert.Equal(new TunedBootstrap(whole, rates: [2, 4]).Gap("a"), judged.Gap("a"));
        Assert.StartsWith("b: the tuning trials", Assert.Throws<SweepException>(() => new TunedBootstrap(Without(whole, t => t is { Method: "b", Seed: 3 }))).Message, StringComparison.Ordinal);
    }

    static SweepResults Without(SweepResults results, Func<Planned, bool> left) => results with { Trials = [.. results.Trials.Select(t => left(t.Trial) ? (t.Trial, null) : t)] };
}
