namespace Anneal.Models.Tests;

public sealed class LeastAbsoluteErrorsTests
{
    static Samples Scaled() => new SampleSetting("diabetes", new AbsoluteModel(), new FullBatch(), 1, Preparation.Standardized).Samples().Train;

    // scipy 1.10.1: optimize.linprog(method="highs") on the same rows, features by numpy's mean and std; both solvers end at a vertex, so only rounding differs.
    static readonly double[] reference =
    [
        0.4477125682377538, -15.525068821325513, 22.15908240029295, 19.363698303901064, -40.74748548769422, 19.712057902721487, 6.997457310698499,
        12.265635601650525, 36.25505479379511, 2.416714178570765, 151.8544525261673,
    ];

    [Fact]
    public void Diabetes_agrees_with_linear_programming()
    {
        var exact = LeastAbsoluteErrors.Of(Scaled());
        Assert.Equal(43.04150068587789, exact.Loss, 1e-11);
        Assert.Equal(reference, exact.Map.Weights, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(exact.Loss, exact.LowerBound, 1e-11);
        Assert.Equal(exact.Loss, new AbsoluteModel().On(Scaled()).Loss(exact.Map.Weights), 1e-11);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_neighbour_is_lower_and_the_bound_meets_the_loss(ulong seed)
    {
        var samples = ProblemTests.Drawn(40, 0, seed);
        var exact = LeastAbsoluteErrors.Of(samples);
        var problem = new AbsoluteModel().On(samples);
        Assert.Equal(exact.Loss, exact.LowerBound, 1e-12);
        var draws = new SeededRandom(seed);
        for (int n = 0; n < 200; n++)
            Assert.True(problem.Loss([.. exact.Map.Weights.Select(w => w + 0.1 * draws.Normal())]) >= exact.LowerBound);
    }

    [Fact]
    public void One_feature_agrees_with_trying_every_pair_of_points()
    {
        var draws = new SeededRandom(5);
        double[] x = [.. Enumerable.Range(0, 25).Select(_ => draws.Normal())], y = [.. x.Select(v => 2 * v + draws.Normal())];
        double Loss(double slope, double at) => x.Zip(y, (a, b) => Math.Abs(slope * a + at - b)).Average();
        double best = (from i in Enumerable.Range(0, 25)
                       from j in Enumerable.Range(0, i)
                       let slope = (y[i] - y[j]) / (x[i] - x[j])
                       select Loss(slope, y[i] - slope * x[i])).Min();
        Assert.Equal(best, LeastAbsoluteErrors.Of(new("pairs", [.. x.Select(v => new[] { v })], y)).Loss, 1e-12);
    }

    // The mean absolute error about any number between the two middle labels is the same, and many residuals are 0 at once.
    [Fact]
    public void Equal_labels_are_no_trouble()
    {
        double[][] rows = [.. Enumerable.Range(0, 12).Select(i => new[] { i / 4 - 1.0 })];
        double[] labels = [1, 1, 1, 4, 2, 2, 2, 2, 3, 3, 3, 0];
        var exact = LeastAbsoluteErrors.Of(new("ties", rows, labels));
        Assert.Equal(0.5, exact.Loss, 1e-12); // 2 + x leaves the errors 3 and 3 on the two odd ones out
        Assert.Equal(exact.Loss, exact.LowerBound, 1e-12);
    }

    [Fact]
    public void What_cannot_be_settled_is_refused()
    {
        Assert.Contains("combination", Assert.Throws<DataException>(() =>
            LeastAbsoluteErrors.Of(new("twins", [.. Enumerable.Range(0, 9).Select(i => new[] { i, 2.0 * i })], [.. Enumerable.Range(0, 9).Select(i => (double)i)]))).Message);
        Assert.Contains("cannot settle", Assert.Throws<DataException>(() => LeastAbsoluteErrors.Of(new("few", [[1.0, 2, 3]], [1.0]))).Message);
        Assert.Throws<DataException>(() => LeastAbsoluteErrors.Of(ProblemTests.Drawn(20, 3)));
    }
}
