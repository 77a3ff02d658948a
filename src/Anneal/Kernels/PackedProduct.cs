using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Kernels;

/// <summary>Products of matrices whose right factor is packed once and used many times: what a network's layers are made of.</summary>
/// <remarks>
/// A tile of eight rows by two vectors of the result stays in registers while a panel of the right factor, two vectors wide and <see cref="Depth"/> rows
/// deep, streams past it from the first-level cache (Goto and van de Geijn, <see href="https://doi.org/10.1145/1356052.1356053">Anatomy of
/// High-Performance Matrix Multiplication</see>, 2008). Each number of a result is one chain of fused multiply-adds over k in order, whatever the tile, the
/// vector's width and the number of rows, so that a row alone and a row among many have the same bits. Runs on the caller's thread; several threads take
/// different rows or different panels. The numbers are <see cref="float"/> or <see cref="double"/>.
/// </remarks>
static unsafe class PackedProduct
{
    const int Tall = 8, Depth = 256;

    [ThreadStatic] static byte[]? panelRoom, stripRoom;

    /// <summary>Columns of a panel.</summary>
    public static int Width<T>() where T : unmanaged => (Vector512.IsHardwareAccelerated ? 128 : 64) / sizeof(T);

    /// <summary>Numbers that the packed form of a k×n matrix takes.</summary>
    public static int PackedLength<T>(int k, int n) where T : unmanaged => checked(Parts(n, Width<T>()) * Width<T>() * k);

    /// <summary>Packs b (k×n), b[l, j] at l·rowStep + j·columnStep, into panels; what lies beyond its right edge is 0.</summary>
    /// <param name="b">The matrix.</param>
    /// <param name="rowStep">From one row to the next.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="k">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="packed">Room of <see cref="PackedLength"/>.</param>
    /// <param name="packedRows">Rows there is room for, where more may follow; k unless given.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(T* b, nint rowStep, nint columnStep, int k, int n, T* packed, int packedRows = 0) where T : unmanaged
    {
        int width = Width<T>();
        nint panel = (nint)Math.Max(k, packedRows) * width;
        for (int j0 = 0; j0 < n; j0 += width, packed += panel)
        {
            int count = Math.Min(width, n - j0);
            T* from = b + j0 * columnStep;
            if (count < width)
                new Span<T>(packed, k * width).Clear();
            if (columnStep == 1)
                for (int l = 0; l < k; l++)
                    Unsafe.CopyBlockUnaligned(packed + (nint)l * width, from + l * rowStep, (uint)(count * sizeof(T)));
            else
                for (int l0 = 0; l0 < k; l0 += 16)
                    for (int j = 0; j < count; j++)
                        for (int l = l0; l < Math.Min(k, l0 + 16); l++)
                            packed[(nint)l * width + j] = from[l * rowStep + j * columnStep];
        }
    }

    /// <summary>c (m×n) ← a (m×k) · b, or c + a · b, for a packed b (k×n).</summary>
    /// <param name="a">a[i, l] at i·rowStep + l·columnStep, so that it may stand turned.</param>
    /// <param name="rowStep">From one row of a to the next.</param>
    /// <param name="columnStep">From one column of a to the next.</param>
    /// <param name="packed">What <see cref="Pack"/> made.</param>
    /// <param name="c">c[i, j] at i·stride + j.</param>
    /// <param name="stride">From one row of c to the next.</param>
    /// <param name="m">Rows of a and c.</param>
    /// <param name="k">Columns of a, rows of b.</param>
    /// <param name="n">Columns of b and c.</param>
    /// <param name="add">Whether c is added to.</param>
    /// <param name="packedRows">Rows that were packed, where k is only the first of them; k unless given.</param>
    public static void Run<T>(T* a, nint rowStep, nint columnStep, T* packed, T* c, nint stride, int m, int k, int n, bool add, int packedRows = 0) where T : unmanaged
    {
        int width = Width<T>();
        nint panel = (nint)Math.Max(k, packedRows) * width;
        for (int j = 0; j < n; j += width, packed += panel)
            for (int l = 0; l < k; l += Depth)
                Column(a + l * columnStep, rowStep, columnStep, Tall * rowStep, packed + (nint)l * width, c + j, stride, m, Math.Min(Depth, k - l), Math.Min(width, n - j), padded: false, add || l > 0);
    }

    /// <summary>c (m×n) ← c + Σ_r y[r, i]·x[r, j] over so many rows: the gradient of a layer's weights from its inputs x and its outputs' gradients y.</summary>
    public static void AddOuter<T>(T* y, nint yStride, T* x, nint xStride, T* c, nint stride, int m, int rows, int n) where T : unmanaged
    {
        int width = Width<T>();
        T* panels = (T*)MatrixProduct.Room(ref panelRoom, (long)PackedLength<T>(Depth, n) * sizeof(T)), strips = (T*)MatrixProduct.Room(ref stripRoom, (long)Parts(m, Tall) * Tall * Depth * sizeof(T));
        for (int r = 0; r < rows; r += Depth)
        {
            int depth = Math.Min(Depth, rows - r);
            Pack(x + r * xStride, xStride, 1, depth, n, panels);
            PackStrips(y + r * yStride, yStride, depth, m, strips);
            for (int j = 0; j < n; j += width)
                Column(strips, 1, Tall, (nint)Tall * depth, panels + (nint)j * depth, c + j, stride, m, depth, Math.Min(width, n - j), padded: true, add: true);
        }
    }

    /// <summary>Strips of eight columns of y, row after row; what lies beyond its edge is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackStrips<T>(T* y, nint stride, int rows, int columns, T* strips) where T : unmanaged
    {
        for (int i = 0; i < columns; i += Tall, strips += (nint)Tall * rows)
            if (columns - i >= Tall)
                for (int r = 0; r < rows; r++)
                    Unsafe.CopyBlockUnaligned(strips + (nint)r * Tall, y + r * stride + i, (uint)(Tall * sizeof(T)));
            else
                for (int r = 0; r < rows; r++)
                    for (int s = 0; s < Tall; s++)
                        strips[(nint)r * Tall + s] = i + s < columns ? y[r * stride + i + s] : default;
    }

    /// <summary>One panel's columns of c, eight rows at a time; tiles that c's edges cut go by way of a whole one.</summary>
    [SkipLocalsInit]
    static void Column<T>(T* a, nint rowStep, nint columnStep, nint stripStep, T* panel, T* c, nint stride, int m, int depth, int n, bool padded, bool add) where T : unmanaged
    {
        int width = Width<T>(), whole = n == width ? m / Tall * Tall : 0;
        for (int i = 0; i < whole; i += Tall, a += stripStep)
            Tile(a, rowStep, columnStep, panel, c + i * stride, stride, depth, add);
        if (whole == m)
            return;
        byte* bytes = stackalloc byte[Tall * 128 + 64];
        T* tile = (T*)(((nint)bytes + 63) & ~63);
        for (int i = whole; i < m; i += Tall, a += stripStep)
        {
            int rows = Math.Min(Tall, m - i);
            if (add)
                for (int r = 0; r < rows; r++)
                    Unsafe.CopyBlockUnaligned(tile + r * width, c + (i + r) * stride, (uint)(n * sizeof(T)));
            // Elsewhere than in padded strips, what lies beyond the edge must not be read.
            if (rows == Tall || padded)
                Tile(a, rowStep, columnStep, panel, tile, width, depth, add);
            else
                for (int r = 0; r < rows; r++)
                    Row(a + r * rowStep, columnStep, panel, tile + r * width, depth, add);
            for (int r = 0; r < rows; r++)
                Unsafe.CopyBlockUnaligned(c + (i + r) * stride, tile + r * width, (uint)(n * sizeof(T)));
        }
    }

    static void Tile<T>(T* a, nint rowStep, nint columnStep, T* panel, T* c, nint stride, int depth, bool add) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Eight(a, rowStep, columnStep, panel, c, stride, depth, add);
            return;
        }
        Four(a, rowStep, columnStep, panel, c, stride, depth, add);
        Four(a + 4 * rowStep, rowStep, columnStep, panel, c + 4 * stride, stride, depth, add);
    }

    // Sixteen sums, two vectors of the panel and the number that is spread: what thirty-two registers hold.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Eight<T>(T* a, nint rowStep, nint columnStep, T* panel, T* c, nint stride, int depth, bool add) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        T* a1 = a + rowStep, a2 = a1 + rowStep, a3 = a2 + rowStep, a4 = a3 + rowStep, a5 = a4 + rowStep, a6 = a5 + rowStep, a7 = a6 + rowStep;
        T* c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride, c4 = c3 + stride, c5 = c4 + stride, c6 = c5 + stride, c7 = c6 + stride;
        Vector512<T> x0 = default, x1 = default, x2 = default, x3 = default, x4 = default, x5 = default, x6 = default, x7 = default,
            y0 = default, y1 = default, y2 = default, y3 = default, y4 = default, y5 = default, y6 = default, y7 = default;
        if (add)
        {
            (x0, y0) = (Vector512.Load(c), Vector512.Load(c + v));
            (x1, y1) = (Vector512.Load(c1), Vector512.Load(c1 + v));
            (x2, y2) = (Vector512.Load(c2), Vector512.Load(c2 + v));
            (x3, y3) = (Vector512.Load(c3), Vector512.Load(c3 + v));
            (x4, y4) = (Vector512.Load(c4), Vector512.Load(c4 + v));
            (x5, y5) = (Vector512.Load(c5), Vector512.Load(c5 + v));
            (x6, y6) = (Vector512.Load(c6), Vector512.Load(c6 + v));
            (x7, y7) = (Vector512.Load(c7), Vector512.Load(c7 + v));
        }
        nint s = 0;
        for (int l = 0; l < depth; l++, s += columnStep, panel += 2 * v)
        {
            Vector512<T> left = Vector512.Load(panel), right = Vector512.Load(panel + v), f = Vector512.Create(a[s]);
            (x0, y0) = (MultiplyAdd(f, left, x0), MultiplyAdd(f, right, y0));
            f = Vector512.Create(a1[s]);
            (x1, y1) = (MultiplyAdd(f, left, x1), MultiplyAdd(f, right, y1));
            f = Vector512.Create(a2[s]);
            (x2, y2) = (MultiplyAdd(f, left, x2), MultiplyAdd(f, right, y2));
            f = Vector512.Create(a3[s]);
            (x3, y3) = (MultiplyAdd(f, left, x3), MultiplyAdd(f, right, y3));
            f = Vector512.Create(a4[s]);
            (x4, y4) = (MultiplyAdd(f, left, x4), MultiplyAdd(f, right, y4));
            f = Vector512.Create(a5[s]);
            (x5, y5) = (MultiplyAdd(f, left, x5), MultiplyAdd(f, right, y5));
            f = Vector512.Create(a6[s]);
            (x6, y6) = (MultiplyAdd(f, left, x6), MultiplyAdd(f, right, y6));
            f = Vector512.Create(a7[s]);
            (x7, y7) = (MultiplyAdd(f, left, x7), MultiplyAdd(f, right, y7));
        }
        x0.Store(c);
        y0.Store(c + v);
        x1.Store(c1);
        y1.Store(c1 + v);
        x2.Store(c2);
        y2.Store(c2 + v);
        x3.Store(c3);
        y3.Store(c3 + v);
        x4.Store(c4);
        y4.Store(c4 + v);
        x5.Store(c5);
        y5.Store(c5 + v);
        x6.Store(c6);
        y6.Store(c6 + v);
        x7.Store(c7);
        y7.Store(c7 + v);
    }

    // Eight sums for processors of sixteen registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Four<T>(T* a, nint rowStep, nint columnStep, T* panel, T* c, nint stride, int depth, bool add) where T : unmanaged
    {
        int v = Vector256<T>.Count;
        T* a1 = a + rowStep, a2 = a1 + rowStep, a3 = a2 + rowStep, c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride;
        Vector256<T> x0 = default, x1 = default, x2 = default, x3 = default, y0 = default, y1 = default, y2 = default, y3 = default;
        if (add)
        {
            (x0, y0, x1, y1) = (Vector256.Load(c), Vector256.Load(c + v), Vector256.Load(c1), Vector256.Load(c1 + v));
            (x2, y2, x3, y3) = (Vector256.Load(c2), Vector256.Load(c2 + v), Vector256.Load(c3), Vector256.Load(c3 + v));
        }
        nint s = 0;
        for (int l = 0; l < depth; l++, s += columnStep, panel += 2 * v)
        {
            Vector256<T> left = Vector256.Load(panel), right = Vector256.Load(panel + v), f = Vector256.Create(a[s]);
            (x0, y0) = (MultiplyAdd(f, left, x0), MultiplyAdd(f, right, y0));
            f = Vector256.Create(a1[s]);
            (x1, y1) = (MultiplyAdd(f, left, x1), MultiplyAdd(f, right, y1));
            f = Vector256.Create(a2[s]);
            (x2, y2) = (MultiplyAdd(f, left, x2), MultiplyAdd(f, right, y2));
            f = Vector256.Create(a3[s]);
            (x3, y3) = (MultiplyAdd(f, left, x3), MultiplyAdd(f, right, y3));
        }
        x0.Store(c);
        y0.Store(c + v);
        x1.Store(c1);
        y1.Store(c1 + v);
        x2.Store(c2);
        y2.Store(c2 + v);
        x3.Store(c3);
        y3.Store(c3 + v);
    }

    /// <summary>One row of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Row<T>(T* a, nint columnStep, T* panel, T* c, int depth, bool add) where T : unmanaged
    {
        int v = Vector256<T>.Count;
        for (int part = Width<T>() / (2 * v); part > 0; part--, panel += 2 * v, c += 2 * v)
        {
            Vector256<T> x = default, y = default;
            if (add)
                (x, y) = (Vector256.Load(c), Vector256.Load(c + v));
            T* from = panel;
            nint s = 0;
            for (int l = 0; l < depth; l++, s += columnStep, from += Width<T>())
            {
                var f = Vector256.Create(a[s]);
                (x, y) = (MultiplyAdd(f, Vector256.Load(from), x), MultiplyAdd(f, Vector256.Load(from + v), y));
            }
            x.Store(c);
            y.Store(c + v);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> MultiplyAdd<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> MultiplyAdd<T>(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    static int Parts(int whole, int part) => (whole + part - 1) / part;
}
