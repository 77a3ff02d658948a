using System.Numerics;

namespace Anneal.Models;

/// <summary>Causal attention of one head: rows of queries against packed keys and values.</summary>
/// <remarks>
/// <code>
/// S = q·kᵀ/√d, with what lies in the future left out     A = softmax(S), row by row     o = A·v
/// backward:  v̇ = Aᵀ·ȯ     Ȧ = ȯ·vᵀ     Ṡ = A·(Ȧ − Σ Ȧ·A)/√d     q̇ = Ṡ·k     k̇ = Ṡᵀ·q
/// </code>
/// Rows go in groups, and a group only sees columns up to its last row. A query's sums run over the same numbers in the same order whether its sequence is
/// computed at once or token by token: the weights beyond its place are exactly 0.
/// </remarks>
/// <param name="d">Numbers of a head.</param>
/// <param name="capacity">Positions that keys and values are packed for.</param>
/// <param name="rounding">What the weights and their gradients are rounded to.</param>
readonly unsafe struct Attention<T>(int d, int capacity, Rounding<T> rounding) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Group = 32;

    readonly T scale = T.One / T.Sqrt(T.CreateTruncating(d));

    /// <summary>Numbers that a head's packed keys take: d rows, one column for each position.</summary>
    public static int KeyRoom(int d, int capacity) => PackedProduct.PackedLength<T>(d, capacity);

    /// <summary>Numbers that a head's packed values take: one row for each position, d columns.</summary>
    public static int ValueRoom(int d, int capacity) => PackedProduct.PackedLength<T>(capacity, d);

    /// <summary>Packs the keys and values of a sequence's first positions, rows that stand <paramref name="stride"/> apart.</summary>
    public void Pack(T* k, T* v, nint stride, T* keys, T* values, int rows)
    {
        PackedProduct.Pack(k, 1, stride, d, rows, keys);
        PackedProduct.Pack(v, stride, 1, rows, d, values, capacity);
    }

    /// <summary>Packs them the other way, each into the other's room: what <see cref="Backward"/> reads.</summary>
    public void PackTurned(T* k, T* v, nint stride, T* valueColumns, T* keyRows, int rows)
    {
        PackedProduct.Pack(v, 1, stride, d, rows, valueColumns);
        PackedProduct.Pack(k, stride, 1, rows, d, keyRows, capacity);
    }

    /// <summary>Puts keys and values of the positions from <paramref name="first"/> on beside those that are packed already.</summary>
    public void Append(T* k, T* v, nint stride, T* keys, T* values, int first, int rows)
    {
        int width = PackedProduct.Width<T>();
        for (int r = 0; r < rows; r++, k += stride, v += stride)
        {
            int position = first + r;
            T* column = keys + (nint)(position / width) * d * width + position % width;
            for (int l = 0; l < d; l++)
                column[(nint)l * width] = k[l];
            for (int l = 0; l < d; l++)
                values[((nint)(l / width) * capacity + position) * width + l % width] = v[l];
        }
    }

    /// <summary>Outputs of the queries from position <paramref name="first"/> on, which may see all positions up to their own.</summary>
    /// <param name="q">Queries, row by row.</param>
    /// <param name="stride">From one row of q to the next.</param>
    /// <param name="keys">Packed keys of positions 0, 1, ….</param>
    /// <param name="values">Packed values.</param>
    /// <param name="weights">A, a row of <c>capacity</c> numbers for each query.</param>
    /// <param name="o">Outputs.</param>
    /// <param name="oStride">From one row of o to the next.</param>
    /// <param name="first">The position of the first query.</param>
    /// <param name="rows">How many queries.</param>
    /// <param name="seen">Told the scores' largest and the weights' entropy, where not null.</param>
    public void Forward(T* q, nint stride, T* keys, T* values, T* weights, T* o, nint oStride, int first, int rows, AttentionSums* seen)
    {
        for (int i0 = 0; i0 < rows; i0 += Group)
        {
            int count = Math.Min(Group, rows - i0), columns = first + i0 + count;
            T* block = weights + (nint)i0 * capacity;
            PackedProduct.Run(q + i0 * stride, stride, 1, keys, block, capacity, count, d, columns, add: false);
            for (int i = 0; i < count; i++)
            {
                T* row = block + (nint)i * capacity;
                int length = first + i0 + i + 1;
                var (max, _) = Softmax<T>.Forward(row, length, scale);
                Lanes.Clear(row + length, columns - length);
                rounding.Apply(row, length);
                if (seen is not null)
                    seen->Take(double.CreateTruncating(max * scale), Entropy(row, length));
            }
            PackedProduct.Run(block, capacity, 1, values, o + i0 * oStride, oStride, count, columns, d, add: false, packedRows: capacity);
        }
    }

    /// <summary>Gradients of a whole sequence's queries, keys and values; those of keys and values are added to what stands there.</summary>
    /// <param name="q">Queries; keys and values stand as far apart.</param>
    /// <param name="stride">From one row of queries, keys, values and their gradients to the next.</param>
    /// <param name="keyRows">Keys packed the other way: a row for each position.</param>
    /// <param name="valueColumns">Values packed the other way: a column for each position.</param>
    /// <param name="weights">A, as <see cref="Forward"/> left it.</param>
    /// <param name="dO">The outputs' gradient.</param>
    /// <param name="oStride">From one row of it to the next.</param>
    /// <param name="dq">Gradient of the queries.</param>
    /// <param name="dk">Gradient of the keys.</param>
    /// <param name="dv">Gradient of the values.</param>
    /// <param name="rows">How many positions.</param>
    /// <param name="room">Working room of <see cref="BackwardRoom"/> numbers.</param>
    public void Backward(T* q, nint stride, T* keyRows, T* valueColumns, T* weights, T* dO, nint oStride, T* dq, T* dk, T* dv, int rows, T* room)
    {
        for (int i0 = 0; i0 < rows; i0 += Group)
        {
            int count = Math.Min(Group, rows - i0), columns = i0 + count;
            T* block = weights + (nint)i0 * capacity, up = dO + i0 * oStride;
            PackedProduct.Run(up, oStride, 1, valueColumns, room, capacity, count, d, columns, add: false);
            for (int i = 0; i < count; i++)
            {
                Softmax<T>.Backward(block + (nint)i * capacity, room + (nint)i * capacity, i0 + i + 1, scale);
                rounding.Apply(room + (nint)i * capacity, i0 + i + 1);
                Lanes.Clear(room + (nint)i * capacity + i0 + i + 1, count - i - 1);
            }
            PackedProduct.AddOuter(block, capacity, up, oStride, dv, stride, columns, count, d);
            PackedProduct.Run(room, capacity, 1, keyRows, dq + i0 * stride, stride, count, columns, d, add: false, packedRows: capacity);
            PackedProduct.AddOuter(room, capacity, q + i0 * stride, stride, dk, stride, columns, count, d);
        }
    }

    /// <summary>Numbers of working room for <see cref="Backward"/>.</summary>
    public static int BackwardRoom(int capacity) => Group * capacity;

    static double Entropy(T* weights, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
            if (double.CreateTruncating(weights[i]) is > 0 and var p)
                sum -= p * Math.Log(p);
        return sum;
    }
}

/// <summary>What attention was seen to do: sums over rows.</summary>
struct AttentionSums
{
    public double Max, Entropy;
    public long Rows;

    public void Take(double max, double entropy)
    {
        Max = Rows == 0 ? max : Math.Max(Max, max);
        Entropy += entropy;
        Rows++;
    }

    public void Add(AttentionSums other)
    {
        Max = Rows == 0 ? other.Max : Math.Max(Max, other.Max);
        Entropy += other.Entropy;
        Rows += other.Rows;
    }
}
