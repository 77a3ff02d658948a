using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Anneal.Tests;

public class ThinQrTests
{
    static readonly double ε = Math.Pow(2, -52);

    static unsafe Matrix<double> Factor(Matrix<double> a, int threads = 1)
    {
        double[] rows = a.ToRowMajorArray();
        fixed (double* x = rows)
            ThinQr.Orthogonalize(x, a.RowCount, a.ColumnCount, threads);
        return Matrix<double>.Build.DenseOfRowMajor(a.RowCount, a.ColumnCount, rows);
    }

    static Matrix<double> Drawn(int rows, int columns, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => random.Normal());
    }

    static Matrix<double> Kind(string kind, int m, int n)
    {
        var drawn = Drawn(m, n);
        return kind switch
        {
            "drawn" => drawn,
            "zero" => drawn * 0,
            "unit" => Matrix<double>.Build.Dense(m, n, (i, j) => i == j ? 1 : 0),
            "ones" => Matrix<double>.Build.Dense(m, n, 1),
            "zero columns" => drawn.MapIndexed((_, j, x) => j % 3 == 0 ? 0 : x),
            "zero rows" => drawn.MapIndexed((i, _, x) => i % 3 == 0 ? 0 : x),
            "repeated columns" => Matrix<double>.Build.Dense(m, n, (i, j) => drawn[i, j / 2]),
            "first row only" => drawn.MapIndexed((i, _, x) => i == 0 ? x : 0),
            "last row only" => drawn.MapIndexed((i, _, x) => i == m - 1 ? x : 0),
            "rank 2" => drawn.SubMatrix(0, m, 0, 2) * Drawn(2, n, 2),
            "condition 1e12" => drawn.MapIndexed((_, j, x) => x * Math.Pow(10, -12.0 * j / Math.Max(1, n - 1))) * Drawn(n, n, 3),
            "nearly parallel" => Matrix<double>.Build.Dense(m, n, (i, j) => 1 + 1e-9 * drawn[i, j]),
            "Hilbert" => Matrix<double>.Build.Dense(m, n, (i, j) => 1.0 / (i + j + 1)),
            "graded" => drawn.MapIndexed((_, j, x) => x * Math.Pow(10, -5.0 * j)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    public static MatrixTheoryData<string, (int, int)> Matrices => new(
        ["drawn", "zero", "unit", "ones", "zero columns", "zero rows", "repeated columns", "first row only", "last row only", "rank 2", "condition 1e12", "nearly parallel", "Hilbert", "graded"],
        [(2, 2), (5, 3), (16, 16), (17, 16), (33, 17), (64, 40), (48, 48), (300, 31)]);

    [Theory, MemberData(nameof(Matrices))]
    public void Columns_are_orthogonal_and_the_other_factor_is_a_triangle_that_rebuilds_the_matrix(string kind, (int Rows, int Columns) shape)
    {
        var (m, n) = shape;
        var a = Kind(kind, m, n);
        Same(a, Factor(a), isDrawn: kind == "drawn");
    }

    /// <summary>
    /// A number of a product is the sum of a chain as long as a column. Rounding errors of drawn numbers add up like draws, to a few ε for each of √(rows·columns); where all numbers are equal
    /// they have one sign, half an ε for each row at most.
    /// </summary>
    static void Same(Matrix<double> a, Matrix<double> q, bool isDrawn)
    {
        int n = a.ColumnCount;
        double allowed = isDrawn ? 2 * ε * Math.Sqrt(n * (double)a.RowCount) : ε * Math.Sqrt(n) * Math.Max(16, a.RowCount);
        Assert.InRange((q.TransposeThisAndMultiply(q) - Matrix<double>.Build.DenseIdentity(n)).FrobeniusNorm(), 0, allowed);
        var r = q.TransposeThisAndMultiply(a);
        // Column by column, so that small columns count as much as large ones.
        var back = q * r.UpperTriangle() - a;
        for (int j = 0; j < n; j++)
            Assert.InRange(back.Column(j).L2Norm(), 0, allowed * a.Column(j).L2Norm());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(20, 7)]
    [InlineData(100, 33)]
    [InlineData(257, 64)]
    public void Well_conditioned_matrices_have_the_factor_that_Math_NET_finds(int rows, int columns)
    {
        // In the last row of a square matrix nothing is left to reflect: LAPACK keeps the sign there, Math.NET turns it.
        var a = Drawn(rows, columns) + 3 * Kind("unit", rows, columns);
        var q = Factor(a);
        var theirs = rows == columns ? -a.QR(QRMethod.Thin).Q : a.QR(QRMethod.Thin).Q;
        double condition = a.ConditionNumber();
        Assert.InRange((q - theirs).FrobeniusNorm(), 0, 20 * ε * condition * Math.Sqrt(rows * columns));
        if (rows > columns)
            Assert.All(Enumerable.Range(0, columns), j => Assert.True(q.Column(j).DotProduct(theirs.Column(j)) > 0));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-320)]
    [InlineData(1e300)]
    public void Scale_changes_nothing(double scale)
    {
        // By a power of two near that scale, so that no digit is lost but below the smallest normal number.
        double power = Math.ScaleB(1, Math.ILogB(scale));
        var a = Drawn(40, 20).Map(x => Math.ScaleB(Math.Round(x * 16) / 16, 4));
        var expected = Factor(a);
        Assert.Equal(expected, Factor(a * power));
        // Also where one column has it and the others have not.
        Assert.Equal(expected, Factor(a.MapIndexed((_, j, x) => j == 3 ? x * power : x)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_makes_all_of_it_NaN(double bad)
    {
        var a = Drawn(30, 20);
        a[29, 18] = bad;
        Assert.All(Factor(a).Enumerate(), x => Assert.True(double.IsNaN(x)));
        Assert.All(Factor(Drawn(30, 20)).Enumerate(), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var a = Drawn(700, 150);
        var one = Factor(a);
        Same(a, one, isDrawn: true);
        foreach (int threads in new[] { 2, 3 })
            Assert.True(one.ToRowMajorArray().AsSpan().SequenceEqual(Factor(a, threads).ToRowMajorArray()));
    }

    [Fact]
    public void Room_of_an_earlier_matrix_leaves_no_trace()
    {
        var small = Drawn(33, 18, 5);
        var before = Factor(small);
        Factor(Drawn(300, 90) * 1e9);
        Assert.Equal(before, Factor(small));
    }

    [Fact]
    public void A_wide_matrix_is_refused() => Assert.Contains("3 × 4", Assert.Throws<ArgumentException>(() => Factor(Drawn(3, 4))).Message);
}
