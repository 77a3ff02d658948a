using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Mean squares of a matrix kept as one number per row and one per column: their outer product, over their mean, stands for the whole.</summary>
static class Factored
{
    /// <summary>rows ← rows + share·(row means of x² + added − rows), likewise the columns.</summary>
    /// <param name="pass">The pass over the matrix's tensor.</param>
    /// <param name="x">The matrix, row by row.</param>
    /// <param name="rows">One number per row.</param>
    /// <param name="columns">One number per column.</param>
    /// <param name="sums">Room for one number per column.</param>
    /// <param name="share">Share of the new means.</param>
    /// <param name="added">Added to every square.</param>
    public static void Follow<L>(in Pass<L> pass, View<L> x, View<L> rows, View<L> columns, View<L> sums, double share, double added) where L : struct, ILane<L>
    {
        sums.Fill(0);
        for (int i = 0; i < rows.Length; i++)
        {
            var row = Row(x, i, columns.Length);
            rows[i] = (1 - share) * rows[i] + share * (pass.Dot(row, row) / columns.Length + added);
            pass.Over(new AddSquare<L>(added), sums, row);
        }
        pass.Over(new MixAdd<L>(1 - share, share / rows.Length), columns, sums);
    }

    /// <summary>u ← x / √(rows·columns/mean), in which no product falls below the square of <paramref name="floor"/>.</summary>
    public static void Divide<L>(in Pass<L> pass, View<L> u, View<L> x, View<L> rows, View<L> columns, double mean, double floor = 0) where L : struct, ILane<L>
    {
        for (int i = 0; i < rows.Length; i++)
            pass.Over(new Quotient<L>(rows[i] / mean, floor * floor), Row(u, i, columns.Length), Row(x, i, columns.Length), columns);
    }

    public static double Mean<L>(View<L> x) where L : struct, ILane<L>
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i];
        return sum / x.Length;
    }

    public static View<L> Row<L>(View<L> x, int i, int columns) where L : struct, ILane<L> => x.Slice(i * columns, columns);

    readonly struct AddSquare<L>(double added) : IUpdate<L> where L : struct, ILane<L>
    {
        readonly L added = L.Of(added);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L sum, L x) => sum + (x * x + added);
    }

    readonly struct Quotient<L>(double row, double least) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly L row = L.Of(row), least = L.Of(least);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L u, L x, ref L column) => x / L.Sqrt(L.Max(row * column, least));
    }
}

/// <summary>square ← (1 − share)·square + share·(x² + added)     target ← x / √max(square, floor²)</summary>
readonly struct OverRoot<L>(double share, double added, double floor = 0) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L share = L.Of(share), rest = L.Of(1 - share), added = L.Of(added), least = L.Of(floor * floor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L x, ref L square)
    {
        square = rest * square + share * (x * x + added);
        return x / L.Sqrt(L.Max(square, least));
    }
}
