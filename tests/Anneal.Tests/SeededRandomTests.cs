namespace Anneal.Tests;

public class DrawsTests
{
    [Fact]
    public void The_sequence_is_SplitMix64s()
    {
        // The five values widely published for seed 1234567, for instance by Rosetta Code.
        var draws = new SeededRandom(1234567);
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => draws.Next()));
    }

    [Fact]
    public void Every_choice_comes_up_about_equally_often()
    {
        var draws = new SeededRandom(1);
        const int n = 7_000, choices = 7;
        var counts = Enumerable.Range(0, n).Select(_ => draws.Below(choices)).CountBy(x => x).ToDictionary();
        // Five standard deviations of a binomial count.
        double mean = (double)n / choices, reach = 5 * Math.Sqrt(mean * (1 - 1.0 / choices));
        Assert.Equal(Enumerable.Range(0, choices), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, mean - reach, mean + reach));
    }

    [Fact]
    public void A_draw_from_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(1).Below(0));

    [Fact]
    public void Uniform_and_normal_draws_have_their_mean_and_variance()
    {
        var draws = new SeededRandom(3);
        const int n = 20_000;
        double[] uniform = [.. Enumerable.Range(0, n).Select(_ => draws.Uniform())], normal = [.. Enumerable.Range(0, n).Select(_ => draws.Normal())];
        Assert.All(uniform, u => Assert.InRange(u, 0, Math.BitDecrement(1)));
        // Five standard errors: of a mean σ/√n, of a variance √((kurtosis − 1)/n)·σ².
        Assert.Equal(0.5, uniform.Average(), 5 * Math.Sqrt(1.0 / 12 / n));
        Assert.Equal(1.0 / 12, uniform.Average(u => (u - 0.5) * (u - 0.5)), 5 * Math.Sqrt(0.8 / n) / 12);
        Assert.Equal(0, normal.Average(), 5 / Math.Sqrt(n));
        Assert.Equal(1, normal.Average(x => x * x), 5 * Math.Sqrt(2.0 / n));
    }

    [Fact]
    public void A_shuffle_keeps_the_items_and_reaches_every_order_about_equally_often()
    {
        var draws = new SeededRandom(5);
        const int n = 6_000;
        var orders = Enumerable.Range(0, n).Select(_ =>
        {
            char[] items = ['a', 'b', 'c'];
            draws.Shuffle(items.AsSpan());
            return new string(items);
        }).CountBy(x => x).ToDictionary();
        Assert.Equal(["abc", "acb", "bac", "bca", "cab", "cba"], orders.Keys.Order());
        double mean = n / 6.0, reach = 5 * Math.Sqrt(mean * 5 / 6);
        Assert.All(orders.Values, count => Assert.InRange(count, mean - reach, mean + reach));
    }
}
