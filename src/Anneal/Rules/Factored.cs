namespace Anneal;

/// <summary>Mean squares of a matrix kept as one number per row and one per column: their outer product, over their mean, stands for the whole.</summary>
static class Factored
{
    /// <summary>rows ← rows + share·(row means − rows), likewise the columns; <paramref name="square"/> gives the number at a place.</summary>
    public static void Follow<L>(View<L> rows, View<L> columns, double share, Func<int, double> square, bool single = false) where L : struct, ILane<L>
    {
        int r = rows.Length, c = columns.Length;
        if (single)
        {
            for (int i = 0; i < r; i++)
                rows[i] = (1 - share) * rows[i] + share * SingleMean(c, j => square(i * c + j));
            for (int j = 0; j < c; j++)
                columns[j] = (1 - share) * columns[j] + share * SingleMean(r, i => square(i * c + j));
            return;
        }
        var sums = new double[c];
        for (int i = 0; i < r; i++)
        {
            double sum = 0;
            for (int j = 0; j < c; j++)
            {
                double x = square(i * c + j);
                sum += x;
                sums[j] += x;
            }
            rows[i] = (1 - share) * rows[i] + share * (sum / c);
        }
        for (int j = 0; j < c; j++)
            columns[j] = (1 - share) * columns[j] + share * (sums[j] / r);
    }

    /// <summary>A mean taken in 32 bits as PyTorch takes it: in eight lanes, or for few numbers in four.</summary>
    public static double SingleMean(int n, Func<int, double> number)
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

    public static double Mean<L>(View<L> x) where L : struct, ILane<L>
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i];
        return sum / x.Length;
    }
}
