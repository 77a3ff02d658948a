namespace Anneal.Models.Tests;

public class BatchesTests
{
    static List<int[]> Take(Batches batches, int samples, int count)
    {
        var stream = batches.Over(samples);
        return [.. Enumerable.Range(0, count).Select(_ => stream.Next().ToArray())];
    }

    [Fact]
    public void A_shuffled_pass_shows_every_sample_once_and_the_next_in_another_order()
    {
        var batches = Take(new Shuffled(4, 1), samples: 10, count: 6);
        Assert.Equal([4, 4, 2, 4, 4, 2], batches.Select(b => b.Length));
        int[] first = [.. batches[..3].SelectMany(b => b)], second = [.. batches[3..].SelectMany(b => b)];
        Assert.Equal(Enumerable.Range(0, 10), first.Order());
        Assert.Equal(Enumerable.Range(0, 10), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void With_replacement_every_sample_comes_up_about_equally_often_and_twice_in_a_batch_as_often_as_chance_says()
    {
        const int n = 5_000, samples = 10;
        var batches = Take(new WithReplacement(2, 1), samples, n);
        var counts = batches.SelectMany(b => b).CountBy(i => i).ToDictionary();
        double mean = 2.0 * n / samples, reach = 5 * Math.Sqrt(mean * (1 - 1.0 / samples));
        Assert.Equal(samples, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, mean - reach, mean + reach));
        Assert.InRange(batches.Count(b => b[0] == b[1]), n * 0.1 - 5 * Math.Sqrt(n * 0.09), n * 0.1 + 5 * Math.Sqrt(n * 0.09));
    }

    [Fact]
    public void The_seed_decides()
    {
        foreach (Batches batches in new Batches[] { new WithReplacement(3, 8), new Shuffled(3, 8) })
        {
            Assert.Equal(Take(batches, 20, 30), Take(batches, 20, 30));
            Assert.NotEqual(Take(batches, 20, 30), Take(batches.WithSeed(9), 20, 30));
        }
        Assert.Equal([[0, 1, 2], [0, 1, 2]], Take(new FullBatch(), 3, 2));
    }
}
