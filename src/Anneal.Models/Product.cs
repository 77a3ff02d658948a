using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Models;

/// <summary>Small products of matrices on four 64-bit numbers at a time. Rows of right factor and result are padded to a multiple of four.</summary>
/// <remarks>Each number of a result is one sum over k in order, so blocks and leftovers give the same bits. Compiled at full strength at once: a lesson's run is over before it would be.</remarks>
static unsafe class Product
{
    /// <summary>The next multiple of four.</summary>
    public static int Padded(int n) => (n + 3) & ~3;

    /// <summary>c[i, j] ← c[i, j] + Σ a[i·rowStep + k·columnStep] · b[k, j]</summary>
    /// <param name="a">The left factor, by steps, so that it may stand turned.</param>
    /// <param name="rowStep">From one row of a to the next.</param>
    /// <param name="columnStep">From one column of a to the next.</param>
    /// <param name="b">The right factor, row by row.</param>
    /// <param name="c">The result, row by row, with rows as long as those of b.</param>
    /// <param name="m">Rows of a.</param>
    /// <param name="k">Columns of a.</param>
    /// <param name="n">Columns of b, a multiple of four.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* a, int rowStep, int columnStep, double* b, double* c, int m, int k, int n)
    {
        int j = 0;
        for (; j + 8 <= n; j += 8)
        {
            int i = 0;
            for (; i + 4 <= m; i += 4)
                Four(a + (nint)i * rowStep, rowStep, columnStep, b + j, c + (nint)i * n + j, k, n);
            for (; i < m; i++)
                One(a + (nint)i * rowStep, columnStep, b + j, c + (nint)i * n + j, k, n);
        }
        if (j < n)
            for (int i = 0; i < m; i++)
                Half(a + (nint)i * rowStep, columnStep, b + j, c + (nint)i * n + j, k, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Four(double* a, int rowStep, int columnStep, double* b, double* c, int k, int n)
    {
        double* c1 = c + n, c2 = c1 + n, c3 = c2 + n, a1 = a + rowStep, a2 = a1 + rowStep, a3 = a2 + rowStep;
        Vector256<double> x0 = Vector256.Load(c), y0 = Vector256.Load(c + 4), x1 = Vector256.Load(c1), y1 = Vector256.Load(c1 + 4),
            x2 = Vector256.Load(c2), y2 = Vector256.Load(c2 + 4), x3 = Vector256.Load(c3), y3 = Vector256.Load(c3 + 4);
        for (nint q = 0, s = 0; q < k; q++, s += columnStep, b += n)
        {
            Vector256<double> left = Vector256.Load(b), right = Vector256.Load(b + 4);
            var f = Vector256.Create(a[s]);
            (x0, y0) = (Vector256.FusedMultiplyAdd(f, left, x0), Vector256.FusedMultiplyAdd(f, right, y0));
            f = Vector256.Create(a1[s]);
            (x1, y1) = (Vector256.FusedMultiplyAdd(f, left, x1), Vector256.FusedMultiplyAdd(f, right, y1));
            f = Vector256.Create(a2[s]);
            (x2, y2) = (Vector256.FusedMultiplyAdd(f, left, x2), Vector256.FusedMultiplyAdd(f, right, y2));
            f = Vector256.Create(a3[s]);
            (x3, y3) = (Vector256.FusedMultiplyAdd(f, left, x3), Vector256.FusedMultiplyAdd(f, right, y3));
        }
        x0.Store(c);
        y0.Store(c + 4);
        x1.Store(c1);
        y1.Store(c1 + 4);
        x2.Store(c2);
        y2.Store(c2 + 4);
        x3.Store(c3);
        y3.Store(c3 + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void One(double* a, int columnStep, double* b, double* c, int k, int n)
    {
        Vector256<double> x = Vector256.Load(c), y = Vector256.Load(c + 4);
        for (nint q = 0, s = 0; q < k; q++, s += columnStep, b += n)
        {
            var f = Vector256.Create(a[s]);
            (x, y) = (Vector256.FusedMultiplyAdd(f, Vector256.Load(b), x), Vector256.FusedMultiplyAdd(f, Vector256.Load(b + 4), y));
        }
        x.Store(c);
        y.Store(c + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Half(double* a, int columnStep, double* b, double* c, int k, int n)
    {
        var x = Vector256.Load(c);
        for (nint q = 0, s = 0; q < k; q++, s += columnStep, b += n)
            x = Vector256.FusedMultiplyAdd(Vector256.Create(a[s]), Vector256.Load(b), x);
        x.Store(c);
    }

    /// <summary>Σ xᵢ·yᵢ: four partial sums, added in order, then what is left over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double* x, double* y, int n)
    {
        var sum = Vector256<double>.Zero;
        int i = 0;
        for (; i + 4 <= n; i += 4)
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i), sum);
        double total = Vector256.Sum(sum);
        for (; i < n; i++)
            total = Math.FusedMultiplyAdd(x[i], y[i], total);
        return total;
    }

    /// <summary>y ← y + f·x</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTimes(double f, double* x, double* y, int n)
    {
        var factor = Vector256.Create(f);
        int i = 0;
        for (; i + 4 <= n; i += 4)
            Vector256.FusedMultiplyAdd(factor, Vector256.Load(x + i), Vector256.Load(y + i)).Store(y + i);
        for (; i < n; i++)
            y[i] = Math.FusedMultiplyAdd(f, x[i], y[i]);
    }
}
