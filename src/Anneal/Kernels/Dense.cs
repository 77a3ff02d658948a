using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Kernels;

/// <summary>The few matrix operations that rules for matrices need, on rows one after another in 64 bits.</summary>
static class Dense
{
    /// <summary>a (m×k) · b (k×n)</summary>
    public static unsafe double[] Product(double[] a, double[] b, int m, int k, int n, int threads)
    {
        var product = new double[m * n];
        fixed (double* x = a, y = b, z = product)
            MatrixProduct.Run<Wide<double>>(new(x, a.Length), new(y, b.Length), new(z, product.Length), m, k, n, threads);
        return product;
    }

    /// <summary>a · aᵀ for a (m×k)</summary>
    public static unsafe double[] Gram(double[] a, int m, int k, int threads)
    {
        var gram = new double[m * m];
        fixed (double* x = a, y = gram)
            MatrixProduct.Gram<Wide<double>>(new(x, a.Length), new(y, gram.Length), m, k, threads);
        return gram;
    }

    public static unsafe double[] Transposed(double[] a, int rows, int columns)
    {
        var turned = new double[a.Length];
        fixed (double* x = a, y = turned)
            MatrixProduct.Transpose<Wide<double>>(new(x, a.Length), new(y, turned.Length), rows, columns);
        return turned;
    }

    /// <summary>Eigenvalues in falling order, and the matrix whose columns are their vectors.</summary>
    /// <remarks>
    /// Numbers near the ends of the range are brought to about 1 by a power of two first, so that nothing overflows on the way. A matrix with a NaN or an infinity
    /// has no eigenvalues: all that is returned is NaN, and it goes on into the weights as it does in any other rule.
    /// </remarks>
    public static (double[] Values, double[] Vectors) Eigen(double[] symmetric, int n, int threads = 1) =>
        Ordered(symmetric, n, scaled => SymmetricEigen.Solve(scaled, n, threads) ?? MathNet(scaled, n));

    /// <summary>The same by Math.NET's managed code, to compare with.</summary>
    public static (double[] Values, double[] Vectors) EigenByMathNet(double[] symmetric, int n) => Ordered(symmetric, n, scaled => MathNet(scaled, n));

    static (double[] Values, double[] Vectors) MathNet(double[] symmetric, int n)
    {
        var evd = Matrix<double>.Build.Dense(n, n, (i, j) => symmetric[i * n + j]).Evd(Symmetricity.Symmetric);
        return ([.. evd.EigenValues.Select(e => e.Real)], evd.EigenVectors.ToRowMajorArray());
    }

    static (double[] Values, double[] Vectors) Ordered(double[] symmetric, int n, Func<double[], (double[] Values, double[] Vectors)> solve)
    {
        double scale = Scale(symmetric);
        if (double.IsNaN(scale))
            return (Unknown(n), Unknown(n * n));
        var (values, vectors) = solve(scale == 1 ? symmetric : [.. symmetric.Select(x => x * scale)]);
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => values[i])];
        var sorted = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                sorted[i * n + j] = vectors[i * n + order[j]];
        return ([.. order.Select(i => values[i] / scale)], sorted);
    }

    /// <summary>1 for ordinary numbers, the power of two that makes the largest about 1 for others, NaN where one is not finite.</summary>
    static double Scale(double[] numbers)
    {
        double largest = 0;
        foreach (double x in numbers)
        {
            if (!double.IsFinite(x))
                return double.NaN;
            largest = Math.Max(largest, Math.Abs(x));
        }
        // Down to the smallest number there is, the scale itself stays finite.
        return largest is 0 or (> 1e-100 and < 1e100) ? 1 : Math.ScaleB(1, -Math.Max(Math.ILogB(largest), -1022));
    }

    static double[] Unknown(int count)
    {
        var numbers = new double[count];
        Array.Fill(numbers, double.NaN);
        return numbers;
    }

    /// <summary>A power of a symmetric matrix without negative eigenvalues; those below <paramref name="floor"/> count as that much.</summary>
    public static double[] Power(double[] symmetric, int n, double power, double floor, int threads)
    {
        var (values, vectors) = Eigen(symmetric, n, threads);
        var scaled = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                scaled[i * n + j] = vectors[i * n + j] * Math.Pow(Math.Max(values[j], floor), power);
        return Product(scaled, Transposed(vectors, n, n), n, n, n, threads);
    }
}
