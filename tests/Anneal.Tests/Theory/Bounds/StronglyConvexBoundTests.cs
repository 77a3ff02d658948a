namespace Anneal.Tests;

public class StronglyConvexBoundTests
{
    static readonly StronglyConvexBound Bound = new(Strength: 0.5, GradientBound: 3);

    [Fact]
    public void Each_step_contracts_and_adds_the_squared_gradient()
    {
        double[] bounds = [.. Bound.SquaredDistances(new LinearDecay(0.4, 4), 2, 3)];
        double one = (1 - 0.4) * 4 + 0.4 * 0.4 * 9, two = (1 - 0.3) * one + 0.3 * 0.3 * 9, three = (1 - 0.2) * two + 0.2 * 0.2 * 9;
        Assert.Equal([4, one, two, three], bounds, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void A_step_that_would_contract_below_0_forgets_the_start() =>
        Assert.Equal([100, 4 * 9], Bound.SquaredDistances(new Constant(2), 10, 1));

    [Theory]
    [InlineData(1.1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(20)]
    public void Above_the_border_it_stays_below_a_constant_over_t(double c)
    {
        double q = Bound.InverseTimeConstant(c);
        double[] bounds = [.. Bound.SquaredDistances(new InverseTimeDecay(c), 100, 5000)];
        for (int t = 1; t < bounds.Length; t++)
            Assert.True(bounds[t] <= q / t * (1 + 1e-12), $"after {t}: {bounds[t]} is above {q / t}");
    }

    [Fact]
    public void The_constant_is_that_of_the_induction()
    {
        Assert.Equal(1.5 * 1.5 * 9 / 0.5, Bound.InverseTimeConstant(1.5), 1e-12);
        Assert.Equal(16 * 9, Bound.InverseTimeConstant(4), 1e-12);
        Assert.Equal(double.PositiveInfinity, Bound.InverseTimeConstant(1));
    }

    [Theory]
    [InlineData(0.25, -0.25)]
    [InlineData(0.5, -0.5)]
    [InlineData(2, -1)]
    public void The_measured_slope_is_the_predicted_one(double c, double slope)
    {
        double[] bounds = [.. new StronglyConvexBound(0.5, 0.01).SquaredDistances(new InverseTimeDecay(c), 1000, 1_000_000)];
        Assert.Equal(slope, Bound.InverseTimeSlope(c), 1e-15);
        Assert.Equal(slope, Math.Log10(bounds[1_000_000] / bounds[100_000]), 2e-3);
    }

    [Fact]
    public void At_the_border_it_is_logarithm_over_time()
    {
        // a_t · t grows by c²G² ln 10 from one power of ten to the next.
        double[] bounds = [.. Bound.SquaredDistances(new InverseTimeDecay(1), 5, 100_000)];
        Assert.Equal(9 * Math.Log(10), 100_000 * bounds[100_000] - 10_000 * bounds[10_000], 1e-2);
    }

    [Fact]
    public void At_and_below_the_border_no_constant_will_do()
    {
        Assert.Equal(double.PositiveInfinity, Bound.InverseTimeConstant(1));
        Assert.Equal(double.PositiveInfinity, Bound.InverseTimeConstant(0.5));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.StartsWith("Strength must be", Assert.Throws<ArgumentOutOfRangeException>(() => new StronglyConvexBound(0, 1)).Message);
        Assert.StartsWith("GradientBound must be", Assert.Throws<ArgumentOutOfRangeException>(() => new StronglyConvexBound(1, -1)).Message);
    }
}
