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
    [InlineData(200, 1_100, 40)]
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
    [InlineData(224, 1_100)]
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

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(9, 257, 47)]
    [InlineData(96, 64, 64)]
    [InlineData(161, 1_030, 97)]
    [InlineData(161, 300, 417)] // sections of columns on several threads
    public unsafe void Floats_have_the_same_bits_on_tiles_of_any_width_and_any_number_of_threads(int m, int k, int n)
    {
        var random = new Random(m);
        float[] a = Singles(random, m * k), b = Singles(random, k * n), scalar = new float[m * n], gram = new float[m * m];
        fixed (float* x = a, y = b, s = scalar, g = gram)
        {
            MatrixProduct.Run<Scalar<float>>(new(x, a.Length), new(y, b.Length), new(s, scalar.Length), m, k, n, 1);
            MatrixProduct.Gram<Scalar<float>>(new(x, a.Length), new(g, gram.Length), m, k, 1);
            for (int threads = 1; threads <= 4; threads++)
            {
                float[] wide = new float[m * n], square = new float[m * m];
                fixed (float* u = wide, v = square)
                {
                    MatrixProduct.Run<Wide<float>>(new(x, a.Length), new(y, b.Length), new(u, wide.Length), m, k, n, threads);
                    MatrixProduct.Gram<WideBFloat16>(new(x, a.Length), new(v, square.Length), m, k, threads);
                }
                Assert.Equal(scalar, wide);
                Assert.Equal(gram, square);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(290)]
    public unsafe void A_polynomial_of_a_symmetric_matrix_is_its_square_and_itself_scaled_and_added(int m)
    {
        float[] a = Singles(new Random(m), m * m), square = new float[a.Length];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < i; j++)
                a[i * m + j] = a[j * m + i];
        fixed (float* x = a, y = square)
            MatrixProduct.Gram<Scalar<float>>(new(x, a.Length), new(y, square.Length), m, m, 1);
        float[] wanted = [.. a.Zip(square, (own, squared) => 2.0315f * squared + -4.775f * own)];
        for (int threads = 1; threads <= 3; threads++)
        {
            float[] wide = new float[a.Length], scalar = new float[a.Length];
            fixed (float* x = a, y = wide, z = scalar)
            {
                MatrixProduct.Square<Wide<float>>(new(x, a.Length), new(y, wide.Length), m, 2.0315, -4.775, threads);
                MatrixProduct.Square<Scalar<float>>(new(x, a.Length), new(z, scalar.Length), m, 2.0315, -4.775, threads);
            }
            Assert.Equal(wanted, wide);
            Assert.Equal(wanted, scalar);
        }
    }

    /// <summary>Row after row and in panels: the same sums, so the same bits.</summary>
    [Theory]
    [InlineData(32, 32)]
    [InlineData(64, 1_120)]
    [InlineData(224, 320)]
    public void Products_in_panels_have_the_bits_of_products_row_after_row(int m, int n)
    {
        float[] singles = Singles(new Random(m), m * n);
        InPanels<Wide<float>>([.. singles.Select(x => (double)x)], m, n);
        InPanels<WideBFloat16>([.. singles.Select(x => (double)x)], m, n);
        InPanels<Wide<double>>(Drawn(new Random(n), m * n), m, n);
    }

    void InPanels<L>(double[] numbers, int m, int n) where L : struct, ILane<L>
    {
        View<L> x = Room<L>(m * n), panels = Room<L>(m * n), square = Room<L>(m * m), back = Room<L>(m * n), product = Room<L>(m * n);
        x.CopyFrom(numbers);
        Assert.Equal(ProductTile.IsSupported, MatrixProduct.HasPanels(x, m, n));
        // Elsewhere there are no panels to lie in.
        if (!ProductTile.IsSupported)
            return;
        Assert.False(MatrixProduct.HasPanels(x.Slice(1, (m - 1) * n), m - 1, n) || MatrixProduct.HasPanels(x, m, n - 8) || MatrixProduct.HasPanels(x.Slice(1, m * n - 1), m, n));
        for (int threads = 1; threads <= 3; threads++)
        {
            MatrixProduct.Gram(x, square, m, n, threads);
            double[] gram = square.ToArray();
            View<L> polynomial = Room<L>(m * m);
            MatrixProduct.Square(square, polynomial, m, 2.0315, -4.775, threads);
            double[] squared = polynomial.ToArray();
            MatrixProduct.Run(polynomial, x, product, m, m, n, threads);
            double[] whole = product.ToArray();

            MatrixProduct.ToPanels(x, panels, m, n, threads);
            MatrixProduct.FromPanels(panels, back, m, n);
            Assert.Equal(numbers, back.ToArray());
            for (int i = 0; i < m; i += 7)
                for (int j = 0; j < n; j += 5)
                    Assert.Equal(x[i * n + j], panels[MatrixProduct.InPanels<L>(i, j, m)]);
            MatrixProduct.Gram(panels, square, m, n, threads, inPanels: true);
            MatrixProduct.FromPanels(square, back, m, m);
            Assert.Equal(gram, back.Slice(0, m * m).ToArray());
            MatrixProduct.Square(square, polynomial, m, 2.0315, -4.775, threads, inPanels: true);
            MatrixProduct.FromPanels(polynomial, back, m, m);
            Assert.Equal(squared, back.Slice(0, m * m).ToArray());
            MatrixProduct.Run(polynomial, panels, product, m, m, n, threads, inPanels: true);
            MatrixProduct.FromPanels(product, back, m, n);
            Assert.Equal(whole, back.ToArray());

            back.Fill(0);
            MatrixProduct.RunToRows(polynomial, panels, back, m, m, n, threads);
            Assert.Equal(whole, back.ToArray());
            product.Fill(0);
            MatrixProduct.RunBeforeGram(polynomial, panels, product, m, m, n, threads);
            MatrixProduct.GramOfLast(product, square, m, n, threads);
            MatrixProduct.FromPanels(product, back, m, n);
            Assert.Equal(whole, back.ToArray());
            MatrixProduct.Gram(back, polynomial, m, n, threads);
            MatrixProduct.FromPanels(square, back, m, m);
            Assert.Equal(polynomial.ToArray(), back.Slice(0, m * m).ToArray());
        }
    }

    /// <summary>Room that begins where a line of the cache does; it is never moved.</summary>
    unsafe View<L> Room<L>(int length) where L : struct, ILane<L>
    {
        byte[] room = GC.AllocateArray<byte>(length * L.WeightSize + 64, pinned: true);
        rooms.Add(room);
        return new((void*)(((nint)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) + 63) & ~63), length);
    }

    readonly List<byte[]> rooms = [];

    [Theory]
    [InlineData(16, 16)]
    [InlineData(40, 75)]
    public unsafe void Turning_puts_every_number_in_its_place(int rows, int columns)
    {
        float[] a = Singles(new Random(rows), rows * columns), turned = new float[a.Length];
        double[] wide = [.. a], wideTurned = new double[a.Length];
        fixed (float* x = a, y = turned)
            MatrixProduct.Transpose<Wide<float>>(new(x, a.Length), new(y, a.Length), rows, columns);
        fixed (double* x = wide, y = wideTurned)
            MatrixProduct.Transpose<Wide<double>>(new(x, a.Length), new(y, a.Length), rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal(a[i * columns + j], turned[j * rows + i]);
                Assert.Equal(wide[i * columns + j], wideTurned[j * rows + i]);
            }
    }

    static float[] Singles(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() - 0.5f)];

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
