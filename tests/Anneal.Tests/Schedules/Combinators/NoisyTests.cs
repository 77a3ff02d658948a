namespace Anneal.Tests;

public class NoisyTests
{
    const int SeededRandom = 200_000;

    // A standard normal number kept within ±L has the variance 1 − 2·L·φ(L) / (2·Φ(L) − 1).
    [Theory]
    [InlineData(1.0, 0.2911250947727932)]
    [InlineData(0.5, 0.0805891546008117)]
    [InlineData(0.05, 0.000833055588629848)]
    public void Normal_noise_is_spread_like_a_normal_number_within_the_limit(double limit, double variance)
    {
        var noisy = new Noisy(new Constant(1), limit);
        double[] z = [.. Enumerable.Range(0, SeededRandom).Select(t => noisy.At(t) - 1)];
        Assert.All(z, x => Assert.InRange(x, -limit, limit));
        // Five standard errors: that of the mean is σ/√n; that of the variance at most Limit²/√n, since no square is above Limit².
        Assert.Equal(0, z.Average(), 5 * Math.Sqrt(variance / SeededRandom));
        Assert.Equal(variance, z.Average(x => x * x), 5 * limit * limit / Math.Sqrt(SeededRandom));
    }

    [Fact]
    public void Uniform_noise_has_a_third_of_the_square_of_the_limit_as_variance()
    {
        var noisy = new Noisy(new Constant(1), 0.3, Spread: Noise.Uniform);
        Assert.Equal(0.03, Enumerable.Range(0, SeededRandom).Average(t => Math.Pow(noisy.At(t) - 1, 2)), 5 * 0.09 / Math.Sqrt(SeededRandom));
    }

    [Fact]
    public void Another_seed_is_another_noise_and_a_step_has_one()
    {
        Noisy one = new(new Constant(1), 0.3), other = one with { Seed = 43 };
        Assert.NotEqual(one.At(7), other.At(7));
        Assert.Equal(one.At(7), one.At(7.9));
    }

    [Theory]
    [InlineData(Noise.Normal)]
    [InlineData(Noise.Uniform)]
    public void Step_minus_zero_is_step_zero(Noise spread)
    {
        var noisy = new Noisy(new Constant(1), 0.3, Spread: spread);
        Assert.Equal(noisy.At(0), noisy.At(-0.0));
    }
}
