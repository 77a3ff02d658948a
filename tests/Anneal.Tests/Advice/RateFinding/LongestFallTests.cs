using Anneal.Advice;

namespace Anneal.Tests;

public class LongestFallTests
{
    /// <summary>The same in n² comparisons, written from the definition.</summary>
    static (int First, int Last) Slowly(double[] values)
    {
        int n = values.Length, last = 0;
        int[] length = new int[n], before = new int[n];
        for (int i = 0; i < n; i++)
        {
            (length[i], before[i]) = (1, -1);
            for (int j = 0; j < i; j++)
                if (values[i] < values[j] && length[j] + 1 > length[i])
                    (length[i], before[i]) = (length[j] + 1, j);
            if (length[i] > length[last])
                last = i;
        }
        int first = last;
        while (before[first] >= 0)
            first = before[first];
        return (first, last);
    }

    [Fact]
    public void It_is_the_one_that_all_pairs_give()
    {
        var draws = new SeededRandom(5);
        for (int round = 0; round < 2_000; round++)
        {
            int n = 1 + draws.Below(40), levels = 1 + draws.Below(12);
            // Few levels make ties, a trend makes long falls.
            double trend = draws.Uniform();
            double[] values = [.. Enumerable.Range(0, n).Select(i => draws.Below(levels) - Math.Floor(trend * i))];
            Assert.Equal(Slowly(values), LongestFall.Of(values));
        }
        double[] infinite = [double.PositiveInfinity, 3, double.PositiveInfinity, 2, 2, 1, double.NegativeInfinity];
        Assert.Equal(Slowly(infinite), LongestFall.Of(infinite));
    }

    [Fact]
    public void A_hundred_thousand_values_are_no_wait()
    {
        var draws = new SeededRandom(1);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => draws.Normal() - 1e-4 * i)];
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        var (first, last) = LongestFall.Of(values);
        // n² comparisons are 5e9, ten seconds and more.
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 3);
        Assert.True(values[first] > values[last] && first < last);
    }
}
