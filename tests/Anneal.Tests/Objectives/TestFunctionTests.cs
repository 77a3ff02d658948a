namespace Anneal.Tests;

/// <summary>Values worked out by hand, on which a misread formula shows.</summary>
public class TestFunctionTests
{
    public static TheoryData<Objective, double[], double> Worked => new()
    {
        { new Rosenbrock(), [-1.2, 1], 24.2 },                       // 2.2² + 100·0.44²
        { new Beale(), [1, 2], 2.5 * 2.5 + 5.25 * 5.25 + 9.625 * 9.625 },   // 1.5 − 1 + 2, 2.25 − 1 + 4, 2.625 − 1 + 8
        { new Himmelblau(), [0, 0], 170 },                           // 11² + 7²
        { new Rastrigin(3), [1, 0.5, -1], 1 + 20.25 + 1 },           // cos 2π = 1, cos π = −1
        { new Saddle(), [2, 2], 2 - 2 + 4 },
        { new LongValley(50), [Math.Sqrt(3), 0.2], 1 + 1 },          // √4 − 1 + 25·0.04
    };

    [Theory, MemberData(nameof(Worked))]
    public void The_value_is_the_formula(Objective f, double[] x, double value) => Assert.Equal(value, f.Value(x), 1e-13 * value);

    [Fact]
    public void The_saddle_is_no_minimum()
    {
        var f = new Saddle();
        Assert.Equal([0, 0], f.Gradient([0, 0]));
        Assert.True(f.Hessian([0, 0])[1, 1] < 0);
    }

    [Fact]
    public void Rastrigin_needs_at_least_one_number() =>
        Assert.Contains("dimension must be 1 or above.", Assert.Throws<ArgumentOutOfRangeException>(() => new Rastrigin(0)).Message);
}
