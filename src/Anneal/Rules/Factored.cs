namespace Anneal;

/// <summary>Mean squares of a matrix kept as one number per row and one per column: their outer product, over their mean, stands for the whole.</summary>
static class Factored
{
    /// <summary>rows ← rows + share·(row means − rows), likewise the columns; <paramref name="square"/> gives the number at a place.</summary>
    public static void Follow<L>(View<L> rows, View<L> columns, double share, Func<int, double> square) where L : struct, ILane<L>
    {
        int r = rows.Length, c = columns.Length;
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

    public static double Mean<L>(View<L> x) where L : struct, ILane<L>
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i];
        return sum / x.Length;
    }
}
