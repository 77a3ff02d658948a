namespace Anneal.Tests;

public class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 2)]
    [InlineData(4, 128, 64)]
    [InlineData(7, 129, 65)]
    [InlineData(66, 300, 131)]
    [InlineData(130, 600, 33)]
    public unsafe void It_is_the_sum_over_rows_and_columns(int m, int k, int n)
    {
        var random = new Random(m * 1000 + n);
        double[] a = Drawn(random, m * k), b = Drawn(random, k * n), wide = new double[m * n], threaded = new double[m * n], scalar = new double[m * n];
        fixed (double* x = a, y = b, z = wide, u = threaded, s = scalar)
        {
            MatrixProduct.Run<Wide<double>>(new(x, a.Length), new(y, b.Length), new(z, wide.Length), m, k, n, 1);
            MatrixProduct.Run<Wide<double>>(new(x, a.Length), new(y, b.Length), new(u, wide.Length), m, k, n, 3);
            MatrixProduct.Run<Scalar<double>>(new(x, a.Length), new(y, b.Length), new(s, wide.Length), m, k, n, 1);
        }
        Assert.Equal(wide, threaded);
        Assert.Equal(wide, scalar);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = 0, size = 0;
                for (int l = 0; l < k; l++)
                {
                    sum += a[i * k + l] * b[l * n + j];
                    size += Math.Abs(a[i * k + l] * b[l * n + j]);
                }
                // Each of the k additions rounds by at most half a unit of the running size.
                Assert.Equal(sum, wide[i * n + j], (k + 1) * size * 2.3e-16 + 1e-300);
            }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(33, 17)]
    [InlineData(100, 300)]
    [InlineData(131, 64)]
    public unsafe void A_gram_matrix_is_the_product_with_the_turned_factor_to_the_bit(int m, int k)
    {
        double[] a = Drawn(new Random(m), m * k), turned = new double[a.Length], product = new double[m * m];
        double[] one = new double[m * m], three = new double[m * m], scalar = new double[m * m];
        fixed (double* x = a, y = turned, p = product, z = one, u = three, s = scalar)
        {
            MatrixProduct.Transpose<Wide<double>>(new(x, a.Length), new(y, a.Length), m, k);
            MatrixProduct.Run<Wide<double>>(new(x, a.Length), new(y, a.Length), new(p, product.Length), m, k, m, 1);
            MatrixProduct.Gram<Wide<double>>(new(x, a.Length), new(z, one.Length), m, k, 1);
            MatrixProduct.Gram<Wide<double>>(new(x, a.Length), new(u, three.Length), m, k, 3);
            MatrixProduct.Gram<Scalar<double>>(new(x, a.Length), new(s, scalar.Length), m, k, 1);
        }
        Assert.Equal(product, one);
        Assert.Equal(product, three);
        Assert.Equal(product, scalar);
    }

    [Fact]
    public unsafe void Turning_twice_gives_the_same_matrix()
    {
        double[] a = Drawn(new Random(1), 35 * 18), turned = new double[a.Length], back = new double[a.Length];
        fixed (double* x = a, y = turned, z = back)
        {
            MatrixProduct.Transpose<Wide<double>>(new(x, a.Length), new(y, a.Length), 35, 18);
            MatrixProduct.Transpose<Wide<double>>(new(y, a.Length), new(z, a.Length), 18, 35);
        }
        Assert.Equal(a[1], turned[35]);
        Assert.Equal(a, back);
    }

    static double[] Drawn(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
}
