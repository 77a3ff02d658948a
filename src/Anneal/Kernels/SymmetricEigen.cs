using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anneal.Kernels;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then implicit QL, both on vectors of numbers.</summary>
/// <remarks>
/// A pass of the reduction updates a row and multiplies it by the next reflector while it is in the cache. The rotations of QL are put down first and then applied to strips of sixteen rows of
/// the eigenvectors, whose numbers lie side by side and stay in registers from one rotation to the next. Rows and strips do not depend on one another: the same bits at any number of threads.
/// Golub and Van Loan, Matrix Computations (4th edition, 2013), sections 8.3.1 and 8.3.3.
/// </remarks>
sealed unsafe class SymmetricEigen : IJob
{
    /// <summary>Rows of a strip: columns of its transpose.</summary>
    const int Strip = Reflectors.Strip;

    /// <summary>An eigenvalue takes less than two on average.</summary>
    const int MostIterations = 60;

    /// <summary>Rotations put down before they are applied.</summary>
    const int MostRotations = 1 << 21;

    /// <summary>Below this many numbers in a pass a second thread is not woken.</summary>
    const long WorthAThread = 100_000;

    enum Phase { Reduce, Reflect, Rotate }

    readonly int n, stride, strips, threads;
    readonly double[] matrix, strip;
    readonly double* a, blocks, v, w, next, product;
    readonly double[] diagonal, beside, factors;
    readonly List<(int Low, int High, int First)> sweeps = [];
    readonly List<(double C, double S)> rotations = [];
    Phase phase;
    int column;

    SymmetricEigen(double[] symmetric, int n, int threads)
    {
        (this.n, this.threads) = (n, threads);
        stride = (n + 7) & ~7;
        strips = (n + Strip - 1) / Strip;
        (diagonal, beside, factors) = (new double[n], new double[n], new double[n]);
        // The matrix, and four vectors below it.
        matrix = GC.AllocateArray<double>(checked((n + 4) * stride), pinned: true);
        strip = GC.AllocateArray<double>(checked(strips * Strip * n), pinned: true);
        a = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(matrix, 0);
        blocks = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(strip, 0);
        v = Row(n);
        w = Row(n + 1);
        next = Row(n + 2);
        product = Row(n + 3);
        for (int i = 0; i < n; i++)
            symmetric.AsSpan(i * n, n).CopyTo(new(Row(i), n));
    }

    double* Row(int i) => a + (nint)i * stride;

    /// <summary>Eigenvalues in no order, and the matrix whose columns are their vectors, row by row; null where QL does not settle.</summary>
    /// <param name="symmetric">Row by row; its numbers must be finite, and none so large that a square overflows.</param>
    /// <param name="n">Rows and columns, above 0.</param>
    /// <param name="threads">The most threads.</param>
    public static (double[] Values, double[] Vectors)? Solve(double[] symmetric, int n, int threads)
    {
        var work = new SymmetricEigen(symmetric, n, threads);
        work.Tridiagonal();
        work.Run(Phase.Reflect, work.strips, (long)n * n);
        var solution = work.Settles() ? (work.diagonal, work.Vectors()) : default((double[], double[])?);
        // Its arrays are used by address.
        GC.KeepAlive(work);
        return solution;
    }

    void Run(Phase phase, int most, long numbers)
    {
        this.phase = phase;
        Workers.Run(this, numbers < WorthAThread ? 1 : Math.Min(threads, most));
    }

    void IJob.Do(int part, int parts)
    {
        switch (phase)
        {
            case Phase.Reduce:
                for (int i = column + 2 + part; i < n; i += parts)
                    product[i] = Updated(Row(i), v, w, v[i], w[i], next, (column + 1) & ~7, stride);
                break;
            case Phase.Reflect:
                for (int s = part; s < strips; s += parts)
                    Reflect(s);
                break;
            default:
                for (int s = part; s < strips; s += parts)
                    foreach (var (low, high, first) in sweeps)
                        Rotate(blocks + (nint)s * Strip * n, low, high, CollectionsMarshal.AsSpan(rotations).Slice(first, high - low));
                break;
        }
    }

    /// <summary>A ← H·A·H for one reflector H = 1 − τ·u·uᵀ after another, u[k] = 1, each kept in the row of A that it cleared.</summary>
    void Tridiagonal()
    {
        // Before the first reflector there is nothing to update with: v and w are 0.
        for (column = -1; column < n - 2; column++)
        {
            int k = column + 1;
            double* row = Row(k);
            Updated(row, v, w, v[k], w[k], next, k & ~7, stride);
            double τ = Reflector(k);
            new Span<double>(product, stride).Clear();
            Run(Phase.Reduce, n - k - 1, (long)(n - k) * (n - k));
            double along = 0;
            for (int i = k + 1; i < n; i++)
                along += product[i] * next[i];
            // w = τ·p − ½·τ²·(pᵀu)·u
            for (int i = k + 1; i < n; i++)
                product[i] = τ * product[i] - τ * τ / 2 * along * next[i];
            Unsafe.CopyBlock(v, next, (uint)(stride * sizeof(double)));
            Unsafe.CopyBlock(w, product, (uint)(stride * sizeof(double)));
        }
        diagonal[n - 1] = Row(n - 1)[n - 1];
    }

    /// <summary>The reflector that clears row k but for its diagonal and what stands beside it, into that row and into next.</summary>
    double Reflector(int k)
    {
        double* row = Row(k);
        diagonal[k] = row[k];
        new Span<double>(next, stride).Clear();
        var tail = new Span<double>(row + k + 1, n - k - 1);
        factors[k] = Reflectors.Make(tail, out beside[k]);
        if (factors[k] != 0)
            tail.CopyTo(new(next + k + 1, n - k - 1));
        return factors[k];
    }

    /// <summary>row ← row − vᵢ·w − wᵢ·v; the product of what it is then with a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Updated(double* row, double* v, double* w, double vi, double wi, double* next, int from, int to)
    {
        Vector256<double> onW = Vector256.Create(-vi), onV = Vector256.Create(-wi), even = default, odd = default;
        for (int j = from; j < to; j += 8)
        {
            var left = Vector256.FusedMultiplyAdd(onV, Vector256.Load(v + j), Vector256.FusedMultiplyAdd(onW, Vector256.Load(w + j), Vector256.Load(row + j)));
            var right = Vector256.FusedMultiplyAdd(onV, Vector256.Load(v + j + 4), Vector256.FusedMultiplyAdd(onW, Vector256.Load(w + j + 4), Vector256.Load(row + j + 4)));
            left.Store(row + j);
            right.Store(row + j + 4);
            even = Vector256.FusedMultiplyAdd(left, Vector256.Load(next + j), even);
            odd = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + j + 4), odd);
        }
        return Vector256.Sum(even + odd);
    }

    /// <summary>A strip of the product of all reflectors: sixteen rows of it, the first column's numbers first.</summary>
    void Reflect(int s)
    {
        double* block = blocks + (nint)s * Strip * n;
        for (int lane = 0; lane < Strip && s * Strip + lane < n; lane++)
            block[(nint)(s * Strip + lane) * Strip + lane] = 1;
        for (int k = 0; k < n - 2; k++)
            if (factors[k] != 0)
                Reflectors.Apply(block, Row(k), factors[k], k + 1, n);
    }

    /// <summary>One sweep's rotations of neighbouring columns, from the last pair to the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Rotate(double* block, int low, int high, ReadOnlySpan<(double C, double S)> rotations)
    {
        double* at = block + (nint)high * Strip;
        Vector256<double> x0 = Vector256.Load(at), x1 = Vector256.Load(at + 4), x2 = Vector256.Load(at + 8), x3 = Vector256.Load(at + 12);
        foreach (var (cosine, sine) in rotations)
        {
            Vector256<double> c = Vector256.Create(cosine), s = Vector256.Create(sine);
            double* before = at - Strip;
            Vector256<double> y0 = Vector256.Load(before), y1 = Vector256.Load(before + 4), y2 = Vector256.Load(before + 8), y3 = Vector256.Load(before + 12);
            Vector256.FusedMultiplyAdd(s, y0, c * x0).Store(at);
            Vector256.FusedMultiplyAdd(s, y1, c * x1).Store(at + 4);
            Vector256.FusedMultiplyAdd(s, y2, c * x2).Store(at + 8);
            Vector256.FusedMultiplyAdd(s, y3, c * x3).Store(at + 12);
            (x0, x1, x2, x3) = (c * y0 - s * x0, c * y1 - s * x1, c * y2 - s * x2, c * y3 - s * x3);
            at = before;
        }
        x0.Store(at);
        x1.Store(at + 4);
        x2.Store(at + 8);
        x3.Store(at + 12);
    }

    /// <summary>QL with Wilkinson's shift on the diagonals; the rotations go into the strips.</summary>
    bool Settles()
    {
        double norm = 0;
        for (int i = 0; i < n; i++)
            norm = Math.Max(norm, Math.Abs(diagonal[i]) + Math.Abs(beside[i]));
        // Relative to its neighbours, so that small eigenvalues keep their digits, but not below what rounding has left.
        const double ε = 1.1102230246251565e-16;
        double least = ε * ε * norm;
        for (int low = 0; low < n; low++)
            for (int iteration = 0; ; iteration++)
            {
                int high = low;
                while (high < n - 1 && Math.Abs(beside[high]) > ε * (Math.Abs(diagonal[high]) + Math.Abs(diagonal[high + 1])) + least)
                    high++;
                if (high == low)
                    break;
                if (iteration == MostIterations)
                    return false;
                Sweep(low, high);
            }
        Flush();
        return true;
    }

    void Sweep(int low, int high)
    {
        double[] d = diagonal, e = beside;
        double q = (d[low + 1] - d[low]) / (2 * e[low]), g = d[high] - d[low] + e[low] / (q + Math.CopySign(Math.Sqrt(q * q + 1), q)), s = 1, c = 1, p = 0;
        int first = rotations.Count, i = high - 1;
        for (; i >= low; i--)
        {
            double f = s * e[i], b = c * e[i], r = Math.Sqrt(f * f + g * g);
            e[i + 1] = r;
            if (r == 0)
                break;
            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            double t = (d[i] - g) * s + 2 * c * b;
            p = s * t;
            d[i + 1] = g + p;
            g = c * t - b;
            rotations.Add((c, s));
        }
        e[high] = 0;
        if (i >= low)
            d[i + 1] -= p;
        else
            (d[low], e[low]) = (d[low] - p, g);
        if (rotations.Count > first)
            sweeps.Add((i + 1, high, first));
        if (rotations.Count > MostRotations)
            Flush();
    }

    void Flush()
    {
        Run(Phase.Rotate, strips, (long)rotations.Count * n);
        sweeps.Clear();
        rotations.Clear();
    }

    double[] Vectors()
    {
        var vectors = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            double* block = blocks + (nint)(i / Strip) * Strip * n + i % Strip;
            for (int j = 0; j < n; j++)
                vectors[i * n + j] = block[(nint)j * Strip];
        }
        return vectors;
    }
}
