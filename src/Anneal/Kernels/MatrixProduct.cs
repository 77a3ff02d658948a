using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Anneal.Kernels;

/// <summary>Products of matrices on lanes: a tile of a few rows by two vectors stays in registers, and both factors are packed so that they stream past it.</summary>
/// <remarks>
/// A strip of a few rows of the left factor, <see cref="Depth"/> numbers of each, stays in the first-level cache beside a panel of the right one, two vectors wide and as deep; a group of strips
/// stays in the second (Goto and van de Geijn, <see href="https://doi.org/10.1145/1356052.1356053">Anatomy of High-Performance Matrix Multiplication</see>,
/// 2008). Each thread has a section of the columns to itself, so that it reads the right factor where it is near, and takes one group of rows after another; a thread that is done helps another with what is left.
/// The columns of a symmetric product stay together. Every number is summed over k in the same order, whatever the number of threads and the
/// width of the tile, so the bits depend on neither.
/// <para>Matrices that are multiplied again and again may lie in panels all the while (<see cref="ToPanels"/>): then only the turned factor of a symmetric product is packed.</para>
/// </remarks>
static unsafe class MatrixProduct
{
    const int Depth = ProductTile.Depth, Tall = 6, Broad = 2;

    /// <summary>Numbers of a row whose strips are packed together: what a tile of the result is added to again and again is still near then.</summary>
    const int Deep = 4 * Depth;

    /// <summary>Rows of a group: as many as leave room in the second-level cache.</summary>
    const int MostRows = 96;

    /// <summary>Rows of the right factor that are packed at a time.</summary>
    const int PackRows = 16;

    /// <summary>Below this many multiplications waking a second thread does not pay.</summary>
    const long WorthAThread = 200_000;

    /// <summary>Panels of a section of the columns: with fewer, packing strips for each section would weigh.</summary>
    const int LeastPanels = 4;

    [ThreadStatic] static byte[]? panelRoom, stripRoom;

    /// <summary>Whether a matrix may lie in panels: its sides are whole numbers of them, and it begins where a line of the cache does.</summary>
    public static bool HasPanels<L>(View<L> matrix, int rows, int columns) where L : struct, ILane<L> =>
        Job<L>.IsWide && rows % Job<L>.Width == 0 && columns % Job<L>.Width == 0 && (nint)matrix.Data % 64 == 0;

    /// <summary>Where the number of a row and a column is among panels.</summary>
    public static int InPanels<L>(int i, int j, int rows) where L : struct, ILane<L>
    {
        int width = Job<L>.Width;
        return (j / width * rows + i) * width + j % width;
    }

    /// <summary>target (in panels) ← source (row after row)</summary>
    public static void ToPanels<L>(View<L> source, View<L> target, int rows, int columns, int threads) where L : struct, ILane<L>
    {
        Fits(source, rows, columns);
        Fits(target, rows, columns);
        var job = Job<L>.Mine;
        job.Set(null, source.Data, null, target.Data, rows, rows, columns, Kind.General, 1, 0, false, false, null);
        job.Run(packs: true, (long)rows * columns < WorthAThread ? 1 : Math.Min(threads, job.PackParts));
    }

    /// <summary>target (row after row) ← source (in panels)</summary>
    public static void FromPanels<L>(View<L> source, View<L> target, int rows, int columns) where L : struct, ILane<L>
    {
        Fits(source, rows, columns);
        Fits(target, rows, columns);
        nint panel = (nint)rows * ProductTile.RowBytes;
        int panels = columns / Job<L>.Width;
        for (int i = 0; i < rows; i++)
            for (int p = 0; p < panels; p++)
                Unsafe.CopyBlockUnaligned((byte*)target.Data + ((nint)i * panels + p) * ProductTile.RowBytes, (byte*)source.Data + p * panel + (nint)i * ProductTile.RowBytes, ProductTile.RowBytes);
    }

    /// <summary>c (m×n) ← a (m×k) · b (k×n)</summary>
    public static void Run<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads, bool inPanels = false) where L : struct, ILane<L> =>
        Run(a, b, c, m, k, n, threads, Kind.General, 1, 0, inPanels);

    /// <summary>The same for matrices in panels, where the next product on this thread is <see cref="GramOfLast"/> of c: its turned panels are packed while c is near.</summary>
    public static void RunBeforeGram<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads) where L : struct, ILane<L> =>
        Run(a, b, c, m, k, n, threads, Kind.General, 1, 0, inPanels: true, turns: true);

    /// <summary>The same for factors in panels and a result row after row.</summary>
    public static void RunToRows<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads) where L : struct, ILane<L> =>
        Run(a, b, c, m, k, n, threads, Kind.General, 1, 0, inPanels: true, toRows: true);

    /// <summary>c (m×m) ← a · aᵀ for the a (m×k) that <see cref="RunBeforeGram"/> has just made.</summary>
    public static void GramOfLast<L>(View<L> a, View<L> c, int m, int k, int threads) where L : struct, ILane<L> =>
        Run(a, a, c, m, k, m, threads, Kind.Gram, 1, 0, inPanels: true, turns: true);

    /// <summary>c (m×m) ← a · aᵀ for a (m×k). What lies below the diagonal is copied from above it.</summary>
    public static void Gram<L>(View<L> a, View<L> c, int m, int k, int threads, bool inPanels = false) where L : struct, ILane<L> =>
        Run(a, a, c, m, k, m, threads, Kind.Gram, 1, 0, inPanels);

    /// <summary>c ← square · a² + linear · a for a symmetric a (m×m), each product and the sum rounded. What lies below the diagonal is copied from above it.</summary>
    public static void Square<L>(View<L> a, View<L> c, int m, double square, double linear, int threads, bool inPanels = false) where L : struct, ILane<L> =>
        Run(a, a, c, m, m, m, threads, Kind.Square, square, linear, inPanels);

    static void Run<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads, Kind kind, double square, double linear, bool inPanels, bool turns = false, bool toRows = false) where L : struct, ILane<L>
    {
        Fits(a, m, k);
        Fits(b, kind == Kind.Gram ? m : k, kind == Kind.Gram ? k : n);
        Fits(c, m, n);
        int width = Job<L>.Width;
        var job = Job<L>.Mine;
        // The right factor's panels are those it lies in, or are packed; a product before a symmetric one packs those of the next instead.
        bool gram = kind == Kind.Gram, packs = gram ? !turns : !inPanels;
        long length = gram ? (long)Parts(m, width) * k : turns ? (long)Parts(m, width) * n : (long)Parts(n, width) * k;
        byte* room = packs || turns ? Room(ref panelRoom, length * width * L.WeightSize) : null;
        job.Set(a.Data, b.Data, c.Data, gram || packs ? room : (byte*)b.Data, m, k, n, kind, square, linear, inPanels, inPanels && !toRows, turns && !gram ? room : null);
        int parts = (long)m * k * n < WorthAThread ? 1 : threads;
        if (packs)
            job.Run(packs: true, Math.Min(parts, job.PackParts));
        job.Run(packs: false, Math.Min(parts, Parts(m, Job<L>.Unit)));
    }

    /// <summary>target (columns×rows) ← source (rows×columns), turned</summary>
    public static void Transpose<L>(View<L> source, View<L> target, int rows, int columns) where L : struct, ILane<L>
    {
        Fits(source, rows, columns);
        Fits(target, columns, rows);
        if (L.WeightSize == sizeof(float))
            Turn((float*)source.Data, columns, (float*)target.Data, rows, rows, columns);
        else
            Turn((double*)source.Data, columns, (double*)target.Data, rows, rows, columns);
    }

    static void Fits<L>(View<L> matrix, int rows, int columns) where L : struct, ILane<L>
    {
        if (rows < 0 || columns < 0 || (long)rows * columns > matrix.Length)
            throw new ArgumentException($"A matrix of {rows} × {columns} does not lie in a view of {matrix.Length} numbers.");
    }

    const int Tile = 16;

    /// <summary>target[j, i] ← source[i, j], tile by tile.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn<T>(T* source, nint stride, T* target, nint targetStride, int rows, int columns) where T : unmanaged
    {
        T* tile = stackalloc T[Tile * Tile];
        for (int i = 0; i < rows; i += Tile)
            for (int j = 0; j < columns; j += Tile)
            {
                T* from = source + i * stride + j, to = target + j * targetStride + i;
                int height = Math.Min(Tile, rows - i), width = Math.Min(Tile, columns - j);
                if (typeof(T) == typeof(float) && Avx512F.IsSupported && height == Tile && width == Tile)
                    ProductTile.Turn((float*)from, stride, (float*)to, targetStride);
                else if (typeof(T) == typeof(double) && Avx512F.IsSupported && height == Tile && width == Tile)
                    for (int part = 0; part < 4; part++)
                        ProductTile.Turn((double*)from + part / 2 * 8 * stride + part % 2 * 8, stride, (double*)to + part % 2 * 8 * targetStride + part / 2 * 8, targetStride);
                else
                    TurnPart(from, stride, to, targetStride, height, width, tile);
            }
    }

    // By way of a tile of its own: rows that lie a power of two apart share a place in the cache, and would push each other out.
    static void TurnPart<T>(T* source, nint stride, T* target, nint targetStride, int rows, int columns, T* tile) where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                tile[j * Tile + i] = source[i * stride + j];
        for (int j = 0; j < columns; j++)
            Unsafe.CopyBlockUnaligned(target + j * targetStride, tile + j * Tile, (uint)(rows * sizeof(T)));
    }

    static int Parts(int whole, int part) => (whole + part - 1) / part;

    /// <summary>Room for so many numbers that stays where it is, begins with a cache line, and is kept from step to step.</summary>
    /// <exception cref="NotSupportedException">No array has so much.</exception>
    public static T* Room<T>(ref T[]? room, long count) where T : unmanaged
    {
        long all = count + 64 / sizeof(T);
        if (all > Array.MaxLength)
            throw new NotSupportedException(FormattableString.Invariant($"A product of matrices this large needs {count * sizeof(T):N0} bytes of room, and an array holds {(long)Array.MaxLength * sizeof(T):N0}. Divide the matrix into several."));
        if (room is null || room.Length < all)
            room = GC.AllocateUninitializedArray<T>((int)all, pinned: true);
        return (T*)((Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) + 63) & ~63);
    }

    enum Kind { General, Gram, Square }

    sealed class Job<L> : IJob where L : struct, ILane<L>
    {
        [ThreadStatic] static Job<L>? mine;
        bool packs, inPanels, resultInPanels;
        byte* a, b, c, packed, turned;
        int m, k, n, sections;
        int[] next = [];
        Kind kind;
        L square, linear;

        public static Job<L> Mine => mine ??= new();

        /// <summary>One number at a time there are tiles of two columns, whatever the processor's vectors.</summary>
        public static bool IsWide => ProductTile.IsSupported && L.Count > 1;

        /// <summary>Columns of a panel.</summary>
        public static int Width => IsWide ? ProductTile.RowBytes / L.WeightSize : Broad * L.Count;

        /// <summary>Rows are dealt out in whole numbers of these: whole strips and, so that no thread writes where another mirrors, whole panels.</summary>
        public static int Unit => IsWide ? 32 : 48;

        static int StripTall => IsWide ? ProductTile.Tall : Tall;

        static int StripSize => StripTall * ProductTile.StripStride * L.WeightSize;

        public void Set(byte* a, byte* b, byte* c, byte* packed, int m, int k, int n, Kind kind, double square, double linear, bool inPanels, bool resultInPanels, byte* turned)
        {
            this.a = a;
            this.b = b;
            this.c = c;
            this.packed = packed;
            this.turned = turned;
            (this.m, this.k, this.n, this.kind, this.square, this.linear, this.inPanels, this.resultInPanels) = (m, k, n, kind, L.Of(square), L.Of(linear), inPanels, resultInPanels);
        }

        public void Run(bool packs, int parts)
        {
            this.packs = packs;
            sections = packs || kind != Kind.General ? 1 : Math.Clamp(Parts(n, Width) / LeastPanels, 1, Math.Max(1, parts));
            if (next.Length < sections)
                next = new int[sections];
            Array.Clear(next);
            Workers.Run(this, parts);
        }

        public void Do(int part, int parts)
        {
            if (packs)
                for (int at = Interlocked.Increment(ref next[0]) - 1; at < PackParts; at = Interlocked.Increment(ref next[0]) - 1)
                    Pack(at);
            else
            {
                byte* strips = Room(ref stripRoom, (long)Parts(MostRows, StripTall) * Deep / Depth * StripSize);
                int panels = Parts(n, Width);
                for (int s = 0; s < sections; s++)
                {
                    int section = (part + s) % sections, first = panels * section / sections, last = panels * (section + 1) / sections;
                    while (Take(ref next[section], parts, out int from, out int to))
                        Multiply(from, to, first, last, strips);
                }
            }
        }

        /// <summary>The next rows of a section that nobody has taken: fewer of them towards the end, so that nobody waits long.</summary>
        bool Take(ref int next, int parts, out int from, out int to)
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref next);
                int most = parts == 1 ? MostRows : (m - seen) * sections / (4 * parts);
                (from, to) = (seen, Math.Min(m, seen + Math.Clamp(most / Unit * Unit, Unit, MostRows)));
                if (from >= m)
                    return false;
            }
            while (Interlocked.CompareExchange(ref next, to, seen) != seen);
            return true;
        }

        /// <summary>A turned factor is packed panel by panel, any other by so many rows at a time: either way few pages of memory are open at once.</summary>
        public int PackParts => kind == Kind.Gram ? Parts(n, Width) : Parts(k, PackRows);

        /// <summary>Panels of the right factor, row after row; what lies beyond its edge is 0.</summary>
        void Pack(int part)
        {
            nint row = Width * L.WeightSize;
            if (kind == Kind.Gram)
            {
                int at = part * Width, count = Math.Min(Width, n - at);
                byte* panel = packed + part * k * row;
                if (count < Width)
                    new Span<byte>(panel, k * (int)row).Clear();
                if (inPanels)
                    for (int l = 0; l < k; l += Width)
                    {
                        byte* source = a + (l / Width * (nint)m + at) * row, next = source + m * row;
                        if (Sse.IsSupported)
                            for (nint ahead = 0; ahead < Width * row; ahead += 64)
                                Sse.Prefetch0(next + ahead);
                        Turn(source, Width, panel + l * row, Width, Width, Width);
                    }
                else
                    Turn(a + (nint)at * k * L.WeightSize, k, panel, Width, count, k);
                return;
            }
            int from = part * PackRows, rows = Math.Min(PackRows, k - from);
            for (int p = 0; p < Parts(n, Width); p++)
            {
                int at = p * Width, count = Math.Min(Width, n - at);
                byte* panel = packed + ((nint)p * k + from) * row;
                if (count < Width)
                    new Span<byte>(panel, rows * (int)row).Clear();
                Copy(b + ((nint)from * n + at) * L.WeightSize, (nint)n * L.WeightSize, panel, row, rows, count * L.WeightSize, k * row);
            }
        }

        static void Turn(byte* source, nint stride, byte* target, nint targetStride, int rows, int columns)
        {
            if (L.WeightSize == sizeof(float))
                MatrixProduct.Turn((float*)source, stride, (float*)target, targetStride, rows, columns);
            else
                MatrixProduct.Turn((double*)source, stride, (double*)target, targetStride, rows, columns);
        }

        /// <summary>From one row of c to the next.</summary>
        nint Stride => resultInPanels ? Width : n;

        /// <summary>Where row i of a panel of c is, or of a matrix that lies as c does.</summary>
        nint Place(int i, int p) => resultInPanels ? ((nint)p * m + i) * Width : (nint)i * n + p * Width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static void Copy(byte* source, nint stride, byte* target, nint targetStride, int rows, int bytes, nint ahead)
        {
            if (bytes == ProductTile.RowBytes)
                for (int r = 0; r < rows; r++, source += stride, target += targetStride)
                {
                    // Rows lie far apart: what comes after this piece of them is not fetched unasked, nor where it goes.
                    if (Sse.IsSupported)
                    {
                        Sse.Prefetch0(source + 512);
                        Sse.Prefetch0(source + 576);
                        Sse.Prefetch0(target + ahead);
                        Sse.Prefetch0(target + ahead + 64);
                    }
                    Vector512<byte> left = Vector512.Load(source), right = Vector512.Load(source + 64);
                    left.Store(target);
                    right.Store(target + 64);
                }
            else
                for (int r = 0; r < rows; r++, source += stride, target += targetStride)
                {
                    if (Sse.IsSupported)
                        for (int at = 0; at < bytes; at += 64)
                            Sse.Prefetch0(source + ahead + at);
                    Unsafe.CopyBlockUnaligned(target, source, (uint)bytes);
                }
        }

        void Multiply(int from, int to, int firstPanel, int lastPanel, byte* strips)
        {
            for (int l0 = 0; l0 < k; l0 += Deep)
                Multiply(from, to, firstPanel, lastPanel, l0, Math.Min(k, l0 + Deep), strips);
        }

        void Multiply(int from, int to, int firstPanel, int lastPanel, int fromDepth, int toDepth, byte* strips)
        {
            int tall = StripTall, width = Width;
            nint block = (nint)Parts(to - from, tall) * StripSize;
            for (int l = fromDepth; l < toDepth; l += Depth)
                Strips(from, to, l, Math.Min(Depth, toDepth - l), strips + (l - fromDepth) / Depth * block);
            bool last = toDepth == k;
            for (int p = kind == Kind.General ? firstPanel : from / width; p < lastPanel; p++)
            {
                int end = kind == Kind.General ? to : Math.Min(to, (p + 1) * width);
                for (int l = fromDepth; l < toDepth; l += Depth)
                {
                    byte* panel = packed + ((nint)p * k + l) * width * L.WeightSize, strip = strips + (l - fromDepth) / Depth * block;
                    int depth = Math.Min(Depth, toDepth - l);
                    // What comes after this part of the panel is wanted next: one tile after another fetches a stretch of it, and then the first begins again.
                    byte* coming = panel + (nint)depth * ProductTile.RowBytes;
                    int tile = 0;
                    for (int i = from; i < end; i += tall, strip += StripSize, tile++)
                        if (IsWide)
                            Eight(strip, panel, depth, i, p, l > 0, coming + tile % ProductTile.Stretches * (nint)depth * ProductTile.AheadBytes);
                        else
                            Six(strip, panel, depth, i, p * width, l > 0);
                }
                if (last && kind == Kind.Square)
                    Finish(from, end, p);
                if (last && kind != Kind.General)
                    Mirror(from, end, p);
                if (last && turned != null)
                    for (int i = from; i < to; i += width)
                        Turn(c + Place(i, p) * L.WeightSize, width, turned + ((nint)(i / width) * n + p * width) * ProductTile.RowBytes, width, width, width);
            }
        }

        /// <summary>Rows from..to of a panel, as far as they are above the diagonal, are copied below it while they are near.</summary>
        void Mirror(int from, int to, int p)
        {
            int size = L.WeightSize, at = p * Width, columns = Math.Min(Width, n - at), above = Math.Min(to, at);
            if (resultInPanels)
                for (int i = from; i < above; i += Width)
                    Turn(c + Place(i, p) * size, Width, c + Place(at, i / Width) * size, Width, Width, Width);
            else
                Turn(c + Place(from, p) * size, n, c + ((nint)at * n + from) * size, n, above - from, columns);
            byte* corner = c + Place(at, p) * size;
            if (size == sizeof(float))
                Mirror((float*)corner, Stride, to - at);
            else
                Mirror((double*)corner, Stride, to - at);
        }

        static void Mirror<T>(T* square, nint stride, int count) where T : unmanaged
        {
            for (int r = 1; r < count; r++)
                for (int l = 0; l < r; l++)
                    square[r * stride + l] = square[l * stride + r];
        }

        void Strips(int from, int to, int l, int depth, byte* strip)
        {
            int tall = StripTall, stride = ProductTile.StripStride * L.WeightSize, bytes = depth * L.WeightSize;
            if (inPanels)
            {
                for (int at = 0; at < depth; at += Width)
                    StripsOfPanel(a + ((l + at) / Width * (nint)m + from) * ProductTile.RowBytes, strip + at * L.WeightSize, to - from, stride, StripSize);
                return;
            }
            for (int i = from; i < to; i += tall, strip += StripSize)
            {
                int rows = Math.Min(tall, to - i);
                Copy(a + ((nint)i * k + l) * L.WeightSize, (nint)k * L.WeightSize, strip, stride, rows, bytes, 4 * (nint)k * L.WeightSize);
                for (int r = rows; r < tall; r++)
                    new Span<byte>(strip + r * stride, bytes).Clear();
            }
        }

        /// <summary>A panel's columns of the strips, from one row of it to the next.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static void StripsOfPanel(byte* source, byte* strip, int rows, nint stride, nint stripSize)
        {
            for (int i = 0; i < rows; i += ProductTile.Tall, strip += stripSize)
            {
                byte* target = strip;
                for (int r = 0; r < ProductTile.Tall; r++, source += ProductTile.RowBytes, target += stride)
                {
                    Vector512<byte> left = Vector512.Load(source), right = Vector512.Load(source + 64);
                    left.Store(target);
                    right.Store(target + 64);
                }
            }
        }

        void Eight(byte* strip, byte* panel, int depth, int i, int p, bool add, byte* ahead)
        {
            if (L.WeightSize == sizeof(float))
                Eight((float*)strip, (float*)panel, depth, i, p, add, ahead);
            else
                Eight((double*)strip, (double*)panel, depth, i, p, add, ahead);
        }

        void Eight<T>(T* strip, T* panel, int depth, int i, int p, bool add, byte* ahead) where T : unmanaged
        {
            int width = Width, j = p * width, rows = m - i, columns = n - j;
            T* target = (T*)c + Place(i, p);
            if (rows >= ProductTile.Tall && columns >= width)
            {
                if (kind != Kind.General && i >= j + width / 2)
                    ProductTile.Right(strip, panel, target + width / 2, Stride, depth, add);
                else
                    ProductTile.Both(strip, panel, target, Stride, depth, add, ahead);
            }
            else
                PartOfEight(strip, panel, target, depth, rows, columns, add, ahead);
        }

        /// <summary>A tile that the edges of c cut goes by way of a whole one.</summary>
        [SkipLocalsInit]
        void PartOfEight<T>(T* strip, T* panel, T* target, int depth, int rows, int columns, bool add, byte* ahead) where T : unmanaged
        {
            int width = Width;
            byte* bytes = stackalloc byte[ProductTile.Tall * ProductTile.RowBytes + 64];
            T* tile = (T*)(((nint)bytes + 63) & ~63);
            uint size = (uint)(Math.Min(width, columns) * sizeof(T));
            if (add)
                for (int r = 0; r < Math.Min(ProductTile.Tall, rows); r++)
                    Unsafe.CopyBlockUnaligned(tile + r * width, target + (nint)r * n, size);
            ProductTile.Both(strip, panel, tile, width, depth, add, ahead);
            for (int r = 0; r < Math.Min(ProductTile.Tall, rows); r++)
                Unsafe.CopyBlockUnaligned(target + (nint)r * n, tile + r * width, size);
        }

        /// <summary>What the sums of a tile, once they are whole, become in the end.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Finish(int from, int to, int p)
        {
            int columns = Math.Min(Width, n - p * Width);
            for (int i = from; i < to; i++)
                for (int j = 0; j < columns; j += L.Count)
                {
                    nint place = Place(i, p) + j;
                    int count = Math.Min(L.Count, columns - j);
                    Store(square * Load(c, place, count) + linear * Load(a, place, count), place, count);
                }
        }

        // Twelve sums, two lanes of the right factor and one number of the left one: what sixteen registers hold.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Six(byte* strip, byte* panel, int depth, int i, int j, bool add)
        {
            // The sums leave through memory, made ready before the loop: what lives across a call would be spilled inside it.
            byte* tile = stackalloc byte[Tall * Broad * L.Count * L.WeightSize];
            L c00 = L.Of(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
            for (int l = 0; l < depth; l++, strip += L.WeightSize, panel += Broad * L.Count * L.WeightSize)
            {
                L b0 = L.Load(panel, 0), b1 = L.Load(panel, L.Count);
                L x = L.Broadcast(strip, 0);
                c00 = L.MultiplyAdd(x, b0, c00);
                c01 = L.MultiplyAdd(x, b1, c01);
                x = L.Broadcast(strip, ProductTile.StripStride);
                c10 = L.MultiplyAdd(x, b0, c10);
                c11 = L.MultiplyAdd(x, b1, c11);
                x = L.Broadcast(strip, 2 * ProductTile.StripStride);
                c20 = L.MultiplyAdd(x, b0, c20);
                c21 = L.MultiplyAdd(x, b1, c21);
                x = L.Broadcast(strip, 3 * ProductTile.StripStride);
                c30 = L.MultiplyAdd(x, b0, c30);
                c31 = L.MultiplyAdd(x, b1, c31);
                x = L.Broadcast(strip, 4 * ProductTile.StripStride);
                c40 = L.MultiplyAdd(x, b0, c40);
                c41 = L.MultiplyAdd(x, b1, c41);
                x = L.Broadcast(strip, 5 * ProductTile.StripStride);
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
            Put(tile, i, j, add);
        }

        /// <summary>Puts a tile's rows into c, in place of what is there at the first block of k and on top of it afterwards.</summary>
        void Put(byte* tile, int i, int j, bool add)
        {
            for (int r = 0; r < Math.Min(Tall, m - i); r++)
                for (int lane = 0; lane < Broad; lane++)
                {
                    int at = j + lane * L.Count, count = Math.Min(L.Count, n - at);
                    if (count <= 0)
                        break;
                    nint place = (nint)(i + r) * n + at;
                    L x = L.Load(tile, (r * Broad + lane) * L.Count);
                    if (add)
                        x += Load(c, place, count);
                    Store(x, place, count);
                }
        }

        static L Load(void* array, nint i, int count) => count == L.Count ? L.Load(array, i) : new PartOfLane<ToNearest>(count, default).Load<L>(array, i);

        void Store(L x, nint place, int count)
        {
            if (count == L.Count)
                L.Store(x, c, place);
            else
                new PartOfLane<ToNearest>(count, default).Store(x, c, place);
        }
    }
}
