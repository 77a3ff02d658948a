namespace Anneal.Tests;

public class SymmetricEigenTests
{
    static double[] Filled(int n, Func<int, int, double> entry)
    {
        var a = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                a[i * n + j] = entry(i, j);
        return a;
    }

    static double[] Drawn(int n, ulong seed)
    {
        var random = new SeededRandom(seed);
        double[] a = Filled(n, (_, _) => random.Normal());
        return Filled(n, (i, j) => a[Math.Min(i, j) * n + Math.Max(i, j)]);
    }

    /// <summary>The Gram matrix of so many drawn vectors.</summary>
    static double[] OfRank(int n, int rank)
    {
        var random = new SeededRandom(9);
        double[] g = [.. Enumerable.Range(0, n * rank).Select(_ => random.Normal())];
        return Filled(n, (i, j) => Enumerable.Range(0, rank).Sum(k => g[i * rank + k] * g[j * rank + k]));
    }

    public static TheoryData<string, int> Matrices => new()
    {
        { "drawn", 1 }, { "drawn", 2 }, { "drawn", 3 }, { "drawn", 7 }, { "drawn", 15 }, { "drawn", 16 }, { "drawn", 17 }, { "drawn", 64 }, { "drawn", 150 }, { "drawn", 257 },
        { "zero", 20 }, { "unit", 20 }, { "diagonal", 33 }, { "rank 3", 40 }, { "rank 1", 9 }, { "graded", 30 }, { "graded upwards", 30 }, { "two values", 50 }, { "negative", 31 }, { "second differences", 100 },
        { "blocks", 24 },
    };

    static double[] Matrix(string kind, int n) => kind switch
    {
        "drawn" => Drawn(n, (ulong)n),
        "zero" => new double[n * n],
        "unit" => Filled(n, (i, j) => i == j ? 1 : 0),
        "diagonal" => Filled(n, (i, j) => i == j ? i * 7 % n - 3 : 0),
        "rank 3" => OfRank(n, 3),
        "rank 1" => OfRank(n, 1),
        "graded" => Filled(n, (i, j) => Math.Pow(10, -(i + j) / 2.0) * (i == j ? 1 : 0.3)),
        "graded upwards" => Filled(n, (i, j) => Math.Pow(10, (i + j - 2 * n) / 2.0) * (i == j ? 1 : 0.3)),
        "two values" => Filled(n, (i, j) => (i == j ? 1 : 0) - 2.0 / n),
        "negative" => [.. OfRank(n, n).Select(x => -x)],
        "second differences" => Filled(n, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0),
        _ => Filled(n, (i, j) => i / 6 == j / 6 ? 1 + (i == j ? i : 0) : 0),
    };

    [Theory, MemberData(nameof(Matrices))]
    public void Values_and_vectors_rebuild_the_matrix_and_agree_with_Math_NET(string kind, int n)
    {
        double[] a = Matrix(kind, n);
        var (values, vectors) = Dense.Eigen(a, n);
        double size = Math.Max(Math.Sqrt(a.Sum(x => x * x)), double.Epsilon), allowed = 8 * n * Math.Pow(2, -53) * size;
        for (int j = 0; j < n; j++)
        {
            Assert.True(j == 0 || values[j] <= values[j - 1]);
            for (int i = 0; i < n; i++)
            {
                double image = 0, along = 0;
                for (int k = 0; k < n; k++)
                    (image, along) = (image + a[i * n + k] * vectors[k * n + j], along + vectors[k * n + i] * vectors[k * n + j]);
                Assert.InRange(Math.Abs(image - values[j] * vectors[i * n + j]), 0, allowed);
                Assert.InRange(Math.Abs(along - (i == j ? 1 : 0)), 0, 8 * n * Math.Pow(2, -53));
            }
        }
        double[] theirs = [.. Dense.EigenByMathNet(a, n).Values];
        Assert.Equal(theirs, values, (x, y) => Math.Abs(x - y) <= allowed);
    }

    [Fact]
    public void Second_differences_have_the_eigenvalues_of_the_textbook()
    {
        // 2 − 2·cos(k·π/(n + 1))
        const int n = 90;
        double[] exact = [.. Enumerable.Range(1, n).Select(k => 2 - 2 * Math.Cos(k * Math.PI / (n + 1))).OrderDescending()];
        Assert.Equal(exact, Dense.Eigen(Matrix("second differences", n), n).Values, (x, y) => Math.Abs(x - y) < 1e-13);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        const int n = 450;
        double[] a = Drawn(n, 1);
        var (values, vectors) = Dense.Eigen(a, n, 1);
        foreach (int threads in new[] { 2, 3 })
        {
            var other = Dense.Eigen(a, n, threads);
            Assert.True(values.AsSpan().SequenceEqual(other.Values));
            Assert.True(vectors.AsSpan().SequenceEqual(other.Vectors));
        }
    }
}
