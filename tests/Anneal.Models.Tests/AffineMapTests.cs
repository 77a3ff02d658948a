namespace Anneal.Models.Tests;

public class AffineMapTests
{
    // Intercept first. Reference: the normal equations in exact fractions (Python's fractions module), rounded to 64 bits at the end; scikit-learn 1.2.1's
    // LinearRegression gives the same to 11 digits.
    public static TheoryData<string, double[]> References => new()
    {
        { "cars", [46.264307852571164, -0.39792835906422247, -8.313012222570923e-05, -0.045257080150839846, -0.005186917347611094, -0.02910471399018385] },
        { "diabetes", [-334.56713851878726, -0.03636122422362545, -22.85964809049839, 5.602962091923705, 1.1168079933181905, -1.0899963340632408,
            0.7464504555142266, 0.37200471508915395, 6.533831935990339, 68.4831249647883, 0.2801169893215045] },
        // NIST's certified values, https://www.itl.nist.gov/div898/strd/lls/data/LINKS/DATA/Longley.dat, 15 digits.
        { "longley", [-3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359, -0.0511041056535807, 1829.15146461355] },
    };

    // Condition number of the centred, scaled columns (at most 111) times 2⁻⁵², times the columns' number, and up to a hundredfold for a coefficient that nearly vanishes: below 1e-11.
    [Theory, MemberData(nameof(References))]
    public void Least_squares_agrees_with_the_reference_to_eleven_digits(string name, double[] expected)
    {
        var map = AffineMap.LeastSquares(DataSets.Named(name));
        Assert.Equal(expected, [map.Intercept, .. map.Coefficients], (a, b) => Math.Abs(a - b) <= 1e-11 * Math.Abs(a));
    }

    [Fact]
    public void It_is_where_the_linear_models_gradient_is_zero_with_a_ridge_and_without()
    {
        var samples = Scaling.Standardized(DataSets.Diabetes()).Apply(DataSets.Diabetes());
        foreach (double ridge in new[] { 0, 0.01, 3.0 })
            Assert.All(new LinearModel(ridge).On(samples).Gradient(AffineMap.LeastSquares(samples, ridge).Weights), g => Assert.Equal(0, g, 1e-11));
    }

    [Fact]
    public void Gradient_descent_gets_there()
    {
        var scaling = Scaling.Standardized(DataSets.Cars());
        var samples = scaling.Apply(DataSets.Cars());
        var fit = new LinearModel().On(samples).Train(new Sgd(), new Constant(0.2), new FullBatch(), steps: 5_000);
        var (raw, intercept) = scaling.RawCoefficients(fit.Weights[..5], fit.Weights[5]);
        // The slowest direction shrinks by 1 − 0.2·λ_min, λ_min = 4.8 / 111, per step: gone after 5,000.
        Assert.Equal(References.First().Data.Item2, [intercept, .. raw], (a, b) => Math.Abs(a - b) <= 1e-9 * Math.Abs(a));
    }

    [Fact]
    public void What_has_no_one_solution_is_refused_with_the_reason()
    {
        Refused.With("s: the feature 'x1' is a combination of those before it; without a ridge there is no one solution.",
            () => AffineMap.LeastSquares(new("s", [[1, 2], [2, 4], [3, 6], [5, 10]], [1, 2, 3, 4])));
        Refused.With("s: the feature 'x0' never changes; without a ridge there is no one solution.",
            () => AffineMap.LeastSquares(new("s", [[1, 2], [1, 4], [1, 7], [1, 1]], [1, 2, 3, 4])));
        Refused.With("s: 2 samples cannot settle 3 weights; a ridge could.", () => AffineMap.LeastSquares(new("s", [[1, 2], [1, 4]], [1, 2])));
        Assert.Equal(2, AffineMap.LeastSquares(new("s", [[1, 2], [1, 4]], [1, 2]), ridge: 0.1).Coefficients.Count);
    }
}
