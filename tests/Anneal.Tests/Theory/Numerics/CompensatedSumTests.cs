namespace Anneal.Tests;

public class CompensatedSumTests
{
    [Fact]
    public void What_a_large_term_pushes_out_comes_back()
    {
        var sum = new CompensatedSum();
        foreach (double term in new[] { 1, 1e100, 1, -1e100 })
            sum.Add(term);
        Assert.Equal(2, sum.Value);
    }

    [Theory]
    [InlineData(1.0, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 1.0, double.NegativeInfinity)]
    [InlineData(double.MaxValue, double.MaxValue, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, double.NaN)]
    public void An_infinite_total_is_infinite(double first, double second, double expected)
    {
        var sum = new CompensatedSum();
        sum.Add(first);
        sum.Add(second);
        sum.Add(1);
        Assert.Equal(expected, sum.Value);
    }

    [Fact]
    public void Beyond_the_largest_number_it_is_infinite()
    {
        Assert.Equal(double.PositiveInfinity, CompensatedSum.Over(_ => double.MaxValue, 0, 1, 3));
        Assert.Equal(double.PositiveInfinity, CompensatedSum.Over(x => x == 1 ? double.PositiveInfinity : 1, 0, 1, 3));
    }

    [Fact]
    public void Ten_million_tenths_are_a_million_to_the_last_digit() =>
        Assert.Equal(1_000_000, CompensatedSum.Over(_ => 0.1, 0, 1, 10_000_000));

    [Fact]
    public void Terms_are_asked_along_the_progression() => Assert.Equal(5 + 3 + 1, CompensatedSum.Over(x => x, 5, -2, 3));
}
