using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Tests;

/// <summary>Every norm's oracle finds the matrix of norm 1 that goes furthest along a gradient; rules under a norm are the ones the field knows.</summary>
public class MatrixNormTests
{
    /// <summary>Exact enough to be called orthogonal: ten steps for singular values down to a thousandth.</summary>
    static NewtonSchulz Exact { get; } = new(CustomCoefficients: NewtonSchulzCoefficients.PolarExpress(1e-3, 10));

    public static TheoryData<MatrixNorm> Norms =>
    [
        new SpectralNorm(10, NewtonSchulz: Exact), new SpectralNorm(10, SpectralScale.RootRows, NewtonSchulz: Exact), new SpectralNorm(10, SpectralScale.One, NewtonSchulz: Exact),
        new SpectralNorm(10, MinScale: 1.5, NewtonSchulz: Exact), new SignNorm(), new SignNorm(Normalized: false), new RowNorm(), new RowNorm(Normalized: false), new RowNorm(Transposed: true),
        new ColumnNorm(), new ColumnNorm(Normalized: true), new ColumnNorm(Transposed: true), new FrobeniusNorm(), new FrobeniusNorm(Rms: true),
    ];

    static readonly (int Rows, int Columns)[] shapes = [(3, 5), (5, 3), (4, 4), (1, 6), (6, 1)];

    static double[] Drawn(SeededRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];

    static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    [Theory, MemberData(nameof(Norms))]
    public void The_direction_has_norm_1(MatrixNorm norm)
    {
        var random = new SeededRandom(1);
        foreach (var (rows, columns) in shapes)
            Assert.Equal(1, norm.Of(norm.Direction(Drawn(random, rows * columns), rows, columns), rows, columns), 1e-6);
    }

    [Theory, MemberData(nameof(Norms))]
    public void No_other_matrix_of_norm_1_goes_further(MatrixNorm norm)
    {
        var random = new SeededRandom(2);
        foreach (var (rows, columns) in shapes)
        {
            double[] gradient = Drawn(random, rows * columns), best = norm.Direction(gradient, rows, columns);
            for (int i = 0; i < 200; i++)
            {
                // Neighbours of the best one, and matrices anywhere.
                double near = i % 2 == 0 ? 0.1 : 10;
                double[] other = [.. best.Zip(Drawn(random, rows * columns), (b, x) => b + near * x)];
                double size = norm.Of(other, rows, columns);
                Assert.True(Dot(gradient, other) / size <= Dot(gradient, best) * (1 + 1e-6), $"{norm} {rows}×{columns}");
            }
        }
    }

    [Theory, MemberData(nameof(Norms))]
    public void A_norm_grows_with_its_matrix_and_obeys_the_triangle(MatrixNorm norm)
    {
        var random = new SeededRandom(3);
        foreach (var (rows, columns) in shapes)
        {
            double[] x = Drawn(random, rows * columns), y = Drawn(random, rows * columns);
            double ofX = norm.Of(x, rows, columns), ofY = norm.Of(y, rows, columns);
            Assert.Equal(3 * ofX, norm.Of([.. x.Select(v => -3 * v)], rows, columns), 1e-12 * ofX);
            Assert.True(norm.Of([.. x.Zip(y, (a, b) => a + b)], rows, columns) <= (ofX + ofY) * (1 + 1e-12));
        }
    }

    [Fact]
    public void Under_the_spectral_norm_the_direction_is_the_orthogonal_factor()
    {
        var random = new SeededRandom(4);
        double[] g = Drawn(random, 15);
        var svd = Matrix<double>.Build.Dense(3, 5, (i, j) => g[i * 5 + j]).Svd();
        var factor = svd.U * svd.VT.SubMatrix(0, 3, 0, 5);
        double[] direction = new SpectralNorm(10, SpectralScale.One, NewtonSchulz: Exact).Direction(g, 3, 5);
        for (int i = 0; i < 15; i++)
            Assert.Equal(factor[i / 5, i % 5], direction[i], 1e-9);
    }

    [Fact]
    public void Scion_is_sign_descent_normalised_descent_and_Muon_under_their_norms()
    {
        double[] g = [3, -0.5, 0, 1, 2, -4], start = [1, 2, 3, 4, 5, 6];
        double length = Math.Sqrt(g.Sum(x => x * x));
        Assert.Equal(start.Zip(g, (w, x) => w - 0.1 * Math.Sign(x)), Step(new Scion(new SignNorm(false), Beta: 0, Constrained: false)));
        Assert.Equal(start.Zip(g, (w, x) => w - 0.1 * x / length), Step(new Scion(new FrobeniusNorm(), Beta: 0, Constrained: false)), (a, b) => Math.Abs(a - b) < 1e-9);
        // Muon's scale for a matrix of 2 × 3 is 1.
        Assert.Equal(Step(new Muon(Beta: 0)), Step(new Scion(new SpectralNorm(Scale: SpectralScale.One), Beta: 0, Constrained: false)), (a, b) => Math.Abs(a - b) < 1e-14);

        double[] Step(Rule rule)
        {
            double[] weights = [.. start];
            rule.Step(rule.Start(Layout.Of(2, 3)), weights, g, 0.1);
            return weights;
        }
    }

    [Fact]
    public void Constrained_weights_stay_in_their_ball_once_they_are_in_it()
    {
        var norm = new SpectralNorm(10, NewtonSchulz: Exact);
        var rule = new Scion(norm, Beta: 0.5, Radius: 2);
        var state = rule.Start(Layout.Of(3, 4));
        var random = new SeededRandom(5);
        double[] weights = new double[12];
        for (int t = 0; t < 200; t++)
        {
            rule.Step(state, weights, Drawn(random, 12), 0.1);
            Assert.True(norm.Of(weights, 3, 4) <= 2 * (1 + 1e-6));
        }
    }

    [Fact]
    public void A_singular_value_goes_where_the_polynomials_send_it()
    {
        foreach (var set in Enum.GetValues<CoefficientSet>())
        {
            var form = new NewtonSchulz(set, 0, Preconditioning: Preconditioning.Spectral);
            // Of diag(1, s) the largest singular value is 1, so that nothing is divided.
            foreach (double s in new[] { 0.01, 0.1, 0.5, 0.9 })
            {
                double[] got = new SpectralNorm(5, SpectralScale.One, NewtonSchulz: form).Direction([1, 0, 0, s], 2, 2);
                Assert.Equal(form.SingularValue(s, 5), got[3], 1e-12);
                Assert.Equal(form.SingularValue(1, 5), got[0], 1e-12);
            }
        }
    }
}
