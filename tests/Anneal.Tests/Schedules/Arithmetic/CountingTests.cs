using CsCheck;

namespace Anneal.Tests.Schedules;

public class CountingTests
{
    [Fact]
    public void A_quotient_is_of_the_exact_numbers()
    {
        // 1/0.1 rounds to 10, but 0.1 is a little more than a tenth.
        Assert.Equal(9, Counting.Quotient(1, 0.1));
        Assert.Equal(5, Counting.Quotient(12, 2.4));
        Gen.Select(Gen.Double[0, 1e6], Gen.Double[0.01, 100]).Sample((value, divisor) =>
            new System.Numerics.BigInteger(Math.ScaleB(divisor, 60)) * new System.Numerics.BigInteger(Counting.Quotient(value, divisor)) <= new System.Numerics.BigInteger(Math.ScaleB(value, 60))
            && new System.Numerics.BigInteger(Math.ScaleB(divisor, 60)) * new System.Numerics.BigInteger(Counting.Quotient(value, divisor) + 1) > new System.Numerics.BigInteger(Math.ScaleB(value, 60)));
    }
}
