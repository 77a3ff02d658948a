namespace Anneal.Models.Tests;

public class SamplingTests
{
    // Shares 0.4, 0.1, 0.3, 0.2.
    static readonly double[] logits = [Math.Log(0.4) + 3, Math.Log(0.1) + 3, Math.Log(0.3) + 3, Math.Log(0.2) + 3];

    static void Are(double[] expected, Sampling sampling) => Assert.Equal(expected, sampling.Probabilities<double>(logits), (a, b) => Math.Abs(a - b) < 1e-14);

    [Fact]
    public void Shares_follow_temperature_top_k_and_top_p()
    {
        Are([0.4, 0.1, 0.3, 0.2], new());
        Are([1, 0, 0, 0], Sampling.Greedy);
        Are([0.4 / 0.7, 0, 0.3 / 0.7, 0], new(TopK: 2));
        Are([0.4 / 0.9, 0, 0.3 / 0.9, 0.2 / 0.9], new(TopP: 0.75));
        Are([1, 0, 0, 0], new(TopP: 0.3));
        // At half the temperature shares are squared.
        Are([16 / 30.0, 1 / 30.0, 9 / 30.0, 4 / 30.0], new(Temperature: 0.5));
        Are([16 / 25.0, 0, 9 / 25.0, 0], new(Temperature: 0.5, TopK: 2));
    }

    [Fact]
    public void Draws_come_as_often_as_their_shares_say()
    {
        var random = new SeededRandom(1);
        int[] seen = new int[4];
        for (int i = 0; i < 40_000; i++)
            seen[new Sampling().Next<double>(logits, random)]++;
        // Five standard deviations of a count: 5·√(n·p·(1 − p)) ≤ 500.
        Assert.Equal([16_000.0, 4_000, 12_000, 8_000], seen.Select(s => (double)s), (a, b) => Math.Abs(a - b) < 500);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Contains("Temperature must be", Assert.Throws<ArgumentOutOfRangeException>(() => new Sampling(-1)).Message);
        Assert.Contains("TopK must be", Assert.Throws<ArgumentOutOfRangeException>(() => new Sampling(TopK: -1)).Message);
        Assert.Contains("TopP must be", Assert.Throws<ArgumentOutOfRangeException>(() => new Sampling(TopP: 0)).Message);
    }
}
