using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anneal;

/// <summary>Products of matrices on lanes: six rows by two lanes at a time stay in registers, the right factor is packed so that it streams.</summary>
/// <remarks>
/// Every number is summed over k in the same order, whatever the number of threads, so the bits do not depend on it. Blocks of
/// <see cref="Depth"/> rows of the right factor fit the first-level cache.
/// </remarks>
static unsafe class MatrixProduct
{
    const int Depth = 128, Tall = 6, Broad = 2;

    /// <summary>Below this many multiplications waking a second thread does not pay.</summary>
    const long WorthAThread = 200_000;

    [ThreadStatic] static byte[]? room;

    /// <summary>c (m×n) ← a (m×k) · b (k×n)</summary>
    public static void Run<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads) where L : struct, ILane<L>
    {
        int width = Broad * L.Count, panels = (n + width - 1) / width;
        long bytes = (long)panels * k * width * L.WeightSize + 64;
        if (room is null || room.Length < bytes)
            room = GC.AllocateUninitializedArray<byte>(checked((int)bytes), pinned: true);
        nint begin = (Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) + 63) & ~63;
        int parts = (long)m * k * n < WorthAThread ? 1 : threads;
        var job = Job<L>.Mine;
        job.Set(a.Data, b.Data, c.Data, (byte*)begin, m, k, n);
        job.Packing = true;
        Workers.Run(job, Math.Min(parts, panels));
        job.Packing = false;
        Workers.Run(job, Math.Min(parts, (m + Tall - 1) / Tall));
    }

    /// <summary>target (columns×rows) ← source (rows×columns), turned</summary>
    public static void Transpose<L>(View<L> source, View<L> target, int rows, int columns) where L : struct, ILane<L>
    {
        if (L.WeightSize == sizeof(float))
            Transpose((float*)source.Data, (float*)target.Data, rows, columns);
        else
            Transpose((double*)source.Data, (double*)target.Data, rows, columns);
    }

    static void Transpose<T>(T* source, T* target, int rows, int columns) where T : unmanaged
    {
        // Tiles of a cache line's length: both sides are walked line by line.
        const int Tile = 16;
        for (int i0 = 0; i0 < rows; i0 += Tile)
            for (int j0 = 0; j0 < columns; j0 += Tile)
            {
                int iEnd = Math.Min(rows, i0 + Tile), jEnd = Math.Min(columns, j0 + Tile);
                for (int j = j0; j < jEnd; j++)
                    for (int i = i0; i < iEnd; i++)
                        target[(nint)j * rows + i] = source[(nint)i * columns + j];
            }
    }

    sealed class Job<L> : IJob where L : struct, ILane<L>
    {
        [ThreadStatic] static Job<L>? mine;
        byte* a, b, c, packed;
        int m, k, n;

        public static Job<L> Mine => mine ??= new();

        public bool Packing { get; set; }

        public void Set(byte* a, byte* b, byte* c, byte* packed, int m, int k, int n)
        {
            this.a = a;
            this.b = b;
            this.c = c;
            this.packed = packed;
            (this.m, this.k, this.n) = (m, k, n);
        }

        public void Do(int part, int parts)
        {
            if (Packing)
                Pack(part, parts);
            else
                Multiply(part, parts);
        }

        /// <summary>Panels of the right factor, two lanes wide, row after row; what lies beyond its edge is 0.</summary>
        void Pack(int part, int parts)
        {
            int width = Broad * L.Count, panels = (n + width - 1) / width, each = (panels + parts - 1) / parts;
            for (int p = part * each; p < Math.Min(panels, (part + 1) * each); p++)
                for (int l = 0; l < k; l++)
                    for (int lane = 0; lane < Broad; lane++)
                    {
                        int j = p * width + lane * L.Count, count = Math.Min(L.Count, n - j);
                        nint place = ((nint)p * k + l) * width + lane * L.Count;
                        L.Store(count <= 0 ? L.Of(0) : Load(b, (nint)l * n + j, count), packed, place);
                    }
        }

        void Multiply(int part, int parts)
        {
            int blocks = (m + Tall - 1) / Tall, each = (blocks + parts - 1) / parts, from = part * each * Tall, to = Math.Min(m, (part + 1) * each * Tall);
            int width = Broad * L.Count, panels = (n + width - 1) / width;
            for (int l0 = 0; l0 < k; l0 += Depth)
            {
                int depth = Math.Min(Depth, k - l0);
                for (int p = 0; p < panels; p++)
                {
                    byte* panel = packed + ((nint)p * k + l0) * width * L.WeightSize;
                    int i = from;
                    for (; i <= to - Tall; i += Tall)
                        Six(i, p * width, l0, depth, panel);
                    for (; i < to; i++)
                        One(i, p * width, l0, depth, panel);
                }
            }
        }

        // Twelve sums, two lanes of the right factor and one number of the left one: what sixteen registers hold.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Six(int i, int j, int l0, int depth, byte* panel)
        {
            // The sums leave through memory, made ready before the loop: what lives across a call would be spilled inside it.
            byte* tile = stackalloc byte[Tall * Broad * L.Count * L.WeightSize];
            L c00 = L.Of(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
            byte* a0 = a + ((nint)i * k + l0) * L.WeightSize, a1 = a0 + (nint)k * L.WeightSize, a2 = a1 + (nint)k * L.WeightSize;
            byte* a3 = a2 + (nint)k * L.WeightSize, a4 = a3 + (nint)k * L.WeightSize, a5 = a4 + (nint)k * L.WeightSize;
            byte* row = panel;
            for (int l = 0; l < depth; l++, row += Broad * L.Count * L.WeightSize)
            {
                L b0 = L.Load(row, 0), b1 = L.Load(row, L.Count);
                L x = L.Spread(a0, l);
                c00 = L.MultiplyAdd(x, b0, c00);
                c01 = L.MultiplyAdd(x, b1, c01);
                x = L.Spread(a1, l);
                c10 = L.MultiplyAdd(x, b0, c10);
                c11 = L.MultiplyAdd(x, b1, c11);
                x = L.Spread(a2, l);
                c20 = L.MultiplyAdd(x, b0, c20);
                c21 = L.MultiplyAdd(x, b1, c21);
                x = L.Spread(a3, l);
                c30 = L.MultiplyAdd(x, b0, c30);
                c31 = L.MultiplyAdd(x, b1, c31);
                x = L.Spread(a4, l);
                c40 = L.MultiplyAdd(x, b0, c40);
                c41 = L.MultiplyAdd(x, b1, c41);
                x = L.Spread(a5, l);
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
            Add(tile, i, j, l0, Tall);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void One(int i, int j, int l0, int depth, byte* panel)
        {
            byte* tile = stackalloc byte[Broad * L.Count * L.WeightSize];
            L c0 = L.Of(0), c1 = c0;
            byte* a0 = a + ((nint)i * k + l0) * L.WeightSize, row = panel;
            for (int l = 0; l < depth; l++, row += Broad * L.Count * L.WeightSize)
            {
                L x = L.Spread(a0, l);
                c0 = L.MultiplyAdd(x, L.Load(row, 0), c0);
                c1 = L.MultiplyAdd(x, L.Load(row, L.Count), c1);
            }
            L.Store(c0, tile, 0);
            L.Store(c1, tile, L.Count);
            Add(tile, i, j, l0, 1);
        }

        /// <summary>Puts rows of a tile into c, in place of what is there at the first block of k and on top of it afterwards.</summary>
        void Add(byte* tile, int i, int j, int l0, int rows)
        {
            for (int r = 0; r < rows; r++)
                for (int lane = 0; lane < Broad; lane++)
                {
                    int at = j + lane * L.Count, count = Math.Min(L.Count, n - at);
                    if (count <= 0)
                        break;
                    nint place = (nint)(i + r) * n + at;
                    L x = L.Load(tile, (r * Broad + lane) * L.Count);
                    if (l0 > 0)
                        x += Load(c, place, count);
                    if (count == L.Count)
                        L.Store(x, c, place);
                    else
                        new PartOfLane(count).Store(x, c, place);
                }
        }

        static L Load(void* array, nint i, int count) => count == L.Count ? L.Load(array, i) : new PartOfLane(count).Load<L>(array, i);
    }
}
