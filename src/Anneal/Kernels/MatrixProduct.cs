using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anneal.Kernels;

/// <summary>Products of matrices on lanes: a tile of six rows by two lanes stays in registers, and both factors are packed so that they stream past it.</summary>
/// <remarks>
/// A panel of the right factor, <see cref="Depth"/> rows deep, fits the first-level cache beside a strip of six rows of the left one; a group of strips
/// fits the second (Goto and van de Geijn, <see href="https://doi.org/10.1145/1356052.1356053">Anatomy of High-Performance Matrix Multiplication</see>,
/// 2008). Every number is summed over k in the same order, whatever the number of threads, so the bits do not depend on it.
/// </remarks>
static unsafe class MatrixProduct
{
    const int Depth = 256, Tall = 6, Broad = 2, StripsOfGroup = 8;

    /// <summary>Below this many multiplications waking a second thread does not pay.</summary>
    const long WorthAThread = 200_000;

    [ThreadStatic] static byte[]? panelRoom, stripRoom;

    /// <summary>c (m×n) ← a (m×k) · b (k×n)</summary>
    public static void Run<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads) where L : struct, ILane<L> =>
        Run(a, b, c, m, k, n, threads, gram: false);

    /// <summary>c (m×m) ← a · aᵀ for a (m×k); for a symmetric a, its square. What lies below the diagonal is copied from above it.</summary>
    public static void Gram<L>(View<L> a, View<L> c, int m, int k, int threads) where L : struct, ILane<L> =>
        Run(a, a, c, m, k, m, threads, gram: true);

    static void Run<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads, bool gram) where L : struct, ILane<L>
    {
        Fits(a, m, k);
        Fits(b, gram ? m : k, gram ? k : n);
        Fits(c, m, n);
        int panels = Parts(n, Broad * L.Count);
        var job = Job<L>.Mine;
        job.Set(a.Data, b.Data, c.Data, Room(ref panelRoom, (long)panels * k * Broad * L.Count * L.WeightSize), m, k, n, gram);
        int parts = (long)m * k * n < WorthAThread ? 1 : threads;
        job.Run(Phase.Pack, Math.Min(parts, panels));
        job.Run(Phase.Multiply, Math.Min(parts, Parts(m, Tall)));
        if (gram)
            job.Run(Phase.Mirror, Math.Min(parts, Parts(m, Tile)));
    }

    /// <summary>target (columns×rows) ← source (rows×columns), turned</summary>
    public static void Transpose<L>(View<L> source, View<L> target, int rows, int columns) where L : struct, ILane<L>
    {
        Fits(source, rows, columns);
        Fits(target, columns, rows);
        if (L.WeightSize == sizeof(float))
            Transpose((float*)source.Data, (float*)target.Data, rows, columns);
        else
            Transpose((double*)source.Data, (double*)target.Data, rows, columns);
    }

    static void Fits<L>(View<L> matrix, int rows, int columns) where L : struct, ILane<L>
    {
        if (rows < 0 || columns < 0 || (long)rows * columns > matrix.Length)
            throw new ArgumentException($"A matrix of {rows} × {columns} does not lie in a view of {matrix.Length} numbers.");
    }

    const int Tile = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Transpose<T>(T* source, T* target, int rows, int columns) where T : unmanaged
    {
        T* tile = stackalloc T[Tile * Tile];
        for (int i = 0; i < rows; i += Tile)
            for (int j = 0; j < columns; j += Tile)
                Turn(source + (nint)i * columns + j, columns, target + (nint)j * rows + i, rows, Math.Min(Tile, rows - i), Math.Min(Tile, columns - j), tile);
    }

    /// <summary>Fills what lies below the diagonal, each part its rows of tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Mirror<T>(T* square, int n, int part, int parts) where T : unmanaged
    {
        T* tile = stackalloc T[Tile * Tile];
        for (int i = part * Tile; i < n; i += parts * Tile)
        {
            int height = Math.Min(Tile, n - i);
            for (int j = 0; j < i; j += Tile)
                Turn(square + (nint)j * n + i, n, square + (nint)i * n + j, n, Tile, height, tile);
            for (int r = 1; r < height; r++)
                for (int l = 0; l < r; l++)
                    square[(nint)(i + r) * n + i + l] = square[(nint)(i + l) * n + i + r];
        }
    }

    // By way of a tile of its own: rows that lie a power of two apart share a place in the cache, and would push each other out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Turn<T>(T* source, int sourceStride, T* target, int targetStride, int rows, int columns, T* tile) where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                tile[j * Tile + i] = source[(nint)i * sourceStride + j];
        for (int j = 0; j < columns; j++)
            Unsafe.CopyBlockUnaligned(target + (nint)j * targetStride, tile + j * Tile, (uint)(rows * sizeof(T)));
    }

    /// <summary>target[l, r] ← source[r, l] for the first rows of source; beyond them 0, so that every tile is whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Interleave<T>(T* source, int stride, int rows, int depth, T* target, int tall) where T : unmanaged
    {
        for (int l0 = 0; l0 < depth; l0 += Tile)
            for (int r = 0; r < tall; r++)
                for (int l = l0; l < Math.Min(depth, l0 + Tile); l++)
                    target[(nint)l * tall + r] = r < rows ? source[(nint)r * stride + l] : default;
    }

    static int Parts(int whole, int part) => (whole + part - 1) / part;

    static byte* Room(ref byte[]? room, long bytes)
    {
        if (room is null || room.Length < bytes + 64)
            room = GC.AllocateUninitializedArray<byte>(checked((int)bytes + 64), pinned: true);
        return (byte*)((Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) + 63) & ~63);
    }

    enum Phase { Pack, Multiply, Mirror }

    sealed class Job<L> : IJob where L : struct, ILane<L>
    {
        [ThreadStatic] static Job<L>? mine;
        Phase phase;
        byte* a, b, c, packed;
        int m, k, n;
        bool gram;

        public static Job<L> Mine => mine ??= new();

        static int Width => Broad * L.Count;

        public void Set(byte* a, byte* b, byte* c, byte* packed, int m, int k, int n, bool gram)
        {
            this.a = a;
            this.b = b;
            this.c = c;
            this.packed = packed;
            (this.m, this.k, this.n, this.gram) = (m, k, n, gram);
        }

        public void Run(Phase phase, int parts)
        {
            this.phase = phase;
            Workers.Run(this, parts);
        }

        public void Do(int part, int parts)
        {
            switch (phase)
            {
                case Phase.Pack: Pack(part, parts); break;
                case Phase.Multiply: Multiply(part, parts); break;
                default: Mirror(part, parts); break;
            }
        }

        void Mirror(int part, int parts)
        {
            if (L.WeightSize == sizeof(float))
                MatrixProduct.Mirror((float*)c, m, part, parts);
            else
                MatrixProduct.Mirror((double*)c, m, part, parts);
        }

        static void Interleave(byte* source, int stride, int rows, int depth, byte* target, int tall)
        {
            if (L.WeightSize == sizeof(float))
                MatrixProduct.Interleave((float*)source, stride, rows, depth, (float*)target, tall);
            else
                MatrixProduct.Interleave((double*)source, stride, rows, depth, (double*)target, tall);
        }

        /// <summary>Panels of the right factor, two lanes wide, row after row; what lies beyond its edge is 0.</summary>
        void Pack(int part, int parts)
        {
            for (int p = part; p < Parts(n, Width); p += parts)
            {
                byte* panel = packed + (nint)p * k * Width * L.WeightSize;
                if (gram)
                    Interleave(a + (nint)p * Width * k * L.WeightSize, k, m - p * Width, k, panel, Width);
                else
                    for (int l = 0; l < k; l++)
                        for (int lane = 0; lane < Broad; lane++)
                        {
                            int j = p * Width + lane * L.Count, count = Math.Min(L.Count, n - j);
                            L.Store(count <= 0 ? L.Of(0) : Load(b, (nint)l * n + j, count), panel, (nint)l * Width + lane * L.Count);
                        }
            }
        }

        // Groups are dealt out in turn: above the diagonal the first rows have the most to do.
        void Multiply(int part, int parts)
        {
            int group = Tall * Math.Clamp(m / (4 * Tall * parts), 1, StripsOfGroup);
            byte* strips = Room(ref stripRoom, (long)group * Depth * L.WeightSize);
            for (int i0 = part * group; i0 < m; i0 += parts * group)
                for (int l0 = 0; l0 < k; l0 += Depth)
                    Multiply(i0, Math.Min(m, i0 + group), l0, Math.Min(Depth, k - l0), strips);
        }

        void Multiply(int from, int to, int l0, int depth, byte* strips)
        {
            nint strip = (nint)Tall * depth * L.WeightSize;
            for (int i = from; i < to; i += Tall)
                Interleave(a + ((nint)i * k + l0) * L.WeightSize, k, to - i, depth, strips + (i - from) / Tall * strip, Tall);
            for (int p = gram ? from / Width : 0; p < Parts(n, Width); p++)
            {
                byte* panel = packed + ((nint)p * k + l0) * Width * L.WeightSize;
                int end = gram ? Math.Min(to, (p + 1) * Width) : to;
                for (int i = from; i < end; i += Tall)
                    Six(strips + (i - from) / Tall * strip, panel, depth, i, p * Width, first: l0 == 0);
            }
        }

        // Twelve sums, two lanes of the right factor and one number of the left one: what sixteen registers hold.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Six(byte* strip, byte* panel, int depth, int i, int j, bool first)
        {
            // The sums leave through memory, made ready before the loop: what lives across a call would be spilled inside it.
            byte* tile = stackalloc byte[Tall * Broad * L.Count * L.WeightSize];
            L c00 = L.Of(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
            for (int l = 0; l < depth; l++, strip += Tall * L.WeightSize, panel += Broad * L.Count * L.WeightSize)
            {
                L b0 = L.Load(panel, 0), b1 = L.Load(panel, L.Count);
                L x = L.Broadcast(strip, 0);
                c00 = L.MultiplyAdd(x, b0, c00);
                c01 = L.MultiplyAdd(x, b1, c01);
                x = L.Broadcast(strip, 1);
                c10 = L.MultiplyAdd(x, b0, c10);
                c11 = L.MultiplyAdd(x, b1, c11);
                x = L.Broadcast(strip, 2);
                c20 = L.MultiplyAdd(x, b0, c20);
                c21 = L.MultiplyAdd(x, b1, c21);
                x = L.Broadcast(strip, 3);
                c30 = L.MultiplyAdd(x, b0, c30);
                c31 = L.MultiplyAdd(x, b1, c31);
                x = L.Broadcast(strip, 4);
                c40 = L.MultiplyAdd(x, b0, c40);
                c41 = L.MultiplyAdd(x, b1, c41);
                x = L.Broadcast(strip, 5);
                c50 = L.MultiplyAdd(x, b0, c50);
                c51 = L.MultiplyAdd(x, b1, c51);
            }
            L.Store(c00, tile, 0);
            L.Store(c01, tile, L.Count);
            L.Store(c10, tile, 2 * L.Count);
            L.Store(c11, tile, 3 * L.Count);
            L.Store(c20, tile, 4 * L.Count);
            L.Store(c21, tile, 5 * L.Count);
            L.Store(c30, tile, 6 * L.Count);
            L.Store(c31, tile, 7 * L.Count);
            L.Store(c40, tile, 8 * L.Count);
            L.Store(c41, tile, 9 * L.Count);
            L.Store(c50, tile, 10 * L.Count);
            L.Store(c51, tile, 11 * L.Count);
            Add(tile, i, j, first);
        }

        /// <summary>Puts a tile's rows into c, in place of what is there at the first block of k and on top of it afterwards.</summary>
        void Add(byte* tile, int i, int j, bool first)
        {
            for (int r = 0; r < Math.Min(Tall, m - i); r++)
                for (int lane = 0; lane < Broad; lane++)
                {
                    int at = j + lane * L.Count, count = Math.Min(L.Count, n - at);
                    if (count <= 0)
                        break;
                    nint place = (nint)(i + r) * n + at;
                    L x = L.Load(tile, (r * Broad + lane) * L.Count);
                    if (!first)
                        x += Load(c, place, count);
                    if (count == L.Count)
                        L.Store(x, c, place);
                    else
                        new PartOfLane<ToNearest>(count, default).Store(x, c, place);
                }
        }

        static L Load(void* array, nint i, int count) => count == L.Count ? L.Load(array, i) : new PartOfLane<ToNearest>(count, default).Load<L>(array, i);
    }
}
