namespace Anneal.Lessons.Tests;

public class DrawsTests
{
    [Fact]
    public void The_sequence_is_SplitMix64s()
    {
        // The five values widely published for seed 1234567, for instance by Rosetta Code.
        var draws = new Draws(1234567);
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => draws.Next()));
    }

    [Fact]
    public void Every_choice_comes_up_about_equally_often()
    {
        var draws = new Draws(1);
        const int n = 7_000, choices = 7;
        var counts = Enumerable.Range(0, n).Select(_ => draws.Below(choices)).CountBy(x => x).ToDictionary();
        // Five standard deviations of a binomial count.
        double mean = (double)n / choices, reach = 5 * Math.Sqrt(mean * (1 - 1.0 / choices));
        Assert.Equal(Enumerable.Range(0, choices), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, mean - reach, mean + reach));
    }

    [Fact]
    public void A_draw_from_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Draws(1).Below(0));
}
