namespace Anneal.Tests;

public class DenseTests
{
    /// <summary>Q·diag(3, 2, 1)·Qᵀ for a turn Q of whole numbers over 3.</summary>
    static double[] Symmetric(double scale)
    {
        double[,] q = { { 2, -2, 1 }, { 1, 2, 2 }, { 2, 1, -2 } };
        var a = new double[9];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 3; k++)
                    a[i * 3 + j] += q[i, k] * q[j, k] / 9 * (3 - k) * scale;
        return a;
    }

    [Theory, InlineData(1), InlineData(1e-300), InlineData(1e-160), InlineData(1e160), InlineData(1e300), InlineData(4e307)]
    public void Eigenvalues_are_found_at_any_size(double scale)
    {
        var (values, vectors) = Dense.Eigen(Symmetric(scale), 3);
        Assert.Equal([3, 2, 1], values.Select(v => v / scale), (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal([2.0 / 3, 1.0 / 3, 2.0 / 3], Enumerable.Range(0, 3).Select(i => Math.Abs(vectors[i * 3])), (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void The_smallest_numbers_have_eigenvalues_too() => Assert.Equal([double.Epsilon, double.Epsilon], Dense.Eigen([double.Epsilon, 0, 0, double.Epsilon], 2).Values);

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_has_neither_eigenvalues_nor_powers(double bad)
    {
        double[] matrix = [1, bad, bad, 1];
        Assert.All(Dense.Eigen(matrix, 2).Values, v => Assert.True(double.IsNaN(v)));
        Assert.All(Dense.Power(matrix, 2, -0.25, 1e-4, 1), v => Assert.True(double.IsNaN(v)));
    }

    public static TheoryData<Rule> OfMatrices => [.. Gallery.Rules.Where(r => !r.NeedsOracle() && r is not Preconditioned)];

    [Theory, MemberData(nameof(OfMatrices))]
    public void A_rule_that_blows_up_gives_what_is_no_number_and_throws_nothing(Rule rule)
    {
        foreach (double rate in new[] { 1e308, 1e154, 1e77 })
            foreach (double slope in new[] { 1.0, 1e154, 1e308 })
            {
                var state = rule.Start(Layout.Of(3, 2));
                double[] weights = [1, -2, 3, -4, 5, -6];
                for (int t = 0; t < 6; t++)
                    rule.Step(state, weights, (w, g) =>
                    {
                        for (int i = 0; i < g.Length; i++)
                            g[i] = slope * w[i];
                        return 0;
                    }, rate);
                Assert.Equal(6, state.Steps);
            }
    }
}
