namespace Anneal.Tests;

public class NearOneTests
{
    /// <summary>Taylor series in decimal.</summary>
    static double Series(double x, Func<int, decimal> coefficient)
    {
        decimal sum = 0, power = 1;
        for (int k = 1; k < 80; k++)
        {
            power *= (decimal)x;
            sum += power * coefficient(k);
        }
        return (double)sum;
    }

    static decimal InverseFactorial(int k) => Enumerable.Range(1, k).Aggregate(1m, (product, i) => product / i);

    [Theory]
    [InlineData(1e-6)]
    [InlineData(-1e-6)]
    [InlineData(0.015625)]
    [InlineData(-0.75)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void The_exponential_less_1_keeps_its_digits(double x)
    {
        double expected = Series(x, InverseFactorial);
        Assert.Equal(expected, NearOne.Expm1(x), 1e-15 * Math.Abs(expected));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(-1e-6)]
    [InlineData(0.015625)]
    [InlineData(-0.25)]
    [InlineData(0.5)]
    public void The_logarithm_of_1_and_more_keeps_its_digits(double x)
    {
        double expected = Series(x, k => (k % 2 == 1 ? 1m : -1m) / k);
        Assert.Equal(expected, NearOne.Log1p(x), 1e-15 * Math.Abs(expected));
    }

    [Fact]
    public void Far_from_1_they_are_the_plain_functions()
    {
        Assert.Equal(Math.E * Math.E * Math.E - 1, NearOne.Expm1(3), 1e-13);
        Assert.Equal(Math.Log(4), NearOne.Log1p(3));
        Assert.Equal(-1, NearOne.Expm1(double.NegativeInfinity));
    }
}
