namespace Anneal;

/// <summary>Means taken in 32 bits as PyTorch takes them under Keras: what <see cref="Adafactor"/> needs to walk Keras' path.</summary>
static class FloatMeans
{
    /// <summary>rows ← rows + share·(row means − rows), likewise the columns; <paramref name="square"/> gives the number at a place.</summary>
    public static void Follow<L>(View<L> rows, View<L> columns, double share, Func<int, double> square) where L : struct, ILane<L>
    {
        int r = rows.Length, c = columns.Length;
        for (int i = 0; i < r; i++)
            rows[i] = (1 - share) * rows[i] + share * Of(c, j => square(i * c + j));
        for (int j = 0; j < c; j++)
            columns[j] = (1 - share) * columns[j] + share * Of(r, i => square(i * c + j));
    }

    /// <summary>The root of the mean square.</summary>
    public static double Root<L>(View<L> x) where L : struct, ILane<L> => Math.Sqrt(Of(x.Length, i => x[i] * x[i]));

    /// <summary>The mean.</summary>
    public static double Of<L>(View<L> x) where L : struct, ILane<L> => Of(x.Length, i => x[i]);

    /// <summary>A mean in eight lanes, or for few numbers in four.</summary>
    static double Of(int n, Func<int, double> number)
    {
        int lanes = n >= 8 ? 8 : 4, whole = n - n % lanes;
        var sums = new float[lanes];
        for (int i = 0; i < whole; i++)
            sums[i % lanes] += (float)number(i);
        // Eight lanes are added to the rest; with four, the rest is added to the first.
        float sum = lanes == 8 ? 0 : sums[0];
        for (int i = whole; i < n; i++)
            sum += (float)number(i);
        for (int i = lanes == 8 ? 0 : 1; i < lanes; i++)
            sum += sums[i];
        return sum / n;
    }
}
