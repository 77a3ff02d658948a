namespace Anneal.Experiments.Tests;

public sealed class RegretTests
{
    const int Tuning = 5, Judging = 10;

    /// <summary>A sweep with made-up losses: what regret is can be worked out.</summary>
    static SweepResults Made(Func<string, double, int, double> loss)
    {
        var spec = new SweepSpec(new SampleSetting("digits", new SoftmaxModel(), new WithReplacement(1, 0), 1),
            [new Method("a", new Sgd(), new Constant(1)), new Method("b", new Sgd(), new Constant(2))], [1, 2, 4], Tuning, Judging);
        return new(spec, [.. spec.Trials().Select(t => (t, (TrialResult?)new TrialResult(loss(t.Method, t.Rate, (int)t.Seed))))]);
    }

    static double Luck(int seed) => new SeededRandom((ulong)seed).Normal();

    static (string, double)[] Always(string method, double rate) => [.. Enumerable.Repeat((method, rate), Judging)];

    [Fact]
    public void The_tuned_best_has_no_regret_and_others_have_their_distance_from_it()
    {
        // b at 2 is best by 3; the seed's luck is shared, so differences have no noise.
        var regret = new Regret(Made((method, rate, seed) => (method == "b" && rate == 2 ? 0 : method == "b" ? 5 : 3) + Luck(seed)));
        Assert.Equal(("b", 2), regret.Best);
        Assert.Equal(Enumerable.Range(Tuning, Judging).Average(Luck), regret.BestLoss, 1e-12);
        Assert.Equal(new Estimate(0, 0, 0, 1), regret.Of(Always("b", 2)));
        var worse = regret.Of(Always("a", 1));
        Assert.Equal([3, 3, 3], (double[])[worse.Mean, worse.Low, worse.High], (x, y) => Math.Abs(x - y) < 1e-9);
        // Half of the choices are right: 2.5 on average, with a spread.
        var half = regret.Of([.. Always("b", 2)[..5], .. Always("b", 4)[..5]]);
        Assert.Equal(2.5, half.Mean, 1e-12);
        Assert.InRange(half.Low, -1, 2.4);
    }

    [Fact]
    public void With_a_fixed_best_the_interval_is_that_of_the_paired_t_test()
    {
        var results = Made((method, rate, seed) => (method == "b" && rate == 2 ? 0 : 50) + Luck(seed * 100 + (int)rate));
        double[] differences = [.. Enumerable.Range(Tuning, Judging).Select(s => 50 + Luck(s * 100 + 1) - Luck(s * 100 + 2))];
        var (t, regret) = (MeanInterval.Of(differences), new Regret(results, draws: 20_000).Of(Always("a", 1)));
        Assert.Equal(t.Mean, regret.Mean, 1e-12);
        // The deviation of 20,000 redrawings is known to 0.5 %; four of them.
        Assert.InRange((regret.High - regret.Low) / (t.High - t.Low), 0.98, 1.02);
    }

    [Fact]
    public void Where_the_best_is_in_doubt_the_interval_holds_the_doubt()
    {
        // Rates 1 and 2 tune alike by seeds 0 to 4, and judge 5 apart.
        var results = Made((method, rate, seed) => method == "b" || rate == 4 ? 50 : seed >= Tuning ? (rate == 1 ? 5 : 0) : (seed + rate) % 2 * 0.1);
        var regret = new Regret(results).Of(Always("a", 2));
        Assert.True(regret.High - regret.Low > 4);
    }

    [Fact]
    public void With_room_the_next_higher_rate_must_hold_too()
    {
        // Seeds 0 to 4 tune: a at 2 is best, and a at 4 blows up on one of them.
        var results = Made((method, rate, seed) => method == "b" ? 7 - rate : rate == 4 && seed == 3 ? double.PositiveInfinity : rate == 2 ? 1 : 2);
        Assert.Equal(("a", 2), new Regret(results).Best);
        Assert.Equal(("a", 1), new Regret(results, room: true).Best);
        // Above the highest rate nothing was tried.
        Assert.Equal(("b", 4), new Regret(Made((method, rate, seed) => method == "b" ? 7 - rate : 10), room: true).Best);
    }

    [Fact]
    public void What_blew_up_is_infinitely_bad_and_what_was_not_tried_is_refused()
    {
        var regret = new Regret(Made((method, rate, seed) => rate == 4 ? double.NaN : rate));
        Assert.Equal(("a", 1), regret.Best);
        Assert.Equal(double.PositiveInfinity, regret.Of(Always("a", 4)).Mean);
        Assert.Contains("a at 3 was not tried", Assert.Throws<ArgumentException>(() => regret.Of(Always("a", 3))).Message);
        Assert.Contains("one choice for each of the 10", Assert.Throws<ArgumentException>(() => regret.Of(Always("a", 1)[..9])).Message);
    }
}
