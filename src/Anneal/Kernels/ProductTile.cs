using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Anneal.Kernels;

/// <summary>The innermost part of <see cref="MatrixProduct"/> where vectors have 512 bits: eight rows by two vectors of sums stay in registers.</summary>
/// <remarks>
/// Each step over k reads ten numbers or vectors for sixteen multiply-adds, so neither the loads nor the decoder hold them up. The numbers are <see cref="float"/> or <see cref="double"/>.
/// </remarks>
static unsafe class ProductTile
{
    public const int Tall = 8;

    /// <summary>Numbers of a row that are summed in registers.</summary>
    public const int Depth = 256;

    /// <summary>From one row of a strip to the next: not a power of two, so that eight rows do not push each other out of the cache.</summary>
    public const int StripStride = Depth + 16;

    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>Bytes of a tile's row: two vectors.</summary>
    public const int RowBytes = 128;

    /// <summary>Bytes that a tile asks for ahead in each step over k: a quarter of a line of the cache, so that what it waits for itself is not held up.</summary>
    public const int AheadBytes = 16;

    /// <summary>Tiles that together have asked for all of a part of a panel.</summary>
    public const int Stretches = RowBytes / AheadBytes;

    /// <summary>c (8 rows × 2 vectors) ← Σ over l of strip[r, l] · panel[l], or that on top of c.</summary>
    /// <remarks>Meanwhile what lies at <paramref name="ahead"/> is brought into the second-level cache.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Both<T>(T* strip, T* panel, T* c, nint stride, int depth, bool add, byte* ahead) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        Vector512<T> x0 = default, x1 = default, x2 = default, x3 = default, x4 = default, x5 = default, x6 = default, x7 = default,
            y0 = default, y1 = default, y2 = default, y3 = default, y4 = default, y5 = default, y6 = default, y7 = default;
        Fetch(c, stride, v);
        for (T* end = strip + depth; strip < end; strip++, panel += 2 * v, ahead += AheadBytes)
        {
            if (Sse.IsSupported)
                Sse.Prefetch1(ahead);
            Vector512<T> left = Vector512.Load(panel), right = Vector512.Load(panel + v), f = Vector512.Create(strip[0]);
            (x0, y0) = (MultiplyAdd(f, left, x0), MultiplyAdd(f, right, y0));
            f = Vector512.Create(strip[StripStride]);
            (x1, y1) = (MultiplyAdd(f, left, x1), MultiplyAdd(f, right, y1));
            f = Vector512.Create(strip[2 * StripStride]);
            (x2, y2) = (MultiplyAdd(f, left, x2), MultiplyAdd(f, right, y2));
            f = Vector512.Create(strip[3 * StripStride]);
            (x3, y3) = (MultiplyAdd(f, left, x3), MultiplyAdd(f, right, y3));
            f = Vector512.Create(strip[4 * StripStride]);
            (x4, y4) = (MultiplyAdd(f, left, x4), MultiplyAdd(f, right, y4));
            f = Vector512.Create(strip[5 * StripStride]);
            (x5, y5) = (MultiplyAdd(f, left, x5), MultiplyAdd(f, right, y5));
            f = Vector512.Create(strip[6 * StripStride]);
            (x6, y6) = (MultiplyAdd(f, left, x6), MultiplyAdd(f, right, y6));
            f = Vector512.Create(strip[7 * StripStride]);
            (x7, y7) = (MultiplyAdd(f, left, x7), MultiplyAdd(f, right, y7));
        }
        T* c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride, c4 = c3 + stride, c5 = c4 + stride, c6 = c5 + stride, c7 = c6 + stride;
        if (add)
        {
            (x0, y0) = (x0 + Vector512.Load(c), y0 + Vector512.Load(c + v));
            (x1, y1) = (x1 + Vector512.Load(c1), y1 + Vector512.Load(c1 + v));
            (x2, y2) = (x2 + Vector512.Load(c2), y2 + Vector512.Load(c2 + v));
            (x3, y3) = (x3 + Vector512.Load(c3), y3 + Vector512.Load(c3 + v));
            (x4, y4) = (x4 + Vector512.Load(c4), y4 + Vector512.Load(c4 + v));
            (x5, y5) = (x5 + Vector512.Load(c5), y5 + Vector512.Load(c5 + v));
            (x6, y6) = (x6 + Vector512.Load(c6), y6 + Vector512.Load(c6 + v));
            (x7, y7) = (x7 + Vector512.Load(c7), y7 + Vector512.Load(c7 + v));
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

    /// <summary>The same for the right one of a panel's two vectors: c is where that one begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Right<T>(T* strip, T* panel, T* c, nint stride, int depth, bool add) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        Vector512<T> x0 = default, x1 = default, x2 = default, x3 = default, x4 = default, x5 = default, x6 = default, x7 = default;
        panel += v;
        for (T* end = strip + depth; strip < end; strip++, panel += 2 * v)
        {
            var right = Vector512.Load(panel);
            x0 = MultiplyAdd(Vector512.Create(strip[0]), right, x0);
            x1 = MultiplyAdd(Vector512.Create(strip[StripStride]), right, x1);
            x2 = MultiplyAdd(Vector512.Create(strip[2 * StripStride]), right, x2);
            x3 = MultiplyAdd(Vector512.Create(strip[3 * StripStride]), right, x3);
            x4 = MultiplyAdd(Vector512.Create(strip[4 * StripStride]), right, x4);
            x5 = MultiplyAdd(Vector512.Create(strip[5 * StripStride]), right, x5);
            x6 = MultiplyAdd(Vector512.Create(strip[6 * StripStride]), right, x6);
            x7 = MultiplyAdd(Vector512.Create(strip[7 * StripStride]), right, x7);
        }
        Put(x0, c, add);
        Put(x1, c + stride, add);
        Put(x2, c + 2 * stride, add);
        Put(x3, c + 3 * stride, add);
        Put(x4, c + 4 * stride, add);
        Put(x5, c + 5 * stride, add);
        Put(x6, c + 6 * stride, add);
        Put(x7, c + 7 * stride, add);
    }

    /// <summary>Asks for what is needed at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch<T>(T* c, nint stride, int step) where T : unmanaged
    {
        if (Sse.IsSupported)
            for (int r = 0; r < Tall; r++, c += stride)
            {
                Sse.Prefetch0(c);
                Sse.Prefetch0(c + step);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<T>(Vector512<T> x, T* c, bool add) where T : unmanaged => (add ? x + Vector512.Load(c) : x).Store(c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> MultiplyAdd<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    /// <summary>Turns a block of 16 × 16 floats: target[j, i] ← source[i, j]. Where the next blocks come from and go to is fetched meanwhile.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(float* source, nint stride, float* target, nint targetStride)
    {
        // Four by four within the lanes of 128 bits, for each of four groups of rows; then the lanes change places.
        float* room = stackalloc float[256 + 16];
        room = (float*)(((nint)room + 63) & ~63);
        for (int g = 0; g < 4; g++)
        {
            float* from = source + 4 * g * stride;
            for (int r = 0; r < 4; r++)
                Sse.Prefetch0(from + r * stride + 64);
            Vector512<float> a = Vector512.Load(from), b = Vector512.Load(from + stride), c = Vector512.Load(from + 2 * stride), d = Vector512.Load(from + 3 * stride);
            Vector512<double> ab = Avx512F.UnpackLow(a, b).AsDouble(), cd = Avx512F.UnpackLow(c, d).AsDouble(), abHigh = Avx512F.UnpackHigh(a, b).AsDouble(), cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
            // Column j of the four rows, for j = 0, 4, 8, 12; then 1, 5, 9, 13; and so on.
            Avx512F.UnpackLow(ab, cd).AsSingle().Store(room + 16 * g);
            Avx512F.UnpackHigh(ab, cd).AsSingle().Store(room + 64 + 16 * g);
            Avx512F.UnpackLow(abHigh, cdHigh).AsSingle().Store(room + 128 + 16 * g);
            Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle().Store(room + 192 + 16 * g);
        }
        for (int j = 0; j < 4; j++)
        {
            float* from = room + 64 * j, next = target + (j + 2 * 16) * targetStride;
            for (int r = 0; r < 4; r++)
                Sse.Prefetch0(next + 4 * r * targetStride);
            Vector512<float> a = Vector512.Load(from), b = Vector512.Load(from + 16), c = Vector512.Load(from + 32), d = Vector512.Load(from + 48);
            // 0x88 takes lanes 0 and 2 of both, 0xDD lanes 1 and 3.
            Vector512<float> abEven = Avx512F.Shuffle4x128(a, b, 0x88), abOdd = Avx512F.Shuffle4x128(a, b, 0xDD), cdEven = Avx512F.Shuffle4x128(c, d, 0x88), cdOdd = Avx512F.Shuffle4x128(c, d, 0xDD);
            Avx512F.Shuffle4x128(abEven, cdEven, 0x88).Store(target + j * targetStride);
            Avx512F.Shuffle4x128(abOdd, cdOdd, 0x88).Store(target + (j + 4) * targetStride);
            Avx512F.Shuffle4x128(abEven, cdEven, 0xDD).Store(target + (j + 8) * targetStride);
            Avx512F.Shuffle4x128(abOdd, cdOdd, 0xDD).Store(target + (j + 12) * targetStride);
        }
    }

    /// <summary>Turns a block of 8 × 8 doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(double* source, nint stride, double* target, nint targetStride)
    {
        Vector512<double> a = Vector512.Load(source), b = Vector512.Load(source + stride), c = Vector512.Load(source + 2 * stride), d = Vector512.Load(source + 3 * stride),
            e = Vector512.Load(source + 4 * stride), f = Vector512.Load(source + 5 * stride), g = Vector512.Load(source + 6 * stride), h = Vector512.Load(source + 7 * stride);
        Four(Avx512F.UnpackLow(a, b), Avx512F.UnpackLow(c, d), Avx512F.UnpackLow(e, f), Avx512F.UnpackLow(g, h), target, targetStride);
        Four(Avx512F.UnpackHigh(a, b), Avx512F.UnpackHigh(c, d), Avx512F.UnpackHigh(e, f), Avx512F.UnpackHigh(g, h), target + targetStride, targetStride);
    }

    /// <summary>Every second column, from pairs of rows whose lanes of 128 bits change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Four(Vector512<double> ab, Vector512<double> cd, Vector512<double> ef, Vector512<double> gh, double* target, nint stride)
    {
        // 0x88 takes lanes 0 and 2 of both, 0xDD lanes 1 and 3.
        Vector512<double> even = Avx512F.Shuffle4x128(ab, cd, 0x88), odd = Avx512F.Shuffle4x128(ab, cd, 0xDD), evenBelow = Avx512F.Shuffle4x128(ef, gh, 0x88), oddBelow = Avx512F.Shuffle4x128(ef, gh, 0xDD);
        Avx512F.Shuffle4x128(even, evenBelow, 0x88).Store(target);
        Avx512F.Shuffle4x128(odd, oddBelow, 0x88).Store(target + 2 * stride);
        Avx512F.Shuffle4x128(even, evenBelow, 0xDD).Store(target + 4 * stride);
        Avx512F.Shuffle4x128(odd, oddBelow, 0xDD).Store(target + 6 * stride);
    }
}
