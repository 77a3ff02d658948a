namespace Anneal;

/// <summary>Products of matrices on lanes.</summary>
static unsafe class MatrixProduct
{
    /// <summary>c (m×n) ← a (m×k) · b (k×n)</summary>
    public static void Run<L>(View<L> a, View<L> b, View<L> c, int m, int k, int n, int threads) where L : struct, ILane<L>
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j += L.Count)
            {
                int count = Math.Min(L.Count, n - j);
                L sum = L.Of(0);
                for (int l = 0; l < k; l++)
                    sum += L.Of(a[i * k + l]) * Stretch.Load<L>(b.Data, (nint)l * n + j, count);
                Stretch.Store(sum, c.Data, (nint)i * n + j, count);
            }
        }
        _ = threads;
    }

    /// <summary>target (columns×rows) ← source (rows×columns), turned</summary>
    public static void Transpose<L>(View<L> source, View<L> target, int rows, int columns) where L : struct, ILane<L>
    {
        const int Tile = 16;
        for (int i0 = 0; i0 < rows; i0 += Tile)
            for (int j0 = 0; j0 < columns; j0 += Tile)
                for (int i = i0; i < Math.Min(rows, i0 + Tile); i++)
                    for (int j = j0; j < Math.Min(columns, j0 + Tile); j++)
                        L.Set(target.Data, (nint)j * rows + i, L.Get(source.Data, (nint)i * columns + j));
    }
}
