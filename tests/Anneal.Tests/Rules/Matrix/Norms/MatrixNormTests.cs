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
        new SpectralNorm(10, MinScale: 1.5, NewtonSchulz: Exact), new SignNorm(), new SignNorm(Normalized: false), new RowNorm(), new RowNorm(Normalized: false), new RowNorm(Transposed: true), new RowNorm(Normalized: false, Transposed: true),
        new ColumnNorm(), new ColumnNorm(Normalized: true), new ColumnNorm(Transposed: true), new ColumnNorm(Normalized: true, Transposed: true), new FrobeniusNorm(), new FrobeniusNorm(Rms: true),
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

    /// <summary>Of a matrix whose rows are as long as 3-4-5 triangles, worked out by hand: 2 × 4, rows of length 5 and 13, columns of 5, 12, 4 and 0.</summary>
    public static TheoryData<MatrixNorm, double, double, double> ByHand => new()
    {
        // The norm, its value, and what the entries 4 (first row, third column) and 5 (second row, first column) become.
        { new RowNorm(), 2 * 13, 4.0 / (2 * 5), 5.0 / (2 * 13) },
        { new RowNorm(Normalized: false), 13, 4.0 / 5, 5.0 / 13 },
        { new RowNorm(Transposed: true), Math.Sqrt(2) * 12, 4 / (Math.Sqrt(2) * 4), 5 / (Math.Sqrt(2) * Math.Sqrt(34)) },
        { new RowNorm(Normalized: false, Transposed: true), 12, 1, 5 / Math.Sqrt(34) },
        { new ColumnNorm(), 12 / Math.Sqrt(2), 4 / (4 / Math.Sqrt(2)), 5 * Math.Sqrt(2) / Math.Sqrt(34) },
        { new ColumnNorm(Normalized: true), 4 * 12 / Math.Sqrt(2), Math.Sqrt(2) / 4, 5 * Math.Sqrt(2) / Math.Sqrt(34) / 4 },
        { new ColumnNorm(Transposed: true), 13 / 2.0, 4 / (5 / 2.0), 5 / (13 / 2.0) },
        { new ColumnNorm(Normalized: true, Transposed: true), 2 * 13 / 2.0, 4 / (2 * 5 / 2.0), 5 / (2 * 13 / 2.0) },
        { new SignNorm(), 4 * 12, 1 / 4.0, 1 / 4.0 },
        { new SignNorm(Normalized: false), 12, 1, 1 },
        { new FrobeniusNorm(), Math.Sqrt(194), 4 / Math.Sqrt(194), 5 / Math.Sqrt(194) },
        { new FrobeniusNorm(Rms: true), Math.Sqrt(194 / 8.0), 4 / Math.Sqrt(194 / 8.0), 5 / Math.Sqrt(194 / 8.0) },
    };

    [Theory, MemberData(nameof(ByHand))]
    public void A_norm_and_its_direction_are_what_they_are_by_hand(MatrixNorm norm, double value, double first, double second)
    {
        double[] matrix = [3, 0, 4, 0, 5, 12, 0, 0], direction = norm.Direction(matrix, 2, 4);
        Assert.Equal(value, norm.Of(matrix, 2, 4), 1e-12 * value);
        // 1e-8 is added to lengths of 1.7 and more.
        Assert.Equal(first, direction[2], 1e-8 * first);
        Assert.Equal(second, direction[4], 1e-8 * second);
        Assert.All(new[] { 1, 3, 6, 7 }, i => Assert.Equal(0, direction[i]));
    }

    [Fact]
    public void What_is_shorter_than_a_hundred_millionth_becomes_no_longer_than_1()
    {
        // 1e-8 is added to a length of 1e-8: half of the direction is left.
        double[] tiny = [1e-8, 0, 0, 0];
        foreach (var norm in new MatrixNorm[] { new RowNorm(false), new RowNorm(false, true), new FrobeniusNorm() })
            Assert.Equal([0.5, 0, 0, 0], norm.Direction(tiny, 2, 2), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(1e-8 / (1e-8 / Math.Sqrt(2) + 1e-8), new ColumnNorm().Direction(tiny, 2, 2)[0], 1e-15);
        Assert.Equal(1e-8 / (1e-8 / 2 + 1e-8), new FrobeniusNorm(Rms: true).Direction(tiny, 2, 2)[0], 1e-15);
    }

    [Fact]
    public void The_spectral_norm_has_the_scale_of_its_shape()
    {
        // diag(3, 1) of 2 × 8: singular values 3 and 1.
        double[] matrix = [3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        foreach (var (norm, scale) in new[]
        {
            (new SpectralNorm(10, NewtonSchulz: Exact), 0.5), (new SpectralNorm(10, SpectralScale.RootRows, NewtonSchulz: Exact), Math.Sqrt(2)), (new SpectralNorm(10, SpectralScale.One, NewtonSchulz: Exact), 1.0),
            (new SpectralNorm(10, MinScale: 0.75, NewtonSchulz: Exact), 0.75), (new SpectralNorm(10, SpectralScale.One, MinScale: 0.75, NewtonSchulz: Exact), 1.0),
        })
        {
            Assert.Equal(3 / scale, norm.Of(matrix, 2, 8), 1e-12);
            double[] direction = norm.Direction(matrix, 2, 8);
            Assert.Equal(scale, direction[0], 1e-9);
            Assert.Equal(scale, direction[9], 1e-9);
        }
    }

    /// <summary>Without iterations the direction is the matrix, divided by its size.</summary>
    [Fact]
    public void A_matrix_is_divided_by_the_size_that_is_asked_for()
    {
        // Singular values 3 and 4.
        double[] matrix = [3, 0, 0, 0, 4, 0];
        Divided(5, new(Epsilon: 0));
        Divided(4, new(Epsilon: 0, Preconditioning: Preconditioning.Spectral));
        Divided(Math.Pow(81 + 256, 0.25), new(Preconditioning: Preconditioning.Schatten));
        Divided(1.5 * 5 + 2, new(Epsilon: 2, Safety: 1.5));
        Divided(1.5 * 5, new(Epsilon: 2, EpsilonForm: NormEpsilon.Clamped, Safety: 1.5));
        Divided(9, new(Epsilon: 9, EpsilonForm: NormEpsilon.Clamped, Safety: 1.5));
        Divided(5 + 2 * Math.Sqrt(3 / 2.0), new(Epsilon: 2, EpsilonForm: NormEpsilon.AddedByShape));
        // Tall, the shape counts the other way round.
        Assert.Equal(3 / (5 + 2 * Math.Sqrt(2 / 3.0)), new SpectralNorm(0, SpectralScale.One, NewtonSchulz: new(Epsilon: 2, EpsilonForm: NormEpsilon.AddedByShape)).Direction([3, 0, 0, 4, 0, 0], 3, 2)[0], 1e-14);
        // Almost orthogonal layers: each row by the root of its row of |XXᵀ|, here [[2, 1], [1, 5]].
        double[] almost = new SpectralNorm(0, SpectralScale.One, NewtonSchulz: new(Preconditioning: Preconditioning.AlmostOrthogonal)).Direction([1, 1, 0, -1, 0, 2], 2, 3);
        Assert.Equal([1 / Math.Sqrt(3), 1 / Math.Sqrt(3), 0, -1 / Math.Sqrt(6), 0, 2 / Math.Sqrt(6)], almost, (a, b) => Math.Abs(a - b) < 1e-14);
        // A sum below 1e-8 counts as that.
        Assert.Equal(0.1, new SpectralNorm(0, SpectralScale.One, NewtonSchulz: new(Preconditioning: Preconditioning.AlmostOrthogonal)).Direction([1e-5, 0, 0, 0], 2, 2)[0], 1e-14);

        void Divided(double size, NewtonSchulz form) =>
            Assert.Equal(matrix.Select(x => x / size), new SpectralNorm(0, SpectralScale.One, NewtonSchulz: form).Direction(matrix, 2, 3), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Beyond_its_triples_a_list_begins_again_or_stays_with_the_last()
    {
        NewtonSchulzStep a = new(2, -1.5, 0.5), b = new(1.5, -0.5, 0);
        Assert.Equal([a, b, b, b, b], new NewtonSchulz(CustomCoefficients: [a, b]).Steps(5));
        Assert.Equal([a, b, a, b, a], new NewtonSchulz(CustomCoefficients: [a, b], Cycles: true).Steps(5));
        Assert.Empty(new NewtonSchulz().Steps(0));
        Assert.Equal(b.At(b.At(a.At(0.3))), new NewtonSchulz(CustomCoefficients: [a, b]).SingularValue(0.3, 3));
        Assert.Equal(2 * 0.3 - 1.5 * 0.027 + 0.5 * 0.00243, a.At(0.3), 1e-15);
    }
}
