namespace Anneal.Tests;

public class WeightRoundingTests
{
    /// <summary>Each thread works on its own stretch of weights, of numbers before and of what was lost, and on nothing past the end.</summary>
    [Theory, InlineData(NumberFormat.BFloat16), InlineData(NumberFormat.Float16)]
    public unsafe void Kahans_addition_of_32_bits_on_several_threads_gives_the_bits_of_one_number_at_a_time(NumberFormat format)
    {
        const int n = 200_003, room = 3 * n;
        var random = new Random(8);
        float[] before = [.. Enumerable.Range(0, room).Select(_ => (float)format.Nearest(random.NextDouble() * 2 - 1))];
        float[] stepped = [.. before.Select(x => x + (random.NextSingle() - 0.5f) / 100)], carried = [.. before.Select(x => (float)format.Nearest(x / 1_000))];
        foreach (int threads in new[] { 1, 2, 3 })
        {
            float[] one = [.. stepped], oneLost = [.. carried], many = [.. stepped], manyLost = [.. carried];
            fixed (float* b = before, o = one, ol = oneLost, m = many, ml = manyLost)
            {
                WeightRounding.KahanEach(o, b, ol, n, format);
                WeightRounding.Kahan<Wide<float>>(new(m, n), new(b, n), new(ml, n), format, threads);
            }
            Assert.Equal(one, many);
            Assert.Equal(oneLost, manyLost);
            Assert.Equal(stepped[n..], many[n..]);
            Assert.Equal(carried[n..], manyLost[n..]);
        }
    }
}
